package io.orrery.server.cli;

import io.orrery.kernel.trace.TraceHash;
import io.orrery.server.bench.SimBench;
import io.orrery.server.bench.SimFigure;
import io.orrery.server.bench.SimFigure.SimLoadView;
import io.orrery.server.bench.Spread;
import io.orrery.server.json.JsonWriter;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.ProblemException;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code orrery bench sim}: the simulator's speed beside its targets. */
@Command(
        name = "sim",
        mixinStandardHelpOptions = true,
        description = {
            "The simulator's speed on one thread, each figure beside its target and the seeds it was measured with.",
            "Processor time, not wall time, so that other work on the machine disturbs less; medians of several rounds."
        })
final class BenchSimCommand implements Runnable {
    private static final int SEEDS = 20;
    private static final int SEEDS_QUICK = 4;
    private static final int ROUNDS = 7;
    private static final int ROUNDS_QUICK = 3;

    @ParentCommand
    private BenchCommand parent;

    @Option(names = "--quick", description = "Fewer seeds and rounds, under a minute in all.")
    private boolean isQuick;

    @Option(names = "--seeds", paramLabel = "N", description = "Seeds a round; default 20, or 4 with --quick.")
    private Integer seeds;

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds; default 7, or 3 with --quick.")
    private Integer rounds;

    @Mixin
    private OutputOption output;

    @Override
    public void run() {
        int seedCount = seeds != null ? seeds : isQuick ? SEEDS_QUICK : SEEDS;
        int roundCount = rounds != null ? rounds : isQuick ? ROUNDS_QUICK : ROUNDS;
        if (seedCount < 1 || roundCount < 1) {
            throw new ProblemException(
                    ExitCode.USAGE, "--seeds and --rounds are at least 1", "", "orrery bench sim --help");
        }
        Console console = parent.console();
        List<SimFigure> figures = new SimBench(seedCount, roundCount).run(console::say);
        console.print(output.isJson() ? json(figures, seedCount, roundCount) : text(figures));
    }

    private static String text(List<SimFigure> figures) {
        Table table = new Table("FIGURE", "UNIT", "MEDIAN", "MIN", "MAX", "TARGET", "MET", "LOAD");
        for (SimFigure figure : figures) {
            Spread spread = figure.spread();
            table.row(
                    figure.name(),
                    figure.unit(),
                    whole(spread.median()),
                    whole(spread.min()),
                    whole(spread.max()),
                    figure.targetText(whole(figure.target())),
                    figure.isMet() ? "yes" : "no",
                    figure.load().name());
        }
        StringBuilder text = new StringBuilder(table.text()).append("\n\n");
        Table loads = new Table("LOAD", "WHAT", "SEEDS", "FAILED", "EVENTS", "HASH", "ONE SEED AGAIN");
        for (SimLoadView load : loads(figures)) {
            loads.row(
                    load.name(),
                    load.what(),
                    whole(load.work().seeds()),
                    whole(load.work().failed()),
                    whole(load.work().events()),
                    TraceHash.hex(load.work().traceHash()),
                    load.command().isEmpty() ? "" : load.command() + "1");
        }
        return text.append(loads.text()).append("\n\n").append(machine()).toString();
    }

    private static String json(List<SimFigure> figures, int seeds, int rounds) {
        JsonWriter json = new JsonWriter().object().field("machine", machine());
        json.field("seeds", seeds).field("rounds", rounds).name("figures").array();
        for (SimFigure figure : figures) {
            json.object().field("name", figure.name()).field("unit", figure.unit());
            json.field("median", Math.round(figure.spread().median()));
            json.field("min", Math.round(figure.spread().min()));
            json.field("max", Math.round(figure.spread().max()));
            json.field("target", Math.round(figure.target())).field("targetIsAtMost", figure.isAtMost());
            json.field("met", figure.isMet())
                    .field("load", figure.load().name())
                    .end();
        }
        json.end().name("loads").array();
        for (SimLoadView load : loads(figures)) {
            json.object().field("name", load.name()).field("what", load.what());
            json.field("replay", load.command()).field("seeds", load.work().seeds());
            json.field("failed", load.work().failed())
                    .field("events", load.work().events());
            json.field("simulatedNanos", load.work().simulatedNanos());
            json.field("traceHash", TraceHash.hex(load.work().traceHash())).end();
        }
        return json.end().end().toString();
    }

    private static Iterable<SimLoadView> loads(List<SimFigure> figures) {
        Map<String, SimLoadView> loads = new LinkedHashMap<>();
        figures.forEach(figure -> loads.put(figure.load().name(), figure.load()));
        return loads.values();
    }

    /** What the figures hold for. */
    private static String machine() {
        return String.format(
                Locale.ROOT,
                "one thread of %s, JVM %s, %d cores, load average %.1f",
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                System.getProperty("java.vm.version"),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%,d", Math.round(value));
    }
}
