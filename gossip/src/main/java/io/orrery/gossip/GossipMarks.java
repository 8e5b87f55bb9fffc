package io.orrery.gossip;

import io.orrery.kernel.trace.Mark;
import java.util.List;

/** The rare situations of this module that a burn is expected to reach. */
public final class GossipMarks {
    /** A node refuted an accusation. */
    public static final Mark REFUTED = new Mark("gossip.refuted");
    /** A probe failed directly and was answered through another member. */
    public static final Mark INDIRECT_SAVED = new Mark("gossip.indirect-saved");
    /** A probe failed by datagram and was answered by stream. */
    public static final Mark STREAM_SAVED = new Mark("gossip.stream-saved");
    /** A suspicion was shortened by another accuser. */
    public static final Mark SUSPICION_CONFIRMED = new Mark("gossip.suspicion-confirmed");
    /** A member was declared dead. */
    public static final Mark DECLARED_DEAD = new Mark("gossip.declared-dead");
    /** A dead member was told so, in case it lives. */
    public static final Mark DEAD_ANNOUNCED = new Mark("gossip.dead-reannounced");
    /** A dead member turned out to live under the same generation. */
    public static final Mark FALSE_DEATH_UNDONE = new Mark("gossip.false-death-undone");
    /** The two sides of a partition exchanged their full states. */
    public static final Mark PARTITION_HEALED = new Mark("gossip.partition-healed");
    /** Peers knew a later incarnation of this node than it did itself: its disk was lost. */
    public static final Mark GENERATION_RAISED = new Mark("gossip.generation-raised-by-peers");
    /** A stale ALIVE about a member that is gone was answered with the accusation. */
    public static final Mark STALE_ALIVE_ANSWERED = new Mark("gossip.stale-alive-answered");
    /** A DEAD of a full state was taken as SUSPECT. */
    public static final Mark DEATH_DOUBTED = new Mark("gossip.death-doubted");
    /** A member was forgotten. */
    public static final Mark REAPED = new Mark("gossip.reaped");
    /** A peer found a gap in an owner's log and got what it missed from the owner's memory of it. */
    public static final Mark GAP_REPLAYED = new Mark("owner.gap-replayed");
    /** A peer lagged further behind than an owner remembers, and got the owner's rows anew. */
    public static final Mark SNAPSHOT_REPAIR = new Mark("owner.snapshot-repair");
    /** A snapshot went on where it had stopped. */
    public static final Mark SNAPSHOT_RESUMED = new Mark("owner.snapshot-resumed");
    /** All rows of an owner were dropped at its death. */
    public static final Mark ROWS_CLEARED = new Mark("owner.rows-cleared");
    /** Rows came in of a generation that is not the owner's present one, and were refused. */
    public static final Mark STALE_ROWS_REFUSED = new Mark("owner.stale-rows-refused");

    /** All of them, for burns. */
    public static final List<Mark> ALL = List.of(
            REFUTED,
            INDIRECT_SAVED,
            STREAM_SAVED,
            SUSPICION_CONFIRMED,
            DECLARED_DEAD,
            DEAD_ANNOUNCED,
            FALSE_DEATH_UNDONE,
            PARTITION_HEALED,
            GENERATION_RAISED,
            STALE_ALIVE_ANSWERED,
            DEATH_DOUBTED,
            REAPED,
            GAP_REPLAYED,
            SNAPSHOT_REPAIR,
            SNAPSHOT_RESUMED,
            ROWS_CLEARED,
            STALE_ROWS_REFUSED);

    private GossipMarks() {}
}
