package io.orrery.sim.run;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.kernel.Kernel;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.Time;
import io.orrery.sim.Simulation;
import io.orrery.sim.SimulationFailure;
import org.junit.jupiter.api.Test;

class StormTest {
    /** Does something, and each time plans to do it again. */
    private record Restless(Kernel kernel, long everyNanos) implements Protocol {
        @Override
        public void start() {
            if (everyNanos == 0) {
                kernel.defer(this::start);
            } else {
                kernel.timer("again", this::start).restart(everyNanos);
            }
        }
    }

    private static Simulation world(long everyNanos) {
        Simulation sim = new Simulation(1);
        sim.addChecker(new Storm(10));
        sim.addNode("n1", kernel -> new Restless(kernel, everyNanos));
        return sim;
    }

    @Test
    void aBusyNodeIsAccepted() {
        Simulation sim = world(Time.micros(100));
        assertThatCode(() -> sim.runFor(Time.seconds(3))).doesNotThrowAnyException();
    }

    @Test
    void aNodeThatIsMuchTooBusyIsRejected() {
        Simulation sim = world(Time.micros(10));
        assertThatThrownBy(() -> sim.runFor(Time.seconds(3)))
                .isInstanceOf(SimulationFailure.class)
                .hasMessageContaining("T1: a storm");
    }

    @Test
    void aTaskThatDefersItselfForEverIsRejectedThoughNoTimePasses() {
        Simulation sim = world(0);
        assertThatThrownBy(() -> sim.runFor(1))
                .isInstanceOf(SimulationFailure.class)
                .hasMessageContaining("T1: a storm");
    }
}
