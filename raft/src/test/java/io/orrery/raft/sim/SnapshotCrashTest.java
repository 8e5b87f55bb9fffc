package io.orrery.raft.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.kernel.trace.Mark;
import io.orrery.raft.snapshot.SnapshotConfig;
import io.orrery.raft.snapshot.SnapshotMarks;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/**
 * A power loss after every single event of a node while it takes a snapshot, or installs one: that is after every step of its
 * disk too, since each ends in an event. Raft's safety is checked after each event throughout, what was durable before the loss included.
 */
class SnapshotCrashTest {
    /** Slices so small that there are many steps; no tail, so that the log begins at the snapshot. */
    private static final SnapshotConfig SNAPSHOTS = new SnapshotConfig(10, 0, 0, 64, 2, 0, 1_000);

    private final TreeMap<Mark, Long> marks = new TreeMap<>();

    /** A cluster in which one node loses power after so many of its events from a moment on. */
    private final class Trial {
        private final RaftCluster cluster;
        private NodeId victim;
        private long eventsLeft = -1;
        private boolean struck;

        Trial(long seed) {
            cluster = new RaftCluster(seed, 3, SNAPSHOTS);
            cluster.sim.addChecker((world, node) -> {
                if (node.equals(victim) && eventsLeft >= 0 && eventsLeft-- == 0) {
                    world.after(0, this::strike);
                }
            });
        }

        private void strike() {
            struck = true;
            cluster.invariants.onDiskKept(victim);
            cluster.sim.crash(victim);
            cluster.sim.restart(victim);
        }

        /** Goes on until the loss, or, if that comes later, until what it is to interrupt is over; whether the loss came. */
        boolean maybeStrikeUntil(BooleanSupplier isOver) {
            cluster.sim.runUntil(() -> struck || cluster.sim.isUp(victim) && isOver.getAsBoolean(), Time.seconds(5));
            eventsLeft = -1;
            return struck;
        }

        /** All must come to have all. */
        void end(int commands) {
            cluster.awaitQuiet();
            for (NodeId id : cluster.sim.nodes()) {
                assertThat(cluster.applied(id)).as(id + " of " + cluster.sim).hasSize(commands);
            }
            cluster.sim.marks().forEach((mark, count) -> marks.merge(mark, count, Long::sum));
        }
    }

    @Test
    void aPowerLossAtAnyStepOfTakingASnapshotLosesNothing() {
        int points = 0;
        boolean isMore = true;
        while (isMore) {
            Trial trial = new Trial(1);
            RaftCluster cluster = trial.cluster;
            propose(cluster, 0, 7);
            cluster.awaitQuiet();
            trial.victim = other(cluster, cluster.awaitLeader());
            trial.eventsLeft = points;
            propose(cluster, 7, 12);
            isMore = trial.maybeStrikeUntil(
                    () -> cluster.group(trial.victim).view().log().snapshotIndex() > 0);
            trial.end(12);
            points++;
        }
        assertThat(points).isBetween(20, 400);
        assertThat(marks).containsKeys(SnapshotMarks.TAKEN, SnapshotMarks.RECOVERED, SnapshotMarks.COMPACTED);
    }

    @Test
    void aPowerLossAtAnyStepOfInstallingASnapshotLosesNothing() {
        int points = 0;
        boolean isMore = true;
        while (isMore) {
            Trial trial = new Trial(2);
            RaftCluster cluster = trial.cluster;
            cluster.awaitLeader();
            cluster.awaitQuiet();
            trial.victim = other(cluster, cluster.awaitLeader());
            cluster.sim.crash(trial.victim);
            propose(cluster, 0, 32);
            trial.eventsLeft = points;
            cluster.sim.restart(trial.victim);
            isMore = trial.maybeStrikeUntil(() -> cluster.group(trial.victim).appliedIndex() >= 32);
            trial.end(32);
            points++;
        }
        assertThat(points).isBetween(20, 400);
        assertThat(marks).containsKeys(SnapshotMarks.INSTALLED, SnapshotMarks.RESUMED, SnapshotMarks.LOG_BEHIND);
    }

    private static void propose(RaftCluster cluster, int from, int to) {
        for (int i = from; i < to; i++) {
            while (!cluster.await(cluster.propose(cluster.awaitLeader(), "c" + i))
                    .isCommitted()) {
                cluster.sim.runFor(Time.millis(10));
            }
        }
    }

    private static NodeId other(RaftCluster cluster, NodeId than) {
        return cluster.sim.nodes().stream()
                .filter(id -> !id.equals(than))
                .findFirst()
                .orElseThrow();
    }
}
