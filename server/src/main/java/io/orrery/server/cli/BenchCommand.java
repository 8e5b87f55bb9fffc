package io.orrery.server.cli;

import io.orrery.kernel.host.HostConfig;
import io.orrery.kernel.host.Idle;
import io.orrery.server.bench.RaftBench;
import io.orrery.server.bench.RaftRow;
import io.orrery.server.json.JsonWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code orrery bench}: measures this build on this machine. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        subcommands = {
            BenchCheckersCommand.class,
            BenchGroupsCommand.class,
            BenchSimCommand.class,
            BenchSnapshotCommand.class,
            BenchWalCommand.class
        },
        description =
                "Measure the simulator, its checkers, or Raft over real sockets and disks. Medians, with their spread.")
final class BenchCommand implements Runnable {
    @ParentCommand
    private OrreryCommand root;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which one: sim, checkers, raft, snapshot or wal?");
    }

    Console console() {
        return root.console();
    }

    @Command(
            name = "raft",
            mixinStandardHelpOptions = true,
            description = "Commits per second of one group of three nodes in this process, loopback TCP, synced.")
    void raft(
            @Option(names = "--quick", description = "Shorter rounds, under a minute in all.") boolean isQuick,
            @Option(names = "--payload", defaultValue = "128", description = "Bytes of a command; default 128.")
                    int payload,
            @Option(
                            names = "--idle",
                            defaultValue = "BACKOFF",
                            description = "How node threads idle: ${COMPLETION-CANDIDATES}.")
                    Idle idle,
            @Option(names = "--dir", description = "Where the nodes' files go, for the time of the run; default: here.")
                    Path directory,
            @Option(
                            names = {"-o", "--output"},
                            defaultValue = "table",
                            description = "table or json.")
                    ApiOptions.Output output)
            throws IOException, InterruptedException {
        int rounds = isQuick ? 3 : 7;
        long roundNanos = TimeUnit.MILLISECONDS.toNanos(isQuick ? 2000 : 5000);
        Path base = directory != null ? directory : Path.of("");
        Path files = Files.createTempDirectory(base.toAbsolutePath(), "bench-raft-");
        List<RaftRow> rows = new ArrayList<>();
        try (RaftBench bench = new RaftBench(files, new HostConfig().idle(idle))) {
            for (int inFlight : new int[] {1, 64, 1024}) {
                rows.add(bench.measure(
                        inFlight,
                        payload,
                        1,
                        rounds,
                        roundNanos,
                        line -> root.console().say(line)));
            }
        }
        root.console().print(output == ApiOptions.Output.json ? json(rows) : table(rows, idle));
    }

    private static String json(List<RaftRow> rows) {
        JsonWriter json = new JsonWriter().object().name("rows").array();
        for (RaftRow row : rows) {
            json.object().field("system", row.system()).field("synced", row.synced());
            json.field("inFlight", row.inFlight()).field("payloadBytes", row.payloadBytes());
            json.field("perSecondMedian", Math.round(row.perSecond().median()));
            json.field("perSecondMin", Math.round(row.perSecond().min()));
            json.field("perSecondMax", Math.round(row.perSecond().max()));
            json.field("p50Micros", Math.round(row.p50Micros()));
            json.field("p99Micros", Math.round(row.p99Micros()));
            json.field("commitsPerSync", Math.round(row.commitsPerSync())).end();
        }
        return json.end().end().toString();
    }

    private static String table(List<RaftRow> rows, Idle idle) {
        Table table = new Table(
                "SYSTEM", "SYNCED", "IDLE", "IN FLIGHT", "COMMITS/S", "MIN", "MAX", "P50 us", "P99 us", "COMMITS/SYNC");
        for (RaftRow row : rows) {
            table.row(
                    row.system(),
                    row.synced() ? "yes" : "no",
                    idle.name().toLowerCase(Locale.ROOT),
                    String.valueOf(row.inFlight()),
                    whole(row.perSecond().median()),
                    whole(row.perSecond().min()),
                    whole(row.perSecond().max()),
                    whole(row.p50Micros()),
                    whole(row.p99Micros()),
                    whole(row.commitsPerSync()));
        }
        return table.text();
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%,d", Math.round(value));
    }
}
