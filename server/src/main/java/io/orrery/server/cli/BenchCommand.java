package io.orrery.server.cli;

import io.orrery.kernel.Time;
import io.orrery.kernel.host.HostConfig;
import io.orrery.kernel.host.Idle;
import io.orrery.server.bench.RaftBench;
import io.orrery.server.bench.RaftRow;
import io.orrery.server.bench.Spread;
import io.orrery.server.json.JsonWriter;
import io.orrery.server.simulation.BurnSession;
import io.orrery.server.simulation.ClusterWorkload;
import io.orrery.sim.run.Burn;
import io.orrery.sim.scenario.Scenario;
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
        description = "Measure the simulator, or Raft over real sockets and disks. Medians, with their spread.")
final class BenchCommand implements Runnable {
    @ParentCommand
    private OrreryCommand root;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which one: sim or raft?");
    }

    @Command(
            name = "sim",
            mixinStandardHelpOptions = true,
            description = "Events per CPU-second and core of a simulated cluster, all invariants on.")
    void sim(
            @Option(names = "--seeds", defaultValue = "60", description = "Seeds a round; default 60.") long seeds,
            @Option(names = "--rounds", defaultValue = "5", description = "Rounds; default 5.") int rounds,
            @Option(names = "--nodes", defaultValue = "5", description = "Nodes; default 5.") int nodes,
            @Option(names = "--threads", defaultValue = "1", description = "Threads; default 1.") int threads,
            @Option(
                            names = {"-o", "--output"},
                            defaultValue = "table",
                            description = "table or json.")
                    ApiOptions.Output output) {
        Scenario calm = Scenario.calm(0, nodes, ClusterWorkload.NAME, Time.seconds(20));
        Burn burn = new Burn(calm, ClusterWorkload::new);
        BurnSession.run(burn, 1, seeds, threads, result -> {});
        double[] perCpuSecond = new double[rounds];
        double[] ratio = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            BurnSession session = BurnSession.run(burn, 1, seeds, threads, result -> {});
            perCpuSecond[i] = session.eventsPerCpuSecond();
            ratio[i] = session.simulatedSeconds() / session.wallSeconds();
            root.console().say(String.format(Locale.ROOT, "round %d: %,.0f events/CPU-s", i + 1, perCpuSecond[i]));
        }
        Spread events = Spread.of(perCpuSecond);
        Spread simulated = Spread.of(ratio);
        if (output == ApiOptions.Output.json) {
            JsonWriter json = new JsonWriter().object();
            json.field("nodes", nodes).field("seeds", seeds).field("threads", threads);
            spread(json, "eventsPerCpuSecond", events);
            spread(json, "simulatedToWall", simulated);
            root.console().print(json.end().toString());
        } else {
            Table table = new Table("FIGURE", "MEDIAN", "MIN", "MAX");
            table.row(
                    "events per CPU-second and core", whole(events.median()), whole(events.min()), whole(events.max()));
            table.row("simulated : wall", whole(simulated.median()), whole(simulated.min()), whole(simulated.max()));
            root.console().print(table.text());
        }
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

    private static void spread(JsonWriter json, String name, Spread spread) {
        json.name(name)
                .object()
                .field("median", Math.round(spread.median()))
                .field("min", Math.round(spread.min()))
                .field("max", Math.round(spread.max()))
                .end();
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%,d", Math.round(value));
    }
}
