package io.orrery.raft.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.raft.GroupEvent;
import io.orrery.raft.Proposal;
import io.orrery.raft.RaftConfig;
import io.orrery.raft.log.WalConfig;
import io.orrery.raft.rules.RaftRules;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Replicas whose disks were damaged: found while they run, or when they start. */
class DamagedDiskTest {
    private static RaftCluster cluster(long seed) {
        RaftCluster cluster = new RaftCluster(
                seed,
                3,
                RaftCluster.TIMING,
                RaftConfig.Limits.DEFAULT,
                WalConfig.DEFAULT.withSegmentBytes(2048),
                RaftRules.PAPER);
        cluster.awaitLeader();
        for (int i = 0; i < 40; i++) {
            write(cluster, "command " + i);
        }
        cluster.awaitQuiet();
        return cluster;
    }

    private static void write(RaftCluster cluster, String command) {
        RaftCluster.Slot<Proposal.Outcome> slot = cluster.propose(cluster.awaitLeader(), command);
        cluster.sim.runFor(Time.millis(20));
        assertThat(slot.value().isCommitted()).as(command).isTrue();
    }

    private static NodeId follower(RaftCluster cluster) {
        NodeId leader = cluster.awaitLeader();
        return cluster.sim.nodes().stream()
                .filter(node -> !node.equals(leader))
                .findFirst()
                .orElseThrow();
    }

    /** A segment that is full, where all is written: behind the last batch of the log there is room that was taken ahead. */
    private static void damage(RaftCluster cluster, NodeId node) {
        while (!cluster.sim.disk(node).rot().contains("wal-0000000001.log")) {
            cluster.sim.runFor(1);
        }
    }

    @Test
    void whatRotsUnderARunningFollowerIsMendedByItselfWithoutARestart() {
        for (long seed = 1; seed <= 5; seed++) {
            RaftCluster cluster = cluster(seed);
            NodeId follower = follower(cluster);
            List<String> before = cluster.applied(follower);
            damage(cluster, follower);
            cluster.sim.runFor(Time.seconds(20));
            assertThat(cluster.node(follower).wal.counters().damagesFound()).isPositive();
            cluster.sim.crash(follower);
            cluster.sim.restart(follower);
            cluster.awaitQuiet();
            assertThat(cluster.node(follower).wal.damages()).isEmpty();
            assertThat(cluster.applied(follower)).isEqualTo(before);
            assertThat(cluster.group(follower).view().hasForgotten()).isFalse();
        }
    }

    @Test
    void entriesThatAStartFindsDamagedComeFromTheLeaderAndTheReplicaVotesOnlyThen() {
        int forgetful = 0;
        for (long seed = 1; seed <= 20; seed++) {
            RaftCluster cluster = cluster(seed);
            NodeId follower = follower(cluster);
            cluster.sim.crash(follower);
            damage(cluster, follower);
            cluster.sim.restart(follower);
            cluster.sim.runUntil(() -> cluster.group(follower).view().isRunning(), Time.seconds(1));
            boolean forgot = cluster.group(follower).view().hasForgotten();
            forgetful += forgot ? 1 : 0;
            cluster.awaitQuiet();
            cluster.sim.runFor(Time.seconds(1));
            assertThat(cluster.group(follower).view().hasForgotten())
                    .as("it has all again, and every voter has told its term, seed " + seed)
                    .isFalse();
            NodeId leader = cluster.leader();
            cluster.sim.crash(leader);
            NodeId next = cluster.awaitLeader();
            write(cluster, "after");
            assertThat(cluster.applied(next)).hasSize(41);
        }
        assertThat(forgetful).isGreaterThan(5);
    }

