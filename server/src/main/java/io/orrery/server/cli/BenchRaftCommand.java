package io.orrery.server.cli;

import io.orrery.server.bench.raft.Contest;
import io.orrery.server.bench.raft.Entrant;
import io.orrery.server.bench.raft.RaftRow;
import io.orrery.server.json.JsonWriter;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.ProblemException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code orrery bench raft}: ours beside others, in turns, each turn in a process of its own. */
@Command(
        name = "raft",
        mixinStandardHelpOptions = true,
        description = {
            "Commits a second of one group of three nodes, beside other Raft libraries, each in a JVM of its own, in turns.",
            "Only equal durability is compared: synced (a majority's disks), unsynced (a majority's operating systems), memory."
        })
final class BenchRaftCommand implements Callable<Integer> {
    /** Folder of the peers' libraries; set by the launcher. */
    private static final String PEERS = "orrery.peers";

    private static final String OF_THE_PROCESS =
            "Bytes allocated and processor time are those of the whole process: three nodes, client, collector and compiler.";

    @ParentCommand
    private BenchCommand bench;

    @Spec
    private CommandSpec spec;

    @Option(names = "--quick", description = "One short round, under a minute in all.")
    private boolean isQuick;

    @Option(names = "--rounds", description = "Turns of each system; default 5, with --quick 1.")
    private Integer rounds;

    @Option(names = "--window", description = "Milliseconds of one measurement; default 3000, with --quick 250.")
    private Integer windowMillis;

    @Option(names = "--payload", defaultValue = "128", description = "Bytes of a command; default ${DEFAULT-VALUE}.")
    private int payload;

    @Option(
            names = "--in-flight",
            split = ",",
            defaultValue = "1,64,1024",
            description = "Proposals kept open; default ${DEFAULT-VALUE}.")
    private List<Integer> inFlight;

    @Option(names = "--systems", split = ",", description = "Only these: orrery, sofa-jraft, aeron-cluster, ...")
    private List<String> systems;

    @Option(names = "--durability", split = ",", description = "Only these: ${COMPLETION-CANDIDATES}.")
    private List<Entrant.Durability> durabilities;

    @Option(names = "--alone", description = "Without the others.")
    private boolean isAlone;

    @Option(names = "--dir", description = "Where the nodes' files go, for the time of the run; default: here.")
    private Path directory;

    @Mixin
    private OutputOption output;

    @Override
    public Integer call() throws IOException, InterruptedException {
        check(payload >= 0 && payload <= 1 << 20, "--payload is between 0 and 1048576");
        check(rounds == null || rounds >= 1 && rounds <= 1000, "--rounds is between 1 and 1000");
        check(
                windowMillis == null || windowMillis >= 10 && windowMillis <= 600_000,
                "--window is between 10 and 600000");
        check(
                inFlight.stream().allMatch(each -> each >= 1 && each <= 65_536),
                "--in-flight takes numbers between 1 and 65536");
        Path files = directory == null ? Path.of("") : directory;
        if (!Files.isDirectory(files.toAbsolutePath()) || !Files.isWritable(files.toAbsolutePath())) {
            throw new ProblemException(
                    ExitCode.USAGE,
                    "no folder to write to",
                    files.toAbsolutePath().toString(),
                    "name another with --dir");
        }
        int window = windowMillis != null ? windowMillis : isQuick ? 250 : 3000;
        Contest contest = new Contest(
                new Contest.Settings(
                        payload,
                        rounds != null ? rounds : isQuick ? 1 : 5,
                        Math.max(10, window * 2L / 3),
                        window,
                        inFlight),
                files,
                peers(),
                bench.console()::say);
        contest.run(entrants());
        contest.failures().forEach((entrant, why) -> bench.console().say(entrant + " is left out: " + why));
        bench.console().print(output.isJson() ? json(contest.rows()) : table(contest.rows()));
        return contest.failures().isEmpty() ? 0 : 1;
    }

    private void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }

    private static Path peers() {
        String folder = System.getProperty(PEERS);
        return folder == null || !Files.isDirectory(Path.of(folder)) ? null : Path.of(folder);
    }

    private List<Entrant> entrants() {
        List<String> known =
                Entrant.all().stream().map(Entrant::system).distinct().toList();
        if (systems != null) {
            for (String name : systems) {
                check(known.contains(name), "no system '" + name + "'; there are " + String.join(", ", known));
            }
        }
        List<Entrant> entrants = new ArrayList<>();
        boolean lacks = false;
        for (Entrant entrant : Entrant.all()) {
            boolean isWanted = (systems == null || systems.contains(entrant.system()))
                    && (durabilities == null || durabilities.contains(entrant.durability()))
                    && !(isAlone && entrant.isPeer());
            if (isWanted && entrant.isPeer() && peers() == null) {
                lacks = true;
            } else if (isWanted) {
                entrants.add(entrant);
            }
        }
        if (lacks) {
            bench.console()
                    .say(
                            "the other systems are not built, so they are left out. Build them: ./mvnw -DskipTests -pl jmh/peers"
                                    + " -am package");
        }
        check(!entrants.isEmpty(), "nothing is left to measure with these options");
        return entrants;
    }

    private static String json(List<RaftRow> rows) {
        JsonWriter json = new JsonWriter().object().name("rows").array();
        for (RaftRow row : rows) {
            json.object().field("system", row.entrant().system());
            json.field("synced", row.entrant().durability() == Entrant.Durability.SYNCED);
            json.field("durability", lower(row.entrant().durability()));
            json.field("inFlight", row.inFlight()).field("payloadBytes", row.payloadBytes());
            json.field("perSecondMedian", Math.round(row.perSecond().median()));
            json.field("perSecondMin", Math.round(row.perSecond().min()));
            json.field("perSecondMax", Math.round(row.perSecond().max()));
            json.field("p50Micros", Math.round(row.p50Micros()));
            json.field("p99Micros", Math.round(row.p99Micros()));
            if (row.commitsPerSync() >= 0) {
                json.field("commitsPerSync", Math.round(row.commitsPerSync()));
            }
            json.name("bytesPerCommit").tree(rounded(row.bytesPerCommit()));
            json.name("cpuMicrosPerCommit").tree(rounded(row.cpuMicrosPerCommit()));
            json.end();
        }
        return json.end().end().toString();
    }

    private static String lower(Entrant.Durability durability) {
        return durability.name().toLowerCase(Locale.ROOT);
    }

    private static String table(List<RaftRow> rows) {
        Table table = new Table(
                "SYSTEM",
                "DURABILITY",
                "IN FLIGHT",
                "COMMITS/S",
                "MIN",
                "MAX",
                "P50 us",
                "P99 us",
                "COMMITS/SYNC",
                "BYTES/COMMIT",
                "CPU us/COMMIT");
        for (RaftRow row : rows) {
            table.row(
                    row.entrant().system(),
                    lower(row.entrant().durability()),
                    String.valueOf(row.inFlight()),
                    whole(row.perSecond().median()),
                    whole(row.perSecond().min()),
                    whole(row.perSecond().max()),
                    whole(row.p50Micros()),
                    whole(row.p99Micros()),
                    row.commitsPerSync() < 0 ? "" : whole(row.commitsPerSync()),
                    String.format(Locale.ROOT, "%,.2f", row.bytesPerCommit()),
                    String.format(Locale.ROOT, "%,.2f", row.cpuMicrosPerCommit()));
        }
        return table.text() + "\n" + OF_THE_PROCESS;
    }

    private static BigDecimal rounded(double value) {
        return BigDecimal.valueOf(Math.round(value * 1000), 3);
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%,d", Math.round(value));
    }
}
