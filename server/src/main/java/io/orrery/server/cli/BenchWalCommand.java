package io.orrery.server.cli;

import io.orrery.kernel.host.HostConfig;
import io.orrery.server.bench.AppendBench;
import io.orrery.server.bench.AppendRow;
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
import java.util.List;
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
            "The log is read from the system's memory, where it was just written.",
            "And append entries one at a time, each synced, to a log that allocates a segment ahead and to one that does not"
                    + " (raft.wal.preallocate-bytes 64MiB and 0), in turns."
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
            names = "--appends",
            paramLabel = "N",
            description = "Synced appends to each of the two logs (default: ${DEFAULT-VALUE}); 0 leaves them out.")
    private int appends = 4_000;

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
                || payload > 65_536
                || appends != 0 && (appends < 20 || appends > 1_000_000)) {
            throw new ProblemException(
                    ExitCode.USAGE,
                    "--groups is from 1 to 20000, --entries at most 10000 and with --snapshots at least 1, --payload at most"
                            + " 65536, --appends 0 or from 20 to 1000000",
                    "",
                    "orrery bench wal --help");
        }
        Path folder = Files.createTempDirectory(directory.toAbsolutePath(), "bench-wal");
        try {
            FileStore store = Files.getFileStore(folder);
            List<AppendRow> synced =
                    appends == 0 ? List.of() : new AppendBench(folder.resolve("appends"), appends, payload).run();
            WalRow row =
                    new WalBench(folder.resolve("start"), new HostConfig(), groups, entries, payload, snapshots).run();
            parent.console().print(output.isJson() ? json(row, synced, store) : text(row, synced, store));
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        return 0;
    }

    private static String text(WalRow row, List<AppendRow> synced, FileStore store) {
        Table table = new Table("FIGURE", "VALUE");
        table.row("groups", whole(row.groups()));
        table.row("entries of a group, of " + row.payloadBytes() + " bytes", whole(row.entriesPerGroup()));
        table.row("log on disk (" + store.type() + ", every batch synced), KiB", whole(row.logBytes() / 1024.0));
        table.row("written in, ms", whole(row.fillMillis()));
        table.row("read back after, ms", whole(row.recoveredMillis()));
        table.row("every group started after, ms", whole(row.startedMillis()));
        table.row("processor time of that start, ms", whole(row.startCpuMillis()));
        table.row("heap of a group with its entries, KiB", whole(row.heapBytesPerGroup() / 1024.0));
        if (synced.isEmpty()) {
            return table.text();
        }
        Table appended = new Table("ALLOCATED AHEAD", "SYNCED APPENDS", "P50 us", "OF A ROUND", "P99 us");
        for (AppendRow each : synced) {
            appended.row(
                    each.aheadBytes() == 0 ? "nothing" : (each.aheadBytes() >> 20) + " MiB",
                    whole(each.appends()),
                    whole(each.p50Micros()),
                    whole(each.p50MicrosMin()) + " to " + whole(each.p50MicrosMax()),
                    whole(each.p99Micros()));
        }
        return table.text() + "\n\n" + appended.text();
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%,d", Math.round(value));
    }

    private static String json(WalRow row, List<AppendRow> synced, FileStore store) {
        JsonWriter out = new JsonWriter().object().name("rows").array().object();
        out.field("groups", row.groups()).field("entriesPerGroup", row.entriesPerGroup());
        out.field("payloadBytes", row.payloadBytes()).field("logBytes", row.logBytes());
        out.field("fileSystem", store.type()).field("synced", true);
        out.field("fillMillis", Math.round(row.fillMillis()));
        out.field("recoveredMillis", Math.round(row.recoveredMillis()));
        out.field("startedMillis", Math.round(row.startedMillis()));
        out.field("startCpuMillis", Math.round(row.startCpuMillis()));
        out.field("heapBytesPerGroup", row.heapBytesPerGroup());
        out.end().end().name("appends").array();
        for (AppendRow each : synced) {
            out.object().field("aheadBytes", each.aheadBytes()).field("appends", each.appends());
            out.field("p50Micros", Math.round(each.p50Micros())).field("p99Micros", Math.round(each.p99Micros()));
            out.field("p50MicrosMin", Math.round(each.p50MicrosMin()));
            out.field("p50MicrosMax", Math.round(each.p50MicrosMax())).end();
        }
        return out.end().end().toString();
    }
}
