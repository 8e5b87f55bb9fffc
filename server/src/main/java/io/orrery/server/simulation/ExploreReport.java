package io.orrery.server.simulation;

import io.orrery.kernel.trace.TraceHash;
import io.orrery.server.json.JsonWriter;
import io.orrery.sim.explore.Change;
import io.orrery.sim.explore.Explorer;
import io.orrery.sim.run.RunResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What an exploration came to, for people and for scripts. */
public final class ExploreReport {
    private static final int FAILURES_MAX = 100;
    private static final int FAILURES_SHOWN = 5;

    private final long firstSeed;
    private final TraceHash hash = new TraceHash(0);
    private final long[] runs = new long[Change.values().length];
    private final long[] newStates = new long[Change.values().length];
    private final long[] failed = new long[Change.values().length];
    private final List<Found> failures = new ArrayList<>();
    private long count;
    private long failedCount;
    private long events;
    private long simulatedNanos;

    /** A run that failed. */
    private record Found(long run, Change change, RunResult result, Path file) {
        String replay() {
            return "./orrery sim replay " + file;
        }
    }

    public ExploreReport(long firstSeed) {
        this.firstSeed = firstSeed;
    }

    /** Counts a run. Its number is {@link #count} from then on. */
    public void add(Explorer.Step step) {
        RunResult result = step.trial().result();
        int change = step.trial().attempt().change().ordinal();
        count++;
        runs[change]++;
        newStates[change] += step.newStates();
        failed[change] += result.isOk() ? 0 : 1;
        failedCount += result.isOk() ? 0 : 1;
        events += result.events();
        simulatedNanos += result.simulatedNanos();
        hash.fold(result.traceHash());
    }

    /** Remembers where the decisions of the run added last are. */
    public void addFailure(Explorer.Step step, Path file) {
        if (failures.size() < FAILURES_MAX) {
            failures.add(new Found(
                    count, step.trial().attempt().change(), step.trial().result(), file));
        }
    }

    /** Runs so far. */
    public long count() {
        return count;
    }

    public long failed() {
        return failedCount;
    }

    /** The first run that failed; null if none did. */
    public RunResult firstFailure() {
        return failures.isEmpty() ? null : failures.get(0).result();
    }

    public String text(Explorer explorer, double wallSeconds) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "runs         %d, %d failed, %.1f simulated minutes in %.1f s%n",
                count,
                failedCount,
                simulatedNanos / 60e9,
                wallSeconds));
        text.append("trace hash   ").append(TraceHash.hex(hash.value())).append('\n');
        text.append("coverage     ")
                .append(BurnReport.coverage(explorer.coverage().summary()).replace("seeds", "runs"))
                .append('\n');
        text.append("corpus       ").append(explorer.corpus().size()).append(" runs kept\n\n");
        text.append("CHANGE     RUNS  NEW STATES  A RUN  FAILED\n");
        for (Change change : Change.values()) {
            int at = change.ordinal();
            if (runs[at] > 0) {
                text.append(String.format(
                        Locale.ROOT,
                        "%-8s %6d  %10d  %5.1f  %6d%n",
                        change,
                        runs[at],
                        newStates[at],
                        (double) newStates[at] / runs[at],
                        failed[at]));
            }
        }
        for (Found found : failures.subList(0, Math.min(FAILURES_SHOWN, failures.size()))) {
            text.append(String.format(
                    Locale.ROOT,
                    "%nFAILED       %s, run %d, %s%nreplay       %s%n",
                    found.result().failure(),
                    found.run(),
                    found.change(),
                    found.replay()));
        }
        if (failedCount > FAILURES_SHOWN) {
            text.append(String.format(Locale.ROOT, "%n%d more failed runs%n", failedCount - FAILURES_SHOWN));
        }
        return text.toString().stripTrailing();
    }

    public String json(Explorer explorer, double wallSeconds) {
        JsonWriter json = new JsonWriter().object();
        json.field("runs", count).field("failed", failedCount).field("events", events);
        json.name("wallSeconds").tree(Math.round(wallSeconds * 1000) / 1000.0);
        json.field("traceHash", TraceHash.hex(hash.value()));
        BurnReport.coverage(json, explorer.coverage().summary());
        json.field("corpus", explorer.corpus().size());
        json.name("changes").array();
        for (Change change : Change.values()) {
            int at = change.ordinal();
            json.object()
                    .field("change", change.toString())
                    .field("runs", runs[at])
                    .field("newStates", newStates[at])
                    .field("failed", failed[at])
                    .end();
        }
        json.end().name("failures").array();
        for (Found found : failures) {
            json.object()
                    .field("run", found.run())
                    .field("seed", firstSeed + found.run() - 1)
                    .field("change", found.change().toString())
                    .field("kind", found.result().failure().kind().name().toLowerCase(Locale.ROOT))
                    .field("message", found.result().failure().message())
                    .field("replay", found.replay())
                    .field("scenario", found.result().scenario().toString())
                    .end();
        }
        return json.end().end().toString();
    }
}
