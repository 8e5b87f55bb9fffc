package io.orrery.server.simulation;

import io.orrery.kernel.trace.Mark;
import io.orrery.kernel.trace.TraceHash;
import io.orrery.server.json.JsonWriter;
import io.orrery.sim.coverage.CoverageSummary;
import io.orrery.sim.run.BurnSummary;
import io.orrery.sim.run.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.UnaryOperator;

/** A burn's summary, for people and for scripts. */
public final class BurnReport {
    /** A burn of so many seeds must reach every declared mark. */
    public static final long SEEDS_TO_REACH_ALL = 10_000;

    private static final int FAILURES_SHOWN = 5;
    private static final int PAIRS_PER_LINE_BYTES = 100;

    private final BurnSession session;
    private final List<Mark> declared;
    private final UnaryOperator<String> command;

    /**
     * @param declared marks that the workload is expected to reach; those it did not are named
     * @param command what to type before a seed, by its verb: {@code replay} to see it again, {@code report} to have it
     *     drawn, {@code shrink} to have it made small
     */
    public BurnReport(BurnSession session, List<Mark> declared, UnaryOperator<String> command) {
        this.session = session;
        this.declared = declared;
        this.command = command;
    }

    public String text() {
        BurnSummary summary = session.summary();
        StringBuilder text = new StringBuilder();
        line(text, "seeds", summary.seeds() + ", " + summary.failed() + " failed");
        line(
                text,
                "simulated",
                String.format(
                        Locale.ROOT,
                        "%.1f minutes in %.1f s on %d threads: %.0f times as fast as life",
                        session.simulatedSeconds() / 60,
                        session.wallSeconds(),
                        session.threadCount(),
                        session.simulatedSeconds() / Math.max(0.001, session.wallSeconds())));
        line(
                text,
                "events",
                String.format(
                        Locale.ROOT,
                        "%,d, %,.0f per CPU-second and core",
                        summary.events(),
                        session.eventsPerCpuSecond()));
        line(text, "trace hash", TraceHash.hex(summary.traceHash()));
        line(text, "coverage", coverage(summary.coverage()));
        pairs(text, "workloads", summary.workloads());
        pairs(text, "faults", summary.faults());
        pairs(text, "marks", summary.marks());
        List<Mark> missed = missed();
        if (!missed.isEmpty()) {
            line(text, "not reached", names(missed));
        }
        failures(text, summary);
        return text.toString().stripTrailing();
    }

    /** In words, also for other commands. */
    public static String coverage(CoverageSummary coverage) {
        return String.format(
                Locale.ROOT,
                "%s%,d abstract states, %,d of them new in the last %,d seeds%s",
                coverage.sampledOneIn() == 1 ? "" : "about ",
                coverage.states(),
                coverage.newInLast(),
                coverage.lastRuns(),
                coverage.sampledOneIn() == 1
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                " (the table is full: one state in %,d is held)",
                                coverage.sampledOneIn()));
    }

    private static String names(List<Mark> marks) {
        return join(marks.stream().map(Mark::name).toList());
    }

    /** Why a burn of which no seed failed fails all the same; null if it does not. */
    public String objection() {
        List<Mark> missed = missed();
        if (missed.isEmpty() || session.summary().seeds() < SEEDS_TO_REACH_ALL) {
            return null;
        }
        return "A burn of " + SEEDS_TO_REACH_ALL + " seeds or more reaches every declared mark, and none of these "
                + session.summary().seeds() + " seeds reached " + missed.size() + " of " + declared.size()
                + ": the workloads or the faults have become too kind, or the code cannot get there any more.\n"
                + names(missed);
    }

    /** Declared marks that no seed reached. */
    public List<Mark> missed() {
        List<Mark> missed = new ArrayList<>(declared);
        missed.removeIf(mark -> session.summary().marks().containsKey(mark));
        return missed;
    }

    private void failures(StringBuilder text, BurnSummary summary) {
        List<RunResult> shown = summary.failures()
                .subList(0, Math.min(FAILURES_SHOWN, summary.failures().size()));
        for (RunResult failed : shown) {
            text.append('\n');
            line(text, "FAILED", failed.failure().toString());
            if (failed.failure().stall() != null) {
                failed.failure().stall().lines().forEach(line -> line(text, "", line));
            }
            line(text, "replay", command.apply("replay") + failed.seed());
            line(text, "report", command.apply("report") + failed.seed());
            line(text, "shrink", command.apply("shrink") + failed.seed());
        }
        if (summary.failed() > shown.size()) {
            text.append('\n')
                    .append(summary.failed() - shown.size())
                    .append(" more failed seeds; -o json lists them\n");
        }
    }

    private static void pairs(StringBuilder text, String label, SortedMap<?, Long> counts) {
        List<String> pairs = new ArrayList<>();
        for (Map.Entry<?, Long> entry : counts.entrySet()) {
            pairs.add(entry.getKey() + " " + entry.getValue());
        }
        line(text, label, pairs.isEmpty() ? "none" : join(pairs));
    }

    private static String join(List<String> words) {
        StringBuilder text = new StringBuilder();
        int lineStart = 0;
        for (String word : words) {
            if (text.length() > 0) {
                text.append(", ");
                if (text.length() - lineStart + word.length() > PAIRS_PER_LINE_BYTES) {
                    text.append('\n').append(" ".repeat(13));
                    lineStart = text.length();
                }
            }
            text.append(word);
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String label, String value) {
        text.append(label)
                .append(" ".repeat(Math.max(1, 13 - label.length())))
                .append(value)
                .append('\n');
    }

    public String json() {
        BurnSummary summary = session.summary();
        JsonWriter json = new JsonWriter().object();
        json.field("seeds", summary.seeds()).field("failed", summary.failed());
        json.name("simulatedSeconds").tree(rounded(session.simulatedSeconds()));
        json.name("wallSeconds").tree(rounded(session.wallSeconds()));
        json.name("cpuSeconds").tree(rounded(session.cpuSeconds()));
        json.field("events", summary.events());
        json.field("eventsPerCpuSecond", Math.round(session.eventsPerCpuSecond()));
        json.field("threads", session.threadCount());
        json.field("traceHash", TraceHash.hex(summary.traceHash()));
        coverage(json, summary.coverage());
        json.name("workloads").tree(summary.workloads());
        json.name("faults").tree(summary.faults());
        json.name("marks").object();
        summary.marks().forEach((mark, count) -> json.field(mark.name(), count));
        json.end();
        json.field("marksDeclared", declared.size());
        json.field("marksNotReached", missed());
        json.name("failures").array();
        for (RunResult failed : summary.failures()) {
            json.object()
                    .field("seed", failed.seed())
                    .field("kind", failed.failure().kind().name().toLowerCase(Locale.ROOT))
                    .field("message", failed.failure().message())
                    .field("replay", command.apply("replay") + failed.seed())
                    .field("report", command.apply("report") + failed.seed())
                    .field("shrink", command.apply("shrink") + failed.seed())
                    .field("scenario", failed.scenario().toString());
            RunJson.stall(json, failed.failure().stall());
            json.end();
        }
        return json.end().end().toString();
    }

    /** As a field of an object, also for other commands. */
    static void coverage(JsonWriter json, CoverageSummary coverage) {
        json.name("coverage")
                .object()
                .field("abstractStates", coverage.states())
                .field("lastSeeds", coverage.lastRuns())
                .field("newInLastSeeds", coverage.newInLast())
                .field("sampledOneIn", coverage.sampledOneIn())
                .end();
    }

    private static Object rounded(double seconds) {
        return Math.round(seconds * 1000) / 1000.0;
    }
}
