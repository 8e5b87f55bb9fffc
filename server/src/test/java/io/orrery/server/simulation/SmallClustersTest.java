package io.orrery.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.NodeId;
import io.orrery.raft.rules.RaftRules;
import io.orrery.sim.exhaust.Bounds;
import io.orrery.sim.exhaust.Enumeration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SmallClustersTest {
    private static final List<NodeId> NODES = List.of(NodeId.of("n1"), NodeId.of("n2"), NodeId.of("n3"));

    private static Enumeration.Outcome raft(RaftRules rules, Bounds bounds) {
        return new Enumeration(() -> new RaftModel(NODES, rules), NODES, bounds, false).run(states -> true);
    }

    @Test
    void voteThatIsNotOnDiskIsFoundWithinAFewThousandStates() {
        RaftRules broken = new RaftRules() {
            @Override
            public boolean persistsVotes() {
                return false;
            }
        };
        Enumeration.Outcome outcome = raft(broken, new Bounds(8, 6, 2, 0, 1, 0, 8_000));
        assertThat(outcome.failure()).contains("voted twice in a term");
        assertThat(outcome.moves()).hasSizeLessThanOrEqualTo(8);
    }

    @Test
    void allElectionsOfThreeNodesWithSixDeliveriesAreSafe() {
        Enumeration.Outcome outcome = raft(RaftRules.PAPER, new Bounds(8, 6, 2, 0, 0, 0, 6_000));
        assertThat(outcome.failure()).isNull();
        assertThat(outcome.isComplete()).isTrue();
        assertThat(outcome.states()).isGreaterThan(1_000);
    }

    @Test
    void appendsReachTheOthersAndAreSafe() {
        // An election by one other vote takes a timer and four deliveries; the rest is an append and its answers.
        Enumeration.Outcome outcome = raft(RaftRules.PAPER, new Bounds(9, 7, 1, 0, 0, 1, 2_000));
        assertThat(outcome.failure()).isNull();
        assertThat(outcome.depth()).isGreaterThan(5);
    }

    @Test
    void allBeginningsOfMembershipAreSafe() {
        Bounds bounds = new Bounds(8, 6, 3, 1, 1, 1, 1_000);
        Enumeration.Outcome outcome =
                new Enumeration(() -> new GossipModel(NODES), NODES, bounds, false).run(states -> true);
        assertThat(outcome.failure()).isNull();
        assertThat(outcome.states()).isGreaterThan(500);
    }
}
