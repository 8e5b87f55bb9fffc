package io.orrery.server.cli;

import io.orrery.kernel.host.HostConfig;
import io.orrery.server.bench.WalBench;
import io.orrery.server.bench.WalRow;
import io.orrery.server.json.JsonWriter;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.ProblemException;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code orrery bench wal}: how long a node with many groups takes to start. */
@Command(
        name = "wal",
        mixinStandardHelpOptions = true,
        description = {
            "Write the logs of many groups to one write-ahead log, synced, and start a node on it.",
            "The log is read from the system's memory, where it was just written."
        })
final class BenchWalCommand implements Callable<Integer> {
    @ParentCommand
    private BenchCommand parent;

    @Option(names = "--groups", paramLabel = "N", description = "Groups (default: ${DEFAULT-VALUE}).")
    private int groups = 10_000;

    @Option(names = "--entries", paramLabel = "N", description = "Entries of each (default: ${DEFAULT-VALUE}).")
    private int entries = 20;

    @Option(names = "--payload", paramLabel = "N", description = "Bytes of an entry (default: ${DEFAULT-VALUE}).")
    private int payload = 128;

    @Option(names = "--snapshots", description = "Let each group take a snapshot before the start that is measured.")
    private boolean snapshots;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Where the log goes for the time of the run; default: here.")
    private Path directory = Path.of("");

    @Mixin
    private OutputOption output;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (groups < 1
                || groups > 20_000
                || entries < (snapshots ? 1 : 0)
                || entries > 10_000
                || payload < 0
                || payload > 65_536) {
            throw new ProblemException(
                    ExitCode.USAGE,
                    "--groups is from 1 to 20000, --entries at most 10000 and with --snapshots at least 1, --payload at most"
                            + " 65536",
                    "",
                    "orrery bench wal --help");
        }
        Path folder = Files.createTempDirectory(directory.toAbsolutePath(), "bench-wal");
        try {
            FileStore store = Files.getFileStore(folder);
            WalRow row = new WalBench(folder, new HostConfig(), groups, entries, payload, snapshots).run();
            parent.console().print(output.isJson() ? json(row, store) : text(row, store));
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        return 0;
    }

    private static String text(WalRow row, FileStore store) {
        Table table = new Table("FIGURE", "VALUE");
        table.row("groups", whole(row.groups()));
        table.row("entries of a group, of " + row.payloadBytes() + " bytes", whole(row.entriesPerGroup()));
        table.row("log on disk (" + store.type() + ", every batch synced), KiB", whole(row.logBytes() / 1024.0));
        table.row("written in, ms", whole(row.fillMillis()));
        table.row("read back after, ms", whole(row.recoveredMillis()));
        table.row("every group started after, ms", whole(row.startedMillis()));
        table.row("processor time of that start, ms", whole(row.startCpuMillis()));
        table.row("heap of a group with its entries, KiB", whole(row.heapBytesPerGroup() / 1024.0));
        return table.text();
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%,d", Math.round(value));
    }

    private static String json(WalRow row, FileStore store) {
        JsonWriter out = new JsonWriter().object().name("rows").array().object();
        out.field("groups", row.groups()).field("entriesPerGroup", row.entriesPerGroup());
        out.field("payloadBytes", row.payloadBytes()).field("logBytes", row.logBytes());
        out.field("fileSystem", store.type()).field("synced", true);
        out.field("fillMillis", Math.round(row.fillMillis()));
        out.field("recoveredMillis", Math.round(row.recoveredMillis()));
        out.field("startedMillis", Math.round(row.startedMillis()));
        out.field("startCpuMillis", Math.round(row.startCpuMillis()));
        out.field("heapBytesPerGroup", row.heapBytesPerGroup());
        return out.end().end().end().toString();
    }
}
