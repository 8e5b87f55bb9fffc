package io.orrery.raft.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.raft.MembershipChange;
import io.orrery.raft.Proposal;
import io.orrery.raft.RaftMarks;
import io.orrery.raft.read.Read;
import io.orrery.raft.read.ReadConfig;
import io.orrery.raft.read.ReadKind;
import io.orrery.raft.sim.RaftCluster.Found;
import io.orrery.raft.sim.RaftCluster.Slot;
import io.orrery.sim.disk.DiskPolicy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reads beside the log, without leases. */
class ReadTest {
    private final RaftCluster cluster = new RaftCluster(1, 3);

    private NodeId other(NodeId than) {
        return cluster.id(than.equals(cluster.id(1)) ? 2 : 1);
    }

    private void commit(String command) {
        NodeId leader = cluster.awaitLeader();
        assertThat(cluster.await(cluster.propose(leader, command)).isCommitted())
                .isTrue();
    }

    @Test
    void readOnEveryMemberFindsWhatWasAcknowledgedBeforeIt() {
        for (int i = 0; i < 20; i++) {
            commit("c" + i);
            for (int node = 1; node <= 3; node++) {
                Found found = cluster.await(cluster.read(cluster.id(node), ReadKind.INDEX));
                assertThat(found.outcome().status()).isEqualTo(Read.Status.READ);
                assertThat(found.applied()).hasSize(i + 1);
            }
        }
    }

    @Test
    void readsThatWaitTogetherShareOneRound() {
        commit("c");
        NodeId leader = cluster.leader();
        List<Slot<Found>> slots = new ArrayList<>();
        cluster.sim.onNode(leader, () -> {});
        for (int i = 0; i < 1000; i++) {
            slots.add(cluster.read(leader, ReadKind.INDEX));
        }
        slots.forEach(cluster::await);
        assertThat(cluster.group(leader).counters().reads()).isEqualTo(1000);
        assertThat(cluster.group(leader).counters().readRounds()).isLessThanOrEqualTo(2);
    }

    @Test
    void readAppendsNothingToTheLog() {
        commit("c");
        long last = cluster.group(cluster.leader()).lastIndex();
        cluster.await(cluster.read(cluster.leader(), ReadKind.INDEX));
        cluster.await(cluster.read(other(cluster.leader()), ReadKind.INDEX));
        assertThat(cluster.group(cluster.leader()).lastIndex()).isEqualTo(last);
    }

    @Test
    void leaderThatIsCutOffAnswersNoReadUntilItHearsOfTheNextOne() {
        commit("old");
        NodeId cutOff = cluster.leader();
        cluster.sim.network().isolate(cutOff);
        Slot<Found> slot = cluster.read(cutOff, ReadKind.INDEX);
        NodeId next = other(cutOff);
        assertThat(cluster.sim.runUntil(
                        () -> !cluster.leader().equals(cutOff)
                                || cluster.group(next).isLeader(),
                        Time.seconds(3)))
                .isTrue();
        cluster.sim.runUntil(() -> !cluster.leader().equals(cutOff), Time.seconds(1));
        assertThat(cluster.await(cluster.propose(cluster.leader(), "new")).isCommitted())
                .isTrue();
        assertThat(slot.value()).isNull();
        cluster.sim.network().healAll();
        Found found = cluster.await(slot);
        assertThat(found.outcome().status()).isEqualTo(Read.Status.READ);
        assertThat(found.applied()).containsExactly("old", "new");
        assertThat(cluster.sim.marks()).containsKey(RaftMarks.READ_LOST_LEADER);
    }

    @Test
    void readThatNobodyConfirmsTimesOut() {
        RaftCluster impatient = new RaftCluster(1, 3, new ReadConfig(10, Time.millis(500), false, 0));
        NodeId leader = impatient.awaitLeader();
        impatient.sim.network().isolate(leader);
        Found found = impatient.await(impatient.read(leader, ReadKind.INDEX));
        assertThat(found.outcome().isRead()).isFalse();
        assertThat(impatient.group(leader).counters().readsTimedOut()).isEqualTo(1);
    }

    @Test
    void readsBeyondTheLimitAreRefusedAndTheOthersAnswered() {
        RaftCluster small = new RaftCluster(1, 3, new ReadConfig(10, Time.seconds(5), false, 0));
        NodeId leader = small.awaitLeader();
        List<Slot<Found>> slots = new ArrayList<>();
        small.sim.network().isolate(leader);
        for (int i = 0; i < 12; i++) {
            slots.add(small.read(leader, ReadKind.INDEX));
        }
        small.sim.network().healAll();
        int refused = 0;
        for (Slot<Found> slot : slots) {
            Read.Status status = small.await(slot).outcome().status();
            refused += status == Read.Status.OVERLOADED ? 1 : 0;
            assertThat(status).isIn(Read.Status.READ, Read.Status.OVERLOADED);
        }
        assertThat(refused).isEqualTo(2);
        assertThat(small.group(leader).counters().readsOverloaded()).isEqualTo(2);
    }

    @Test
    void learnerAnswersFromItsOwnState() {
        NodeId joiner = cluster.addJoiner("j1");
        commit("before");
        assertThat(cluster.await(cluster.change(cluster.leader(), MembershipChange.addLearner(joiner)))
                        .status())
                .isEqualTo(MembershipChange.Status.COMMITTED);
        cluster.awaitQuiet();
        commit("after");
        Found found = cluster.await(cluster.read(joiner, ReadKind.INDEX));
        assertThat(found.outcome().status()).isEqualTo(Read.Status.READ);
        assertThat(found.applied()).containsExactly("before", "after");
    }

    @Test
    void nodeWithoutAnyLeaderSaysSoInTime() {
        RaftCluster impatient = new RaftCluster(1, 3, new ReadConfig(10, Time.millis(100), false, 0));
        Found found = impatient.await(impatient.read(impatient.id(1), ReadKind.INDEX));
        assertThat(found.outcome().status()).isEqualTo(Read.Status.NOT_LEADER);
    }

    @Test
    void groupOfOneReadsAlone() {
        RaftCluster alone = new RaftCluster(1, 1);
        NodeId leader = alone.awaitLeader();
        alone.await(alone.propose(leader, "c"));
        assertThat(alone.await(alone.read(leader, ReadKind.INDEX)).applied()).containsExactly("c");
    }

    /** The round rides on what is sent anyhow; a disk that is slow does not hold it up. */
    @Test
    void readDoesNotWaitForTheDisksOfFollowers() {
        commit("c");
        NodeId leader = cluster.leader();
        for (int i = 1; i <= 3; i++) {
            cluster.sim.disk(cluster.id(i)).policy(DiskPolicy.SSD.extra(Time.millis(150)));
        }
        Slot<Proposal.Outcome> write = cluster.propose(leader, "slow");
        Slot<Found> read = cluster.read(leader, ReadKind.INDEX);
        cluster.await(read);
        assertThat(write.value()).isNull();
    }
}
