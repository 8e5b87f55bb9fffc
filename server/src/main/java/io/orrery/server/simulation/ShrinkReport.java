package io.orrery.server.simulation;

import io.orrery.kernel.Time;
import io.orrery.server.json.JsonWriter;
import io.orrery.sim.scenario.Scenario;
import io.orrery.sim.shrink.Attempt;
import io.orrery.sim.shrink.Shrunk;
import java.util.List;
import java.util.Locale;

/**
 * What shrinking came to: a table for people, an object for scripts, and the scenario as a file.
 *
 * @param before what was shrunk, as it was given
 * @param wallNanos that it took
 * @param cpuNanos of the threads that ran candidates
 */
public record ShrinkReport(Shrunk shrunk, Scenario before, long wallNanos, long cpuNanos) {
    private static final String MINIMAL =
            "1-minimal: without any one of its fault lines, operations or nodes it does not fail so any more";
    private static final String BUDGET_ENDED = "budget ended: not all smaller ones were tried; --seconds gives it more";

    /** One line for each kind of thing that can go, and what the result is worth. */
    public String table() {
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows()) {
            text.append(String.format(Locale.ROOT, "%-12s %10s -> %s\n", row.get(0), row.get(1), row.get(2)));
        }
        return text.append(verdict()).append("; ").append(cost()).toString();
    }

    private List<List<String>> rows() {
        Attempt smallest = shrunk.smallest();
        return List.of(
                row("faults", Integer.toString(faultsBefore()), smallest.faultCount()),
                row("operations", Integer.toString(operationsBefore()), smallest.operationCount()),
                row(
                        "nodes",
                        Integer.toString(before.nodeCount()),
                        smallest.scenario().nodeCount()),
                List.of(
                        "time",
                        Time.text(before.horizonNanos()),
                        Time.text(smallest.scenario().horizonNanos())));
    }

    private static List<String> row(String what, String count, int left) {
        return List.of(what, count, Integer.toString(left));
    }

    private int faultsBefore() {
        return before.plan().faults().size();
    }

    /** Those that had been started when it failed. */
    private int operationsBefore() {
        return shrunk.original().operationCount();
    }

    private String verdict() {
        return shrunk.isMinimal() ? MINIMAL : BUDGET_ENDED;
    }

    private String cost() {
        return String.format(
                Locale.ROOT,
                "%d runs, %,d events, %.1f s, %.1f s of CPU",
                shrunk.runs(),
                shrunk.events(),
                wallNanos / 1e9,
                cpuNanos / 1e9);
    }

    /**
     * The scenario as a file, with what it shows before it.
     *
     * @param replay the command that shows it again
     */
    public String scenarioFile(String replay) {
        StringBuilder text = new StringBuilder();
        comment(text, shrunk.smallest().failure());
        StringBuilder went = new StringBuilder("shrunk from seed " + before.seed() + ":");
        for (List<String> row : rows()) {
            went.append(went.charAt(went.length() - 1) == ':' ? " " : ", ").append(row.get(0));
            went.append(' ').append(row.get(1)).append(" -> ").append(row.get(2));
        }
        comment(text, went.toString());
        comment(text, verdict());
        comment(text, "replay: " + replay);
        return text.append(shrunk.smallest().scenario()).toString();
    }

    private static void comment(StringBuilder text, String words) {
        words.lines().forEach(line -> text.append("# ").append(line).append('\n'));
    }

    /**
     * @param scenarioFile as {@link #scenarioFile} makes it
     * @param test source of a JUnit test
     * @param replay the command that shows it again
     */
    public String json(String scenarioFile, String test, String replay) {
        JsonWriter json = new JsonWriter().object();
        json.field("seed", before.seed()).field("failure", shrunk.smallest().failure());
        json.field("claim", shrunk.smallest().identity().toString());
        json.field("minimal", shrunk.isMinimal()).field("budgetEnded", !shrunk.isMinimal());
        json.name("before").object();
        json.field("faults", faultsBefore()).field("operations", operationsBefore());
        json.field("nodes", before.nodeCount()).field("nanos", before.horizonNanos());
        json.end();
        Attempt smallest = shrunk.smallest();
        json.name("after").object();
        json.field("faults", smallest.faultCount()).field("operations", smallest.operationCount());
        json.field("nodes", smallest.scenario().nodeCount());
        json.field("nanos", smallest.scenario().horizonNanos()).end();
        json.field("runs", shrunk.runs()).field("events", shrunk.events());
        json.name("wallSeconds").tree(Math.round(wallNanos / 1e6) / 1e3);
        json.name("cpuSeconds").tree(Math.round(cpuNanos / 1e6) / 1e3);
        json.field("scenario", scenarioFile).field("test", test).field("replay", replay);
        return json.end().toString();
    }
}
