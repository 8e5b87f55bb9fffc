package io.orrery.sim;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a run is still all right: its checkers, and the first thing that was not.
 *
 * <ul>
 *   <li>I1: the first failure stands; nothing replaces it.
 * </ul>
 */
final class Verdict {
    private final Simulation sim;
    private final List<Checker> checkers = new ArrayList<>();
    private SimulationFailure failure;

    Verdict(Simulation sim) {
        this.sim = sim;
    }

    void addChecker(Checker checker) {
        checkers.add(checker);
    }

    void afterEvent(NodeId node) {
        for (int i = 0; i < checkers.size() && failure == null; i++) {
            try {
                checkers.get(i).afterEvent(sim, node);
            } catch (RuntimeException | Check.Violation broken) {
                onFailure(Failure.Kind.SAFETY, broken, node);
            }
        }
    }

    void atEnd() {
        try {
            checkers.forEach(checker -> checker.atEnd(sim));
        } catch (RuntimeException | Check.Violation broken) {
            onFailure(Failure.Kind.SAFETY, broken, null);
        }
    }

    /** Notes what went wrong, unless something has before. */
    void onFailure(Failure.Kind kind, Throwable why, NodeId node) {
        if (failure == null) {
            String message = why instanceof Check.Violation ? why.getMessage() : why.toString();
            failure = new SimulationFailure(sim.failure(kind, message, node), why);
        }
    }

    void throwFailure() {
        if (failure != null) {
            throw failure;
        }
    }
}
