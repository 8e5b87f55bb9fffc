package io.orrery.server.bench.raft;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Lets systems take turns, each turn in a JVM of its own that ends with it, so that none disturbs another and all see the
 * same machine.
 *
 * <p>For one thread.
 */
public final class Contest {
    private static final List<String> FLAGS = List.of(
            "-Xms1g",
            "-Xmx2g",
            "-XX:+UseParallelGC",
            "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");

    /**
     * What is measured, and for how long.
     *
     * @param payloadBytes of a command
     * @param rounds turns of each system
     * @param warmUpMillis before each window
     * @param windowMillis of each number in flight, in each round
     * @param inFlight proposals that the client keeps open, one number after the other
     */
    public record Settings(
            int payloadBytes, int rounds, long warmUpMillis, long windowMillis, List<Integer> inFlight) {}

    private final Settings settings;
    private final Path directory;
    private final Path peers;
    private final Consumer<String> progress;
    private final Map<Entrant, TreeMap<Integer, List<Sample>>> samples = new LinkedHashMap<>();
    private final Map<Entrant, String> failures = new LinkedHashMap<>();

    /**
     * @param directory where the nodes' files go; each turn removes its own
     * @param peers folder of the peers' libraries; null if they are not there
     * @param progress one line a turn
     */
    public Contest(Settings settings, Path directory, Path peers, Consumer<String> progress) {
        this.settings = settings;
        this.directory = directory;
        this.peers = peers;
        this.progress = progress;
    }

    /** Runs all rounds. A system that fails is left out of the rest; {@link #failures} has the reason. */
    public void run(List<Entrant> entrants) throws IOException, InterruptedException {
        for (int round = 1; round <= settings.rounds(); round++) {
            for (Entrant entrant : entrants) {
                if (!failures.containsKey(entrant)) {
                    takeTurn(entrant, round);
                }
            }
        }
    }

    /** A row for each system and number in flight. */
    public List<RaftRow> rows() {
        List<RaftRow> rows = new ArrayList<>();
        samples.forEach((entrant, byInFlight) ->
                byInFlight.values().forEach(list -> rows.add(RaftRow.of(entrant, settings.payloadBytes(), list))));
        return rows;
    }

    /** Why systems were left out. */
    public Map<Entrant, String> failures() {
        return failures;
    }

    private void takeTurn(Entrant entrant, int round) throws IOException, InterruptedException {
        Path files = Files.createTempDirectory(directory.toAbsolutePath(), "bench-raft-");
        Path log = files.resolve("output");
        try {
            Path nodes = Files.createDirectory(files.resolve("nodes"));
            Process process = new ProcessBuilder(command(entrant, nodes))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            boolean ended = process.waitFor(patienceMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                process.destroyForcibly().waitFor();
            }
            List<Sample> turn = samplesOf(log);
            if (!ended
                    || process.exitValue() != 0
                    || turn.size() < settings.inFlight().size()) {
                failures.put(entrant, ended ? reasonIn(log) : "not done within " + patienceMillis() / 1000 + " s");
                samples.remove(entrant);
                progress.accept(entrant + ": " + failures.get(entrant));
                return;
            }
            StringBuilder line = new StringBuilder("round " + round + ": " + entrant);
            for (Sample sample : turn) {
                samples.computeIfAbsent(entrant, key -> new TreeMap<>())
                        .computeIfAbsent(sample.inFlight(), key -> new ArrayList<>())
                        .add(sample);
                line.append("  ")
                        .append(Math.round(sample.perSecond()))
                        .append("/s at ")
                        .append(sample.inFlight());
            }
            progress.accept(line.toString());
        } finally {
            remove(files);
        }
    }

    private long patienceMillis() {
        return 60_000 + 3 * settings.inFlight().size() * (settings.warmUpMillis() + settings.windowMillis());
    }

    private List<String> command(Entrant entrant, Path nodes) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.add("-cp");
        command.add(entrant.isPeer() ? peers.resolve("*").toString() : System.getProperty("java.class.path"));
        command.add(ContenderMain.class.getName());
        command.add(entrant.contender());
        command.add(nodes.toString());
        command.add(entrant.durability() == Entrant.Durability.SYNCED ? "synced" : "unsynced");
        command.add(Integer.toString(settings.payloadBytes()));
        command.add(Long.toString(settings.warmUpMillis()));
        command.add(Long.toString(settings.windowMillis()));
        settings.inFlight().forEach(each -> command.add(Integer.toString(each)));
        return command;
    }

    private static List<Sample> samplesOf(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(Sample::isSample).map(Sample::parse).toList();
        }
    }

    /** The first line that speaks of an exception or an error, else the last. */
    private static String reasonIn(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        for (String line : lines) {
            if (line.contains("Exception") || line.contains("Error")) {
                return line.strip();
            }
        }
        return lines.isEmpty()
                ? "it ended without a word"
                : lines.get(lines.size() - 1).strip();
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
