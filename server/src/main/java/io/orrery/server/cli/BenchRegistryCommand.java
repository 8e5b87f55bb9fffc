package io.orrery.server.cli;

import io.orrery.server.bench.registry.RegistryCost;
import io.orrery.server.bench.registry.RegistryDiskCost;
import io.orrery.server.bench.registry.RegistryFigures;
import io.orrery.server.bench.registry.RegistryFigures.Disk;
import io.orrery.server.bench.registry.RegistryFigures.Sync;
import io.orrery.server.bench.registry.RegistrySync;
import io.orrery.server.json.JsonWriter;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.ProblemException;
import java.io.IOException;
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

/** {@code orrery bench registry}: what the registry costs. */
@Command(
        name = "registry",
        mixinStandardHelpOptions = true,
        description = {
            "What the registry costs: heap for each entry, changes a second, digests, a node that learns all over loopback TCP,",
            "a snapshot written and found again. A million entries need ORRERY_JAVA_OPTS=-Xmx2g."
        })
final class BenchRegistryCommand implements Callable<Integer> {
    /** Of heap, for each entry: two nodes in one process, and what is under way. */
    private static final long HEAP_BYTES_AN_ENTRY = 1_000;

    private static final int ENTRIES_MIN = 50_000;
    private static final int ENTRIES_MAX = 20_000_000;
    private static final int FEW = 1_000;
    private static final int CHANGES = 400_000;

    @ParentCommand
    private BenchCommand parent;

    @Option(names = "--entries", paramLabel = "N", description = "Entries of one node (default: 1000000).")
    private int entries;

    @Option(names = "--quick", description = "Fewer entries: some seconds.")
    private boolean isQuick;

    @Mixin
    private OutputOption output;

    @Override
    public Integer call() throws IOException, InterruptedException {
        int count = entries != 0 ? entries : isQuick ? 2 * ENTRIES_MIN : 1_000_000;
        long room = Runtime.getRuntime().maxMemory();
        if (count < ENTRIES_MIN || count > ENTRIES_MAX || count * HEAP_BYTES_AN_ENTRY > room) {
            throw new ProblemException(
                    ExitCode.USAGE,
                    "--entries " + count + ": from " + ENTRIES_MIN + " to "
                            + Math.min(ENTRIES_MAX, room / HEAP_BYTES_AN_ENTRY) + " with the heap that there is",
                    "",
                    "ORRERY_JAVA_OPTS=-Xmx2g orrery bench registry");
        }
        double[] bytes = RegistryCost.bytes(count);
        say("memory");
        double changes = RegistryCost.changes(count, isQuick ? CHANGES / 4 : CHANGES);
        say("changes");
        double digest = RegistryCost.digestNanos(count);
        double digestFew = RegistryCost.digestNanos(FEW);
        say("digests");
        Path directory = Files.createTempDirectory("orrery-bench-registry");
        try {
            Sync sync = RegistrySync.measure(directory.resolve("sync"), count);
            say("sync");
            Disk disk = RegistryDiskCost.measure(directory.resolve("disk"), count);
            RegistryFigures figures =
                    new RegistryFigures(count, bytes[1], bytes[0] - bytes[1], changes, digest, digestFew, sync, disk);
            parent.console().print(output.isJson() ? json(figures) : text(figures));
        } finally {
            remove(directory);
        }
        return 0;
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void say(String what) {
        parent.console().say(what + " measured");
    }

    private static String text(RegistryFigures f) {
        Table table = new Table("FIGURE", "AIM", "MEASURED");
        table.row("entries", "", String.format(Locale.ROOT, "%,d", f.entries()));
        table.row("text of an entry (key and value), bytes", "", tenths(f.textBytes()));
        table.row("heap of a peer beside the text, bytes an entry", "at most 200", tenths(f.besideTextBytes()));
        table.row(
                "changes, per CPU-second of writer and peer",
                "",
                String.format(Locale.ROOT, "%,d", Math.round(f.changesPerSecond())));
        table.row("a write and a digest, ns", "", tenths(f.digestNanos()));
        table.row("the same with 1,000 entries, ns", "", tenths(f.digestNanosFew()));
        table.row("full sync over TCP, s", "", hundredths(f.sync().seconds()));
        table.row(
                "full sync, longest cycle of either node, ms",
                "",
                tenths(f.sync().longestCycleMillis()));
        table.row("snapshot, bytes an entry", "", tenths(f.disk().bytes() / (double) f.entries()));
        table.row("snapshot written, s", "", hundredths(f.disk().writeSeconds()));
        table.row("snapshot found again, s", "", hundredths(f.disk().loadSeconds()));
        return table.text();
    }

    private static String tenths(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String hundredths(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static String json(RegistryFigures f) {
        JsonWriter out = new JsonWriter().object().field("entries", f.entries());
        out.field("textMillibytes", milli(f.textBytes())).field("besideTextMillibytes", milli(f.besideTextBytes()));
        out.field("changesPerCpuSecond", Math.round(f.changesPerSecond()));
        out.field("digestNanos", Math.round(f.digestNanos())).field("digestNanosFew", Math.round(f.digestNanosFew()));
        out.name("sync").object().field("millis", milli(f.sync().seconds()));
        out.field("longestCycleMicros", milli(f.sync().longestCycleMillis())).end();
        out.name("disk").object().field("bytes", f.disk().bytes());
        out.field("writeMillis", milli(f.disk().writeSeconds()))
                .field("loadMillis", milli(f.disk().loadSeconds()));
        return out.end().end().toString();
    }

    private static long milli(double value) {
        return Math.round(value * 1000);
    }
}
