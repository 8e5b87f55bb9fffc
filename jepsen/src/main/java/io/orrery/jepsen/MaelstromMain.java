package io.orrery.jepsen;

import io.orrery.jepsen.maelstrom.MaelstromLoop;
import io.orrery.jepsen.workload.ReadMode;
import io.orrery.jepsen.workload.WorkloadConfig;
import io.orrery.jepsen.workload.WorkloadNode;
import io.orrery.kernel.Time;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** The process that Maelstrom starts, once for each node. Protocol on stdin and stdout, words on stderr. */
public final class MaelstromMain {
    private static final int EXIT_USAGE = 2;
    private static final int EXIT_BUG = 70;
    private static final String USAGE = """
            usage: orrery maelstrom [options]
            A node for Maelstrom: JSON lines on stdin and stdout.
              --workload NAME   what a read without a key means: broadcast, g-set, g-counter or pn-counter;
                                by default what the node was last told by a client
              --timeout-ms N    answer a lin-kv request without an outcome after N ms (default 900)
              --fast-probes     suspect silent peers within 200 ms; for round trips up to 40 ms
              --dir D           keep files in D (default: a temporary folder, deleted at the end)
              --trace           write every state transition to stderr
            """;

    private WorkloadConfig config = WorkloadConfig.DEFAULT;
    private Path folder;
    private boolean traced;

    private MaelstromMain() {}

    public static void main(String[] args) throws InterruptedException {
        // Whatever prints by mistake must not get between the lines of the protocol.
        System.setOut(System.err);
        MaelstromMain main = new MaelstromMain();
        if (List.of(args).contains("--help")) {
            System.err.print(USAGE);
            return;
        }
        String refusal = main.read(List.of(args));
        if (refusal != null) {
            System.err.println("orrery maelstrom: " + refusal);
            System.err.print(USAGE);
            System.exit(EXIT_USAGE);
        }
        System.exit(main.run());
    }

    private String read(List<String> args) {
        Iterator<String> rest = args.iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            switch (option) {
                case "--fast-probes" -> config = config.withFastProbes();
                case "--trace" -> traced = true;
                case "--workload", "--timeout-ms", "--dir" -> {
                    String refusal = rest.hasNext() ? read(option, rest.next()) : option + " needs a value";
                    if (refusal != null) {
                        return refusal;
                    }
                }
                default -> {
                    return "unknown option " + option;
                }
            }
        }
        return null;
    }

    private String read(String option, String value) {
        switch (option) {
            case "--workload" -> {
                return readMode(value);
            }
            case "--timeout-ms" -> {
                if (!value.matches("[1-9][0-9]{0,8}")) {
                    return "--timeout-ms is a number of milliseconds from 1: " + value;
                }
                config = config.withTimeoutNanos(Time.millis(Long.parseLong(value)));
            }
            default -> folder = Path.of(value);
        }
        return null;
    }

    private String readMode(String workload) {
        switch (workload) {
            case "broadcast" -> config = config.withMode(ReadMode.BROADCAST);
            case "g-set" -> config = config.withMode(ReadMode.SET);
            case "g-counter", "pn-counter" -> config = config.withMode(ReadMode.COUNTER);
            case "echo", "unique-ids", "lin-kv" -> config = config.withMode(ReadMode.GUESS);
            default -> {
                return "unknown workload " + workload;
            }
        }
        return null;
    }

    private int run() throws InterruptedException {
        PrintStream log = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        try {
            Path used = folder == null ? temporaryFolder() : folder;
            return new MaelstromLoop(
                            new FileInputStream(FileDescriptor.in),
                            new FileOutputStream(FileDescriptor.out),
                            log::println,
                            used,
                            traced,
                            (kernel, cluster) -> new WorkloadNode(kernel, cluster, config))
                    .run();
        } catch (IOException | UncheckedIOException noFolder) {
            log.println("orrery maelstrom: no folder for files: " + noFolder.getMessage());
            return EXIT_BUG;
        }
    }

    private static Path temporaryFolder() throws IOException {
        Path made = Files.createTempDirectory("orrery-maelstrom-");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(made)));
        return made;
    }

    private static void delete(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException left) {
            System.err.println("orrery maelstrom: left behind: " + folder);
        }
    }
}
