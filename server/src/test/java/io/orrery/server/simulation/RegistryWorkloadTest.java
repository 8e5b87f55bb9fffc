package io.orrery.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.gossip.registry.RegistryMarks;
import io.orrery.sim.run.Burn;
import io.orrery.sim.run.BurnSummary;
import io.orrery.sim.run.Workers;
import org.junit.jupiter.api.Test;

class RegistryWorkloadTest {
    private static final Burn BURN =
            Simulations.burn(RegistryWorkload.NAME, Mix.ofNothingSaid(), Strategy.SWARM.faults());

    @Test
    void cleanBurnReachesWhatIsNotTooRare() {
        BurnSummary summary = BURN.run(1, 25, Workers.ONE, result -> {});
        assertThat(summary.failures()).isEmpty();
        assertThat(summary.marks().keySet())
                .contains(
                        RegistryMarks.COLLECTED,
                        RegistryMarks.CONFLICT_LOST,
                        RegistryMarks.DELETE_OVERRIDDEN,
                        RegistryMarks.JOURNAL_REPLAYED,
                        RegistryMarks.RETIRED,
                        RegistryMarks.STAMP_CLAMPED);
    }
}
