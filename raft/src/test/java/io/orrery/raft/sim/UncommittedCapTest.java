package io.orrery.raft.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.NodeId;
import io.orrery.raft.Proposal;
import io.orrery.raft.RaftConfig;
import io.orrery.raft.log.WalConfig;
import io.orrery.raft.rules.RaftRules;
import io.orrery.raft.sim.RaftCluster.Slot;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a leader holds of commands that are not committed is bounded, in number and in bytes. */
class UncommittedCapTest {
    private static RaftConfig.Limits limits(int proposals, int bytes) {
        RaftConfig.Limits standard = RaftConfig.Limits.DEFAULT;
        return new RaftConfig.Limits(
                standard.messageEntriesMax(),
                standard.messageBytesMax(),
                standard.inflightMessagesMax(),
                standard.inflightBytesMax(),
                proposals,
                bytes,
                200,
                standard.applyEntriesMax(),
                standard.catchUpEntriesMax());
    }

    private static int refused(RaftConfig.Limits limits, int commandBytes) {
        RaftCluster cluster = new RaftCluster(1, 3, RaftCluster.TIMING, limits, WalConfig.DEFAULT, RaftRules.PAPER);
        NodeId leader = cluster.awaitLeader();
        cluster.sim.runFor(RaftCluster.TIMING.heartbeatNanos());
        long before = cluster.group(leader).lastIndex();
        cluster.sim.network().isolate(leader);
        List<Slot<Proposal.Outcome>> slots = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            slots.add(cluster.propose(leader, String.format("%0" + commandBytes + "d", i)));
        }
        cluster.sim.runFor(1_000_000);
        int refused = 0;
        for (Slot<Proposal.Outcome> slot : slots) {
            boolean isRefused = slot.value() != null && slot.value().status() == Proposal.Status.OVERLOADED;
            refused += isRefused ? 1 : 0;
        }
        assertThat(cluster.group(leader).lastIndex() - before).isEqualTo(30 - refused);
        assertThat(cluster.group(leader).counters().overloaded()).isEqualTo(refused);
        cluster.sim.network().healAll();
        cluster.awaitQuiet();
        assertThat(cluster.await(cluster.propose(cluster.awaitLeader(), "after"))
                        .isCommitted())
                .isTrue();
        return refused;
    }

    @Test
    void proposalsBeyondTheirNumberAreRefusedAndTheLogDoesNotGrow() {
        assertThat(refused(limits(8, 1 << 20), 10)).isEqualTo(22);
    }

    @Test
    void proposalsBeyondTheirBytesAreRefusedAndTheLogDoesNotGrow() {
        assertThat(refused(limits(1_000, 1_000), 100)).isBetween(20, 25);
    }
}
