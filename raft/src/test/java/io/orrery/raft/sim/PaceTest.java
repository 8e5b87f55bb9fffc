package io.orrery.raft.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.kernel.codec.Bytes;
import io.orrery.raft.Proposal;
import io.orrery.raft.PulseMarks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Leaders on one node that wait for its disk together. */
class PaceTest {
    private static final int GROUPS = 3 * GroupsNode.MANY;

    /** The one that leads most groups, and so enough for them to wait for one another. */
    private static NodeId busiest(GroupsCluster cluster) {
        NodeId busiest = null;
        for (NodeId node : cluster.sim.nodes()) {
            if (busiest == null
                    || led(cluster, node).size() > led(cluster, busiest).size()) {
                busiest = node;
            }
        }
        return busiest;
    }

    private static List<Integer> led(GroupsCluster cluster, NodeId node) {
        List<Integer> led = new ArrayList<>();
        for (int i = 0; i < GROUPS; i++) {
            if (node.equals(cluster.leader(i))) {
                led.add(i);
            }
        }
        return led;
    }

    private static void proposeInAll(GroupsCluster cluster, NodeId on, List<Proposal.Outcome> outcomes) {
        cluster.sim.onNode(
                on,
                () -> led(cluster, on).forEach(i -> cluster.group(on, i).propose(Bytes.ofUtf8("a"), outcomes::add)));
    }

    @Test
    void leadersWhoseDiskDoesNotAnswerWaitForItOnlyForAMomentAndCommitWithTheOthers() {
        GroupsCluster cluster = new GroupsCluster(1, GROUPS);
        cluster.await(cluster::allLed, "leaders");
        cluster.sim.runFor(Time.millis(50));
        NodeId leader = busiest(cluster);
        int count = led(cluster, leader).size();
        assertThat(count).isGreaterThanOrEqualTo(GroupsNode.MANY);
        List<Proposal.Outcome> outcomes = new ArrayList<>();
        cluster.sim.disk(leader).freeze(true);
        proposeInAll(cluster, leader, outcomes);
        cluster.sim.runFor(Time.millis(1));
        proposeInAll(cluster, leader, outcomes);
        assertThat(cluster.sim.runUntil(() -> outcomes.size() == 2 * count, Time.millis(20)))
                .isTrue();
        assertThat(outcomes).allMatch(Proposal.Outcome::isCommitted);
        assertThat(cluster.sim.marks()).containsKey(PulseMarks.REPLICATION_HELD);
    }

    @Test
    void groupsThatAskAgainAndAgainWhileTheDiskIsAtWorkCommitAllInTime() {
        GroupsCluster cluster = new GroupsCluster(2, GROUPS);
        cluster.await(cluster::allLed, "leaders");
        cluster.sim.runFor(Time.millis(50));
        NodeId leader = busiest(cluster);
        int count = led(cluster, leader).size();
        List<Proposal.Outcome> outcomes = new ArrayList<>();
        for (int round = 1; round <= 20; round++) {
            proposeInAll(cluster, leader, outcomes);
            cluster.sim.runFor(Time.micros(200));
        }
        assertThat(cluster.sim.runUntil(() -> outcomes.size() == 20 * count, Time.millis(20)))
                .isTrue();
        assertThat(outcomes).allMatch(Proposal.Outcome::isCommitted);
        assertThat(cluster.sim.marks()).containsKey(PulseMarks.REPLICATION_HELD);
    }
}
