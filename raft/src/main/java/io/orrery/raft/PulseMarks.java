package io.orrery.raft;

import io.orrery.kernel.trace.Mark;
import java.util.List;

/** Rare situations of nodes with many groups, and of groups that fall silent. */
public final class PulseMarks {
    /** A leader and its followers agreed to be silent: this is the leader. */
    public static final Mark FELL_SILENT = new Mark("raft.fell-silent");
    /** A follower was asked to sleep and had not all that its leader has, or had something to do. */
    public static final Mark SLEEP_REFUSED = new Mark("raft.sleep-refused");
    /** A follower of a sleeping group heard nothing of its leader's node for an election timeout. */
    public static final Mark WOKEN_BY_DEAD_NODE = new Mark("raft.woken-by-dead-node");
    /** A leader of a sleeping group heard nothing of a member's node for an election timeout. */
    public static final Mark WOKEN_BY_SILENT_MEMBER = new Mark("raft.woken-by-silent-member");
    /** The other node of a sleeping group had started anew. */
    public static final Mark WOKEN_BY_RESTART = new Mark("raft.woken-by-restart");
    /** The leader of a sleeping group was asked for something: a proposal, a read, a change, a transfer. */
    public static final Mark WOKEN_BY_DEMAND = new Mark("raft.woken-by-demand");
    /** A message of a peer woke a replica. */
    public static final Mark WOKEN_BY_MESSAGE = new Mark("raft.woken-by-message");
    /** A follower asked its leader to wake. */
    public static final Mark WOKEN_BY_FOLLOWER = new Mark("raft.woken-by-follower");
    /** What two nodes knew of sleeping groups differed for an election timeout. */
    public static final Mark WOKEN_BY_DIFFERENCE = new Mark("raft.woken-by-difference");
    /** A leader of sleeping groups found its disk full or frozen. */
    public static final Mark WOKEN_BY_DISK = new Mark("raft.woken-by-disk");
    /** A peer does not speak for all groups at once, so each group speaks for itself. */
    public static final Mark BEAT_ALONE = new Mark("raft.beat-alone");
    /** Many leaders had something to send while the disk was at work, and waited for it together. */
    public static final Mark REPLICATION_HELD = new Mark("raft.replication-held");

    /** All of them. */
    public static final List<Mark> ALL = List.of(
            FELL_SILENT,
            SLEEP_REFUSED,
            WOKEN_BY_DEAD_NODE,
            WOKEN_BY_SILENT_MEMBER,
            WOKEN_BY_RESTART,
            WOKEN_BY_DEMAND,
            WOKEN_BY_MESSAGE,
            WOKEN_BY_FOLLOWER,
            WOKEN_BY_DIFFERENCE,
            WOKEN_BY_DISK,
            BEAT_ALONE,
            REPLICATION_HELD);

    private PulseMarks() {}
}
