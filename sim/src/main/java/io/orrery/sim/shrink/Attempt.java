package io.orrery.sim.shrink;

import io.orrery.sim.scenario.Scenario;
import io.orrery.sim.scenario.TimedFault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What one run came to.
 *
 * @param scenario that takes the same steps up to its end as the one that was run, and names no more than what took part:
 *     each operation by its number, no fault after the failure
 * @param identity of its failure; null if it did not fail
 * @param failure in the failure's own words; empty if it did not fail
 * @param failureNanos world time of the failure; of a run that passed, its end
 * @param events of nodes
 * @param operations that were started, in the order of their times
 * @param strikes of the scenario's hunts before the failure
 */
public record Attempt(
        Scenario scenario,
        FailureIdentity identity,
        String failure,
        long failureNanos,
        long events,
        List<Started> operations,
        List<TimedFault> strikes) {
    /** An operation that was started, and when in world time. */
    public record Started(long number, long atNanos) {}

    public Attempt {
        operations = Collections.unmodifiableList(new ArrayList<>(operations));
        strikes = Collections.unmodifiableList(new ArrayList<>(strikes));
    }

    public boolean isFailed() {
        return identity != null;
    }

    /** Lines of faults. */
    public int faultCount() {
        return scenario.plan().faults().size();
    }

    public int operationCount() {
        return operations.size();
    }

    List<Long> operationNumbers() {
        List<Long> numbers = new ArrayList<>(operations.size());
        operations.forEach(started -> numbers.add(started.number()));
        return numbers;
    }
}
