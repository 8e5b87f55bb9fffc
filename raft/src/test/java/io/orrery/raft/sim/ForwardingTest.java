package io.orrery.raft.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.raft.Proposal;
import io.orrery.raft.Proposal.Status;
import org.junit.jupiter.api.Test;

class ForwardingTest {
    @Test
    void aProposalMadeAnywhereReachesTheLeaderAndItsResultComesBack() {
        RaftCluster cluster = new RaftCluster(1, 3);
        cluster.awaitLeader();
        cluster.awaitQuiet();
        int place = 0;
        for (NodeId id : cluster.sim.nodes()) {
            Proposal.Outcome outcome = cluster.await(cluster.forward(id, "from " + id));
            assertThat(outcome.status()).isEqualTo(Status.COMMITTED);
            assertThat(outcome.result().utf8()).isEqualTo(Integer.toString(++place));
        }
    }

    @Test
    void aProposalMadeBeforeThereIsALeaderWaitsForOne() {
        RaftCluster cluster = new RaftCluster(2, 3);
        RaftCluster.Slot<Proposal.Outcome> slot = cluster.forward(cluster.id(1), "early");
        assertThat(cluster.leader()).isNull();
        assertThat(cluster.await(slot).status()).isEqualTo(Status.COMMITTED);
    }

    @Test
    void withoutALeaderTheProposalEndsAsNotLeaderAndHasNoEffect() {
        RaftCluster cluster = new RaftCluster(3, 3);
        cluster.sim.crash(cluster.id(2));
        cluster.sim.crash(cluster.id(3));
        assertThat(cluster.await(cluster.forward(cluster.id(1), "never")).status())
                .isEqualTo(Status.NOT_LEADER);
        cluster.sim.restart(cluster.id(2));
        cluster.sim.restart(cluster.id(3));
        cluster.awaitLeader();
        cluster.awaitQuiet();
        assertThat(cluster.applied(cluster.id(1))).isEmpty();
    }

    @Test
    void whatALeaderTookWithItIsUnknownAndNotRepeated() {
        RaftCluster cluster = new RaftCluster(4, 3);
        cluster.awaitLeader();
        cluster.awaitQuiet();
        NodeId leader = cluster.awaitLeader();
        NodeId other = other(cluster, leader);
        RaftCluster.Slot<Proposal.Outcome> slot = cluster.forward(other, "a");
        cluster.sim.runFor(Time.micros(50));
        cluster.sim.crash(leader);
        assertThat(cluster.await(slot).status()).isEqualTo(Status.UNKNOWN);
        assertThat(cluster.node(other).forwarder.pendingCount()).isZero();
        cluster.awaitQuiet();
        assertThat(cluster.applied(other)).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void aStaleHintIsFollowedToTheLeader() {
        RaftCluster cluster = new RaftCluster(5, 3);
        cluster.awaitLeader();
        cluster.awaitQuiet();
        NodeId first = cluster.awaitLeader();
        NodeId other = other(cluster, first);
        cluster.sim.network().cut(first, other);
        cluster.sim.onNode(first, () -> {
            for (NodeId id : cluster.sim.nodes()) {
                if (!id.equals(first) && !id.equals(other)) {
                    assertThat(cluster.group(first).maybeTransferTo(id)).isTrue();
                }
            }
        });
        cluster.sim.runUntil(() -> !first.equals(cluster.leader()) && cluster.leader() != null, Time.seconds(1));
        cluster.sim.network().heal();
        assertThat(cluster.await(cluster.forward(other, "a")).status()).isEqualTo(Status.COMMITTED);
    }

    private static NodeId other(RaftCluster cluster, NodeId than) {
        return cluster.sim.nodes().stream()
                .filter(id -> !id.equals(than))
                .findFirst()
                .orElseThrow();
    }
}
