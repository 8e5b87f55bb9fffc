package io.orrery.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.gossip.GossipMarks;
import io.orrery.gossip.Incarnation;
import io.orrery.gossip.Member;
import io.orrery.gossip.MemberState;
import io.orrery.gossip.rules.GossipRules;
import io.orrery.kernel.trace.Mark;
import io.orrery.sim.run.Burn;
import io.orrery.sim.run.BurnSummary;
import io.orrery.sim.run.RunResult;
import io.orrery.sim.run.Runner;
import io.orrery.sim.run.Workers;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class GossipWorkloadTest {
    private static final Burn BURN =
            Simulations.burn(GossipWorkload.NAME, Mix.ofNothingSaid(), Strategy.SWARM.faults());

    @Test
    void aCleanBurnReachesEveryMarkOfGossip() {
        BurnSummary summary = BURN.run(1, 150, Workers.ONE, result -> {});
        assertThat(summary.failures()).isEmpty();
        TreeSet<Mark> declared = new TreeSet<>(GossipMarks.ALL);
        // So rare that it takes thousands of seeds.
        declared.remove(GossipMarks.GENERATION_RETRIED);
        assertThat(summary.marks().keySet()).containsAll(declared);
    }

    @Test
    void aPlanForGossipHuntsNobody() {
        for (long seed = 1; seed <= 50; seed++) {
            assertThat(BURN.scenario(seed).toString()).doesNotContain("hunt");
        }
    }

    @Test
    void aDeadMemberResurrectedAtAnEqualIncarnationIsFound() {
        assertFound(new GossipRules() {
            @Override
            public boolean overrides(
                    MemberState held,
                    Incarnation heldIncarnation,
                    MemberState claimed,
                    Incarnation claimedIncarnation) {
                boolean rises = held == MemberState.DEAD
                        && claimed == MemberState.ALIVE
                        && claimedIncarnation.equals(heldIncarnation);
                return rises || super.overrides(held, heldIncarnation, claimed, claimedIncarnation);
            }
        });
    }

    @Test
    void rowsKeptOfADeadGenerationAreFound() {
        assertFound(new GossipRules() {
            @Override
            public boolean dropsRows(Member owner, long generation) {
                return false;
            }
        });
    }

    private static void assertFound(GossipRules planted) {
        for (long seed = 1; seed <= 200; seed++) {
            RunResult result = Runner.run(BURN.scenario(seed), new GossipWorkload(planted));
            if (!result.isOk()) {
                return;
            }
        }
        throw new AssertionError("not found in 200 seeds");
    }
}
