package io.orrery.raft.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.raft.Proposal;
import io.orrery.raft.Proposal.Status;
import io.orrery.raft.RaftConfig;
import io.orrery.raft.log.WalConfig;
import io.orrery.raft.rules.RaftRules;
import io.orrery.sim.network.LinkPolicy;
import java.util.ArrayList;
import java.util.List;
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

    /** A frame takes as long as is meant for this election timeout: the former leader's answers come long after it is replaced. */
    @Test
    void noRequestFailsWhileLeadershipIsHandedOverAcrossSlowLinks() {
        RaftConfig.Timing timing = RaftConfig.Timing.DEFAULT;
        RaftCluster cluster =
                new RaftCluster(6, 3, timing, RaftConfig.Limits.DEFAULT, WalConfig.DEFAULT, RaftRules.PAPER);
        long delay = timing.electionNanos() / 20;
        cluster.awaitLeader();
        cluster.awaitQuiet();
        cluster.sim.network().policy(LinkPolicy.LAN.delay(delay * 4 / 5, delay * 6 / 5));
        cluster.sim.runFor(3 * timing.electionNanos());
        NodeId first = cluster.awaitLeader();
        for (NodeId id : cluster.sim.nodes()) {
            cluster.sim.network().policy(first, id, LinkPolicy.LAN.delay(2 * delay, 2 * delay));
        }
        cluster.sim.runFor(timing.electionNanos());
        List<RaftCluster.Slot<Proposal.Outcome>> slots = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            if (i == 100) {
                cluster.sim.onNode(first, () -> {
                    assertThat(cluster.group(first).maybeHandOver()).isTrue();
                });
            }
            slots.add(cluster.forward(cluster.id(1 + i % 3), "request " + i));
            cluster.sim.runFor(Time.millis(1));
        }
        for (RaftCluster.Slot<Proposal.Outcome> slot : slots) {
            assertThat(cluster.await(slot).status()).isEqualTo(Status.COMMITTED);
        }
        assertThat(cluster.leader()).isNotEqualTo(first);
    }

    private static NodeId other(RaftCluster cluster, NodeId than) {
        return cluster.sim.nodes().stream()
                .filter(id -> !id.equals(than))
                .findFirst()
                .orElseThrow();
    }
}
