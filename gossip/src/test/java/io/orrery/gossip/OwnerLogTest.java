package io.orrery.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.gossip.owner.OwnerLogConfig;
import io.orrery.gossip.owner.OwnerLogCounters.Counter;
import io.orrery.gossip.owner.message.OwnerDigest;
import io.orrery.gossip.rules.GossipRules;
import io.orrery.kernel.Time;
import io.orrery.kernel.codec.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnerLogTest {
    /** Remembers 10 operations, sends 4 rows or 100 bytes at a time. */
    private static final OwnerLogConfig FORGETFUL =
            new OwnerLogConfig(Time.millis(10), 4, 100, 10, 1000, 50, Time.seconds(1), Time.seconds(2), 32);

    private static Bytes row(int i) {
        return Bytes.ofUtf8("device/" + (1000 + i) + "/+");
    }

    private static Cluster joined(long seed, int count, OwnerLogConfig logConfig) {
        Cluster cluster = new Cluster(seed, GossipConfig.lan("test"), logConfig, GossipRules.STANDARD).add(count);
        assertThat(cluster.within(20, cluster::membersConverged)).isTrue();
        return cluster;
    }

    private static void add(Cluster cluster, int node, int from, int to) {
        cluster.on(node, () -> {
            for (int i = from; i < to; i++) {
                cluster.node(node).log.add(row(i));
            }
        });
    }

    @Test
    void rowsReachEveryoneWithinABatchAndALinksDelay() {
        Cluster cluster = joined(1, 5, OwnerLogConfig.lan());
        add(cluster, 2, 0, 100);
        cluster.sim.runFor(Time.millis(11));
        assertThat(cluster.divergence()).isNull();
        assertThat(cluster.node(4).mirrored(cluster.nodes.get(2))).hasSize(100);
    }

    @Test
    void addedTwiceIsAddedOnceAndRemovedIsGone() {
        Cluster cluster = joined(2, 3, OwnerLogConfig.lan());
        cluster.on(0, () -> {
            assertThat(cluster.node(0).log.add(row(1))).isTrue();
            assertThat(cluster.node(0).log.add(row(1))).isFalse();
            assertThat(cluster.node(0).log.add(row(2))).isTrue();
            assertThat(cluster.node(0).log.remove(row(1))).isTrue();
            assertThat(cluster.node(0).log.remove(row(1))).isFalse();
        });
        cluster.sim.runFor(Time.millis(20));
        assertThat(cluster.node(1).log.rows(cluster.nodes.get(0))).containsExactly(row(2));
    }

    @Test
    void joiningNodeGetsTheRowsThatWereThereBefore() {
        Cluster cluster = joined(3, 3, OwnerLogConfig.lan());
        add(cluster, 0, 0, 50);
        add(cluster, 1, 0, 50);
        cluster.sim.runFor(Time.seconds(1));
        cluster.add(1);
        assertThat(cluster.within(5, cluster::converged)).isTrue();
    }

    @Test
    void rowsOfADeadNodeVanishEverywhereAtOnce() {
        Cluster cluster = joined(4, 4, OwnerLogConfig.lan());
        add(cluster, 3, 0, 50);
        cluster.sim.runFor(Time.seconds(1));
        cluster.crash(3);
        assertThat(cluster.within(60, () -> cluster.state(0, 3) == MemberState.DEAD))
                .isTrue();
        cluster.sim.runFor(1);
        assertThat(cluster.node(0).log.rows(cluster.nodes.get(3))).isEmpty();
        assertThat(cluster.node(0).mirrored(cluster.nodes.get(3))).isEmpty();
        assertThat(cluster.within(5, cluster::converged)).isTrue();
    }

    @Test
    void restartedNodeStartsFromZero() {
        Cluster cluster = joined(5, 4, OwnerLogConfig.lan());
        add(cluster, 3, 0, 50);
        cluster.sim.runFor(Time.seconds(1));
        cluster.crash(3);
        cluster.restart(3);
        assertThat(cluster.within(10, cluster::converged)).isTrue();
        assertThat(cluster.node(0).log.rows(cluster.nodes.get(3))).isEmpty();
        add(cluster, 3, 7, 9);
        assertThat(cluster.within(1, cluster::converged)).isTrue();
        assertThat(cluster.node(0).log.rows(cluster.nodes.get(3))).containsExactly(row(7), row(8));
    }

    @Test
    void gapIsReplayedFromTheOwnersLog() {
        Cluster cluster = joined(6, 3, OwnerLogConfig.lan());
        add(cluster, 0, 0, 10);
        cluster.sim.runFor(Time.seconds(1));
        cluster.sim.network().isolate(cluster.nodes.get(1));
        add(cluster, 0, 10, 20);
        cluster.sim.runFor(Time.seconds(3));
        add(cluster, 0, 20, 30);
        cluster.sim.runFor(Time.millis(100));
        assertThat(cluster.node(1).log.rows(cluster.nodes.get(0))).hasSize(10);
        cluster.sim.network().heal();
        assertThat(cluster.within(10, cluster::converged)).isTrue();
        assertThat(cluster.reached(GossipMarks.GAP_REPLAYED)).isPositive();
        assertThat(cluster.reached(GossipMarks.SNAPSHOT_REPAIR)).isZero();
    }

    @Test
    void peerThatCannotHearTheOwnerGetsItsRowsFromAnother() {
        Cluster cluster = joined(16, 3, OwnerLogConfig.lan());
        add(cluster, 0, 0, 10);
        cluster.sim.runFor(Time.seconds(1));
        cluster.sim.network().cut(cluster.nodes.get(0), cluster.nodes.get(1));
        add(cluster, 0, 10, 20);
        assertThat(cluster.within(
                        10, () -> cluster.node(1).log.rows(cluster.nodes.get(0)).size() == 20))
                .isTrue();
        assertThat(cluster.state(1, 0)).isEqualTo(MemberState.ALIVE);
        assertThat(cluster.node(1).log.counters().of(Counter.RELAYS_ASKED)).isPositive();
        assertThat(cluster.node(2).log.counters().of(Counter.RELAYS_SERVED)).isPositive();
        assertThat(cluster.reached(GossipMarks.SNAPSHOT_REPAIR)).isZero();
    }

    /** Only one peer hears the last batch of a node that crashes right after: the others get it, by snapshot, from that one. */
    @Test
    void lateRowsOfACrashedOwnerConvergeAmongThoseWhoRemain() {
        for (int relayed : new int[] {0, 256}) {
            Cluster cluster = joined(17, 5, FORGETFUL.with(Time.seconds(60), relayed));
            add(cluster, 0, 0, 30);
            assertThat(cluster.within(10, cluster::converged)).isTrue();
            for (int i = 2; i < 5; i++) {
                cluster.sim.network().cut(cluster.nodes.get(0), cluster.nodes.get(i));
            }
            add(cluster, 0, 30, 34);
            cluster.sim.runFor(Time.millis(12));
            assertThat(cluster.node(1).log.rows(cluster.nodes.get(0))).hasSize(34);
            assertThat(cluster.node(2).log.rows(cluster.nodes.get(0))).hasSize(30);
            cluster.crash(0);
            cluster.sim.network().heal();
            OwnerDigest last = cluster.node(1).log.digest(cluster.nodes.get(0));
            assertThat(cluster.within(15, () -> {
                        for (int i = 2; i < 5; i++) {
                            if (!last.equals(cluster.node(i).log.digest(cluster.nodes.get(0)))) {
                                return false;
                            }
                        }
                        return true;
                    }))
                    .isTrue();
            assertThat(cluster.reached(GossipMarks.SNAPSHOT_REPAIR) > 0).isEqualTo(relayed == 0);
        }
    }

    @Test
    void rowsOfANodeWronglyTakenForDeadAreRestoredWithoutBeingSentAgain() {
        Cluster cluster = joined(18, 3, OwnerLogConfig.lan());
        add(cluster, 2, 0, 50);
        cluster.sim.runFor(Time.seconds(1));
        long applied = cluster.node(0).log.counters().of(Counter.OPERATIONS_APPLIED);
        cluster.sim.network().isolate(cluster.nodes.get(2));
        assertThat(cluster.within(60, () -> cluster.state(0, 2) == MemberState.DEAD))
                .isTrue();
        cluster.sim.runFor(1);
        assertThat(cluster.node(0).log.isAside(cluster.nodes.get(2))).isTrue();
        assertThat(cluster.node(0).mirrored(cluster.nodes.get(2))).isEmpty();
        cluster.sim.network().heal();
        assertThat(cluster.within(70, cluster::converged)).isTrue();
        assertThat(cluster.node(0).mirrored(cluster.nodes.get(2))).hasSize(50);
        assertThat(cluster.reached(GossipMarks.ROWS_RESTORED)).isPositive();
        assertThat(cluster.node(0).log.counters().of(Counter.OPERATIONS_APPLIED))
                .isEqualTo(applied);
        assertThat(cluster.node(0).log.counters().of(Counter.SNAPSHOTS_TAKEN)).isZero();
    }

    @Test
    void rowsSetAsideAreDroppedWhenTheGraceIsOver() {
        Cluster cluster = joined(19, 3, OwnerLogConfig.lan().with(Time.seconds(5), 16));
        add(cluster, 2, 0, 50);
        cluster.sim.runFor(Time.seconds(1));
        cluster.crash(2);
        assertThat(cluster.within(60, () -> cluster.node(0).log.isAside(cluster.nodes.get(2))))
                .isTrue();
        cluster.sim.runFor(Time.seconds(4));
        assertThat(cluster.node(0).log.owners()).contains(cluster.nodes.get(2));
        cluster.sim.runFor(Time.seconds(2));
        assertThat(cluster.node(0).log.owners()).doesNotContain(cluster.nodes.get(2));
    }

    @Test
    void peerThatLagsBehindTheLogGetsASnapshot() {
        Cluster cluster = joined(7, 3, FORGETFUL);
        add(cluster, 0, 0, 100);
        assertThat(cluster.within(10, cluster::converged)).isTrue();
        cluster.add(1);
        assertThat(cluster.within(10, cluster::converged)).isTrue();
        assertThat(cluster.reached(GossipMarks.SNAPSHOT_REPAIR)).isPositive();
        assertThat(cluster.node(3).log.counters().of(Counter.SNAPSHOTS_TAKEN)).isPositive();
        assertThat(cluster.node(0).log.counters().of(Counter.CHUNKS_SENT)).isGreaterThan(10);
    }

    @Test
    void snapshotIsExactThoughItsOwnerGoesOnWriting() {
        Cluster cluster = joined(8, 3, FORGETFUL);
        add(cluster, 0, 0, 300);
        cluster.add(1);
        for (int i = 0; i < 200; i++) {
            int step = i;
            cluster.sim.after(
                    Time.millis(i),
                    () -> cluster.on(0, () -> {
                        cluster.node(0).log.remove(row(step * 7 % 300));
                        cluster.node(0).log.add(row(300 + step));
                    }));
        }
        cluster.sim.runFor(Time.millis(200));
        assertThat(cluster.within(20, cluster::converged)).isTrue();
        assertThat(cluster.reached(GossipMarks.SNAPSHOT_REPAIR)).isPositive();
    }

    @Test
    void interruptedSnapshotGoesOnWhereItStopped() {
        Cluster cluster = joined(9, 2, FORGETFUL);
        add(cluster, 0, 0, 400);
        assertThat(cluster.within(10, cluster::converged)).isTrue();
        cluster.add(1);
        assertThat(cluster.within(
                        5, () -> cluster.node(2).log.rows(cluster.nodes.get(0)).size() > 20))
                .isTrue();
        cluster.sim.network().cut(cluster.nodes.get(0), cluster.nodes.get(2));
        cluster.sim.runFor(Time.seconds(4));
        add(cluster, 0, 400, 404);
        cluster.sim.runFor(Time.millis(100));
        cluster.sim.network().heal();
        assertThat(cluster.within(10, cluster::converged)).isTrue();
        assertThat(cluster.reached(GossipMarks.SNAPSHOT_RESUMED)).isPositive();
        assertThat(cluster.node(2).log.counters().of(Counter.SNAPSHOTS_TAKEN)).isEqualTo(1);
    }

    @Test
    void rowsWrittenDuringAPartitionConvergeAfterIt() {
        Cluster cluster = joined(10, 6, FORGETFUL);
        for (int i = 0; i < 6; i++) {
            add(cluster, i, 0, 30);
        }
        assertThat(cluster.within(10, cluster::converged)).isTrue();
        cluster.sim.network().partition(List.of(cluster.part(0, 3), cluster.part(3, 6)));
        cluster.sim.runFor(Time.seconds(60));
        assertThat(cluster.node(0).log.rows(cluster.nodes.get(5))).isEmpty();
        for (int i = 0; i < 6; i++) {
            add(cluster, i, 30 + i, 40);
        }
        cluster.sim.network().heal();
        assertThat(cluster.within(70, cluster::membersConverged)).isTrue();
        assertThat(cluster.within(10, cluster::converged)).isTrue();
    }

    @Test
    void auditFindsNothing() {
        Cluster cluster = joined(11, 5, OwnerLogConfig.lan());
        for (int i = 0; i < 5; i++) {
            add(cluster, i, 0, 20);
        }
        cluster.sim.runFor(Time.seconds(60));
        assertThat(cluster.divergence()).isNull();
        for (int i = 0; i < 5; i++) {
            assertThat(cluster.node(i).log.counters().of(Counter.AUDIT_MISMATCHES))
                    .isZero();
            assertThat(cluster.node(i).log.counters().of(Counter.FETCHES_SENT)).isZero();
            assertThat(cluster.node(i).log.counters().of(Counter.REPAIRS)).isZero();
            assertThat(cluster.node(i).log.counters().of(Counter.AUDITS)).isGreaterThan(100);
        }
    }
}