    /** The node's vote or an acknowledged entry may be among what was lost. */
    @Test
    void whoMayHaveForgottenNeitherVotesNorCampaignsWhileAVoterIsSilent() {
        int forgetful = 0;
        for (long seed = 1; seed <= 10; seed++) {
            RaftCluster cluster = cluster(seed);
            NodeId follower = follower(cluster);
            NodeId leader = cluster.leader();
            NodeId third = cluster.sim.nodes().stream()
                    .filter(node -> !node.equals(leader) && !node.equals(follower))
                    .findFirst()
                    .orElseThrow();
            cluster.sim.crash(third);
            cluster.sim.crash(follower);
            damage(cluster, follower);
            cluster.sim.restart(follower);
            cluster.sim.runFor(Time.seconds(2));
            if (!cluster.group(follower).view().hasForgotten()) {
                continue;
            }
            assertThat(cluster.group(follower).lastIndex())
                    .as("it follows and stores")
                    .isEqualTo(cluster.group(leader).lastIndex());
            forgetful++;
            cluster.sim.runFor(Time.seconds(5));
            assertThat(cluster.group(follower).view().hasForgotten())
                    .as("the silent one may have its vote, of any term")
                    .isTrue();
            cluster.sim.restart(third);
            cluster.awaitQuiet();
            cluster.sim.runFor(Time.seconds(1));
            assertThat(cluster.group(follower).view().hasForgotten()).isFalse();
        }
        assertThat(forgetful).isPositive();
    }

    @Test
    void whereAMajorityHasForgottenTheGroupStopsAndSaysWhatWasLost() {
        RaftCluster cluster = cluster(3);
        for (int i = 1; i <= 3; i++) {
            cluster.sim.crash(cluster.id(i));
        }
        for (int i = 1; i <= 2; i++) {
            for (int hits = 0; hits < 5; hits++) {
                damage(cluster, cluster.id(i));
            }
        }
        for (int i = 1; i <= 3; i++) {
            cluster.sim.restart(cluster.id(i));
        }
        cluster.sim.runFor(Time.seconds(10));
        assertThat(cluster.leader()).isNull();
        for (int i = 1; i <= 2; i++) {
            assertThat(cluster.group(cluster.id(i)).view().hasForgotten()).isTrue();
            assertThat(cluster.node(cluster.id(i)).wal.damages().get(0).toString())
                    .contains("wal-000000000")
                    .contains("from offset");
        }
        cluster.sim.runFor(Time.seconds(600));
        for (int i = 1; i <= 2; i++) {
            assertThat(reasonOfForgetting(cluster, cluster.id(i)))
                    .as("what was lost is still told, though elections are tried all the time")
                    .contains("from offset");
            cluster.sim.crash(cluster.id(i));
            cluster.sim.restart(cluster.id(i));
            cluster.sim.runFor(Time.seconds(2));
            assertThat(reasonOfForgetting(cluster, cluster.id(i)))
                    .as("the damage is cut off by now; what it took is still missing")
                    .contains("an earlier start found this log damaged");
        }
    }

    @Test
    void whoHadForgottenAndIsForcedByAnOperatorLeadsAgainAfterARestart() {
        RaftCluster cluster = cluster(4);
        NodeId last = follower(cluster);
        NodeId leader = cluster.leader();
        List<NodeId> others = new ArrayList<>(cluster.sim.nodes());
        others.remove(last);
        NodeId third = others.get(others.get(0).equals(leader) ? 1 : 0);
        cluster.sim.crash(third);
        cluster.sim.crash(last);
        for (int hits = 0; hits < 5; hits++) {
            damage(cluster, last);
        }
        cluster.sim.restart(last);
        cluster.sim.runFor(Time.seconds(2));
        assertThat(cluster.group(last).view().hasForgotten())
                .as("it has all again, and one voter has not told its term")
                .isTrue();
        assertThat(cluster.group(last).lastIndex())
                .isEqualTo(cluster.group(leader).lastIndex());
        cluster.sim.crash(leader);
        cluster.sim.runFor(Time.seconds(2));

        List<String> words = new ArrayList<>();
        cluster.sim.onNode(
                last,
                () -> cluster.group(last).recover(List.of(last), (isDone, text) -> words.add(isDone + " " + text)));
        cluster.sim.runFor(Time.seconds(5));
        assertThat(words.toString()).contains("true forced voters [" + last);
        assertThat(cluster.leader()).isEqualTo(last);
        cluster.sim.crash(last);
        cluster.sim.restart(last);
        cluster.sim.runFor(Time.seconds(5));
        assertThat(cluster.leader()).as("it is the only voter").isEqualTo(last);
    }

    private static String reasonOfForgetting(RaftCluster cluster, NodeId node) {
        return cluster.group(node).events().stream()
                .filter(event -> event.what().equals("forgot"))
                .map(GroupEvent::why)
                .reduce("", (first, last) -> last);
    }
}
