package io.orrery.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.gossip.rules.GossipRules;
import io.orrery.kernel.trace.Mark;
import io.orrery.sim.SimulationFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** {@code -Dburn.seeds=N -Dburn.first=S} burns more, or one again. */
class GossipBurnTest {
    private static final long FIRST = Long.getLong("burn.first", 1);
    private static final int SEEDS = Integer.getInteger("burn.seeds", 200);

    /** A planted bug: an ALIVE of the same incarnation wakes the dead. */
    private static final class DeadResurrected extends GossipRules {
        @Override
        public boolean overrides(
                MemberState held, Incarnation heldIncarnation, MemberState claimed, Incarnation claimedIncarnation) {
            boolean equal = claimedIncarnation.equals(heldIncarnation);
            return equal && held == MemberState.DEAD && claimed == MemberState.ALIVE
                    || super.overrides(held, heldIncarnation, claimed, claimedIncarnation);
        }
    }

    /** A planted bug: rows of a dead generation are kept. */
    private static final class DeadRowsKept extends GossipRules {
        @Override
        public boolean dropsRows(Member owner, long generation) {
            return false;
        }
    }

    /** A planted bug: a full state, which may be a partition old, buries a suspect unheard. */
    private static final class SuspectsBuried extends GossipRules {
        @Override
        public MemberState believedInSync(Member held, MemberState claimed) {
            boolean isSuspect = held != null && held.state() == MemberState.SUSPECT;
            return isSuspect ? claimed : super.believedInSync(held, claimed);
        }
    }

    @Test
    void everySeedKeepsTheRulesAndConverges() {
        TreeMap<Mark, Long> reached = new TreeMap<>();
        for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
            Cluster cluster = GossipBurn.run(seed, GossipRules.STANDARD);
            cluster.sim.marks().forEach((mark, count) -> reached.merge(mark, count, Long::sum));
        }
        if (SEEDS >= 200) {
            List<Mark> reachable = new ArrayList<>(GossipMarks.ALL);
            // Its nodes that leave do not come back, and its disks always have room: the server's workload has both.
            reachable.removeAll(List.of(GossipMarks.CAME_BACK, GossipMarks.GENERATION_RETRIED));
            assertThat(reached.keySet()).containsAll(reachable);
        }
    }

    @Test
    void sameSeedTakesTheSameSteps() {
        long first = GossipBurn.run(42, GossipRules.STANDARD).sim.traceHash();
        assertThat(GossipBurn.run(42, GossipRules.STANDARD).sim.traceHash()).isEqualTo(first);
        assertThat(GossipBurn.run(43, GossipRules.STANDARD).sim.traceHash()).isNotEqualTo(first);
    }

    @Test
    void resurrectionAtAnEqualIncarnationIsFoundAndReplays() {
        assertFound(new DeadResurrected(), "M1: a member never goes back");
    }

    @Test
    void rowsOfADeadGenerationAreFoundAndReplay() {
        assertFound(new DeadRowsKept(), "W2: ");
    }

    @Test
    void aSuspectThatAFullStateBuriesIsFoundAndReplays() {
        assertFound(new SuspectsBuried(), "R4: a full state declares nobody dead whom we hold live");
    }

    private static void assertFound(GossipRules planted, String claim) {
        for (long seed = 1; seed <= 500; seed++) {
            String failure = failure(seed, planted);
            if (failure != null) {
                assertThat(failure).contains(claim);
                assertThat(failure(seed, planted)).isEqualTo(failure);
                return;
            }
        }
        throw new AssertionError("not found in 500 seeds: " + claim);
    }

    /** What goes wrong in a seed, or null. */
    private static String failure(long seed, GossipRules rules) {
        try {
            GossipBurn.run(seed, rules);
            return null;
        } catch (SimulationFailure broken) {
            return broken.getMessage();
        }
    }
}
