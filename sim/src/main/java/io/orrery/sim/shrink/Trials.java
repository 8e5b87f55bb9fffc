package io.orrery.sim.shrink;

import io.orrery.kernel.NodeId;
import io.orrery.sim.run.Workers;
import io.orrery.sim.scenario.FaultBudget;
import io.orrery.sim.scenario.FaultPlan;
import io.orrery.sim.scenario.NodeFault;
import io.orrery.sim.scenario.Scenario;
import io.orrery.sim.scenario.TimedFault;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.IntFunction;

/**
 * Runs candidates, and keeps the first of them that fails for the same reason.
 *
 * <ul>
 *   <li>I1: what is kept failed with the identity of the run that all began with.
 *   <li>I2: a plan within {@link FaultBudget} stays within it, so that a protocol is not blamed for what it never promised.
 *   <li>I3: candidates are judged in their order, whatever ran beside them: what is kept does not depend on threads.
 * </ul>
 *
 * <p>For one thread; the workers' threads only run candidates.
 */
final class Trials {
    /** Candidates that are made ahead of those that run. */
    private static final int WINDOW = 16;
    /** Candidates remembered to pass, so that a last look at all of them costs only what is new. */
    private static final int PASSED_MAX = 20_000;

    private static final int PASSED_CHARS_MAX = 2_000;

    private final Subject subject;
    private final Workers workers;
    private final ShrinkBudget budget;
    private final ShrinkProgress progress;
    private final FailureIdentity identity;
    private final boolean isPromised;
    private final TreeSet<String> passed = new TreeSet<>();
    private Attempt best;
    private String step = "";
    private long runs;
    private long events;
    private boolean isCutShort;

    Trials(Subject subject, Attempt original, Workers workers, ShrinkBudget budget, ShrinkProgress progress) {
        this.subject = subject;
        this.workers = workers;
        this.budget = budget;
        this.progress = progress;
        this.identity = original.identity();
        this.isPromised = isPromised(original.scenario());
        this.best = original;
    }

    /** The smallest run that fails so far. */
    Attempt best() {
        return best;
    }

    Scenario scenario() {
        return best.scenario();
    }

    /** Names what the candidates from here on try to take out. */
    void step(String name) {
        step = name;
    }

    long runs() {
        return runs;
    }

    long events() {
        return events;
    }

    /** Whether the budget ended: nothing is tried any more. */
    boolean isCutShort() {
        return isCutShort;
    }

    /** Keeps the candidate if it fails; whether it does. */
    boolean maybeKeep(Scenario candidate) {
        return firstKept(1, number -> candidate) == 0;
    }

    /** Keeps the first of the candidates that fails; whether one does. */
    boolean maybeKeepOne(List<Scenario> candidates) {
        return firstKept(candidates.size(), candidates::get) >= 0;
    }

    /**
     * Keeps the first of {@code count} candidates that fails.
     *
     * @param candidates makes each, on this thread; null for none
     * @return its number, from 0; -1 if none does or the budget ended
     */
    int firstKept(int count, IntFunction<Scenario> candidates) {
        int next = 0;
        while (next < count && !isCutShort) {
            List<Scenario> window = new ArrayList<>();
            List<Integer> numbers = new ArrayList<>();
            while (next < count && window.size() < WINDOW) {
                Scenario candidate = candidates.apply(next);
                if (candidate != null && isWorthARun(candidate)) {
                    window.add(candidate);
                    numbers.add(next);
                }
                next++;
            }
            int kept = runWindow(window);
            if (kept >= 0) {
                return numbers.get(kept);
            }
        }
        return -1;
    }

    private int runWindow(List<Scenario> window) {
        if (window.isEmpty() || maybeEnd()) {
            return -1;
        }
        int[] judged = new int[1];
        boolean[] isKept = new boolean[1];
        workers.runWhile(0, window.size(), number -> subject.run(window.get((int) number)), attempt -> {
            isKept[0] = maybeKeep(window.get(judged[0]), attempt);
            judged[0]++;
            return !isKept[0] && (judged[0] == window.size() || !maybeEnd());
        });
        return isKept[0] ? judged[0] - 1 : -1;
    }

    private boolean maybeKeep(Scenario candidate, Attempt attempt) {
        runs++;
        events += attempt.events();
        boolean isSame = identity.equals(attempt.identity());
        if (isSame) {
            best = attempt;
        } else {
            remember(candidate);
        }
        progress.onRun(step, runs, best);
        return isSame;
    }

    private boolean maybeEnd() {
        isCutShort = isCutShort || budget.isSpent(runs, events);
        return isCutShort;
    }

    private boolean isWorthARun(Scenario candidate) {
        return (!isPromised || isPromised(candidate)) && !passed.contains(candidate.toString());
    }

    private void remember(Scenario candidate) {
        String text = candidate.toString();
        if (passed.size() < PASSED_MAX && text.length() <= PASSED_CHARS_MAX) {
            passed.add(text);
        }
    }

    /** Whether protocols promise to survive it. All nodes restart at the horizon: a crash needs no line for that. */
    private static boolean isPromised(Scenario scenario) {
        List<TimedFault> faults = new ArrayList<>(scenario.plan().faults());
        long lastNanos = faults.isEmpty() ? 0 : faults.get(faults.size() - 1).atNanos();
        long horizonNanos = Math.max(scenario.horizonNanos(), lastNanos);
        for (NodeId node : scenario.nodes()) {
            faults.add(new TimedFault(horizonNanos, new NodeFault.Restart(node)));
        }
        return FaultBudget.objection(scenario.horizon(horizonNanos).plan(new FaultPlan(faults))) == null;
    }
}
