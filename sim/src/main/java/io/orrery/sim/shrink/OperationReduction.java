package io.orrery.sim.shrink;

import io.orrery.sim.scenario.Operations;

/** Takes out operations; those that stay keep their numbers, and with them their times and their luck. */
final class OperationReduction implements Reduction {
    @Override
    public String name() {
        return "operations";
    }

    @Override
    public void reduce(Trials trials) {
        ChunkedRemoval.minimize(
                trials.best().operationNumbers(),
                (count, parts) -> trials.firstKept(
                        count, number -> trials.scenario().operations(Operations.of(parts.apply(number)))));
    }
}
