package io.orrery.sim.run;

import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import io.orrery.sim.Simulation;
import io.orrery.sim.choice.ChoiceStream;
import io.orrery.sim.scenario.Scenario;

/**
 * Starts a workload's operations at its scenario's rate, until the horizon.
 *
 * <ul>
 *   <li>I1: each operation takes one number of the operations' stream, started or not: its time and all its luck come from
 *       that number, so that leaving one out changes neither the time nor the luck of another.
 * </ul>
 */
final class Operator {
    private static final long LUCK_BOUND = 1L << 32;

    private final Simulation sim;
    private final Scenario scenario;
    private final Workload workload;
    private final ChoiceStream lucks;
    private final long intervalNanos;
    private long next;

    Operator(Simulation sim, Scenario scenario, Workload workload) {
        this.sim = sim;
        this.scenario = scenario;
        this.workload = workload;
        this.lucks = sim.choices("operations");
        this.intervalNanos = Time.seconds(1) / scenario.ratePerSecond();
    }

    void start() {
        Prng luck = new Prng(lucks.next(LUCK_BOUND));
        long delayNanos = 1 + luck.below(2 * intervalNanos);
        if (sim.nowNanos() + delayNanos < scenario.horizonNanos()) {
            sim.after(delayNanos, () -> operate(luck));
        }
    }

    private void operate(Prng luck) {
        long number = next++;
        if (scenario.operations().includes(number)) {
            workload.operate(number, luck);
        }
        start();
    }
}
