package io.orrery.raft.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.Time;
import io.orrery.kernel.trace.Mark;
import io.orrery.raft.MembershipMarks;
import io.orrery.raft.RaftMarks;
import io.orrery.raft.log.WalMarks;
import io.orrery.raft.rules.RaftRules;
import io.orrery.raft.snapshot.SnapshotMarks;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BurnTest {
    private static final long SEEDS = Long.getLong("burn.seeds", 200);
    private static final long FROM = Long.getLong("burn.first", 1);

    @Test
    void everySeedIsSafeUnderTurmoilAndLiveAfterIt() {
        TreeMap<Mark, Long> marks = new TreeMap<>();
        long events = 0;
        long commits = 0;
        long started = System.nanoTime();
        for (long seed = FROM; seed < FROM + SEEDS; seed++) {
            Burn burn = Burn.swarm(seed, RaftRules.PAPER);
            try {
                burn.run(Time.seconds(3));
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
            burn.countMarks(marks);
            events += burn.cluster().sim.eventCount();
            commits += burn.cluster().invariants.committedIndex();
        }
        System.out.println(SEEDS + " seeds, " + events + " events, " + commits + " commits, "
                + (System.nanoTime() - started) / 1_000_000 + " ms, marks " + marks);
        if (SEEDS >= 200) {
            List<Mark> reachable = new ArrayList<>(RaftMarks.ALL);
            // Its disks are fast, readable and have room, its learners catch up, few leaders hand over, and all run one
            // release: the server's
            // workloads have the rest.
            reachable.removeAll(RaftMarks.SESSIONS);
            reachable.removeAll(RaftMarks.FORGETTING);
            reachable.removeAll(WalMarks.OF_BAD_DISKS);
            reachable.removeAll(List.of(
                    MembershipMarks.CHANGE_BEFORE_UPGRADE,
                    MembershipMarks.YIELDED_TO_PRIORITY,
                    MembershipMarks.JOINT_BACK_IN_FORCE,
                    RaftMarks.CAMPAIGN_WAITED_FOR_DISK,
                    RaftMarks.PROMOTION_TOO_EARLY,
                    RaftMarks.LEASE_GIVEN_UP,
                    SnapshotMarks.SUFFIX_KEPT,
                    SnapshotMarks.LOG_BEHIND,
                    SnapshotMarks.RESUMED,
                    SnapshotMarks.OUTRUN));
            assertThat(marks.keySet()).containsAll(reachable);
        }
    }
}
