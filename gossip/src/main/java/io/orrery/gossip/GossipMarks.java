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
    /** A suspect said in time that it lives. */
    public static final Mark SUSPICION_CLEARED = new Mark("gossip.suspicion-cleared");
    /** A suspect turned out to have left. */
    public static final Mark SUSPECT_HAD_LEFT = new Mark("gossip.suspect-had-left");
    /** A member that had left was there again. */
    public static final Mark CAME_BACK = new Mark("gossip.came-back");
    /** A member was replaced by a later life of it before anybody had seen it fail. */
    public static final Mark RESTART_UNNOTICED = new Mark("gossip.restart-unnoticed");
    /** The first word about a member was that it is gone. */
    public static final Mark STRANGER_GONE = new Mark("gossip.stranger-gone");
    /** So many probes failed that a node doubted itself to the utmost. */
    public static final Mark SELF_DOUBT = new Mark("gossip.self-doubt");
    /** A relay said that its probe was not answered either. */
    public static final Mark NACKED = new Mark("gossip.nacked");
    /** A node noticed that it had stood still. */
    public static final Mark PAUSE_NOTICED = new Mark("gossip.pause-noticed");
    /** A node that doubted itself gave a suspect more time. */
    public static final Mark SUSPICION_STRETCHED = new Mark("gossip.suspicion-stretched");
    /** A full state was sent later than it was asked for: too many were. */
    public static final Mark SYNC_PUT_OFF = new Mark("gossip.sync-put-off");
    /** A member that was removed for good was pinged, in case it lives. */
    public static final Mark EXILE_PINGED = new Mark("gossip.exile-pinged");
    /** A node left that saw no peer. */
    public static final Mark LEFT_ALONE = new Mark("gossip.left-alone");
    /** A generation could not be made durable, and was written again. */
    public static final Mark GENERATION_RETRIED = new Mark("gossip.generation-retried");
    /** A peer found a gap in an owner's log and got what it missed from the owner's memory of it. */
    public static final Mark GAP_REPLAYED = new Mark("owner.gap-replayed");
    /** A peer lagged further behind than an owner remembers, and got the owner's rows anew. */
    public static final Mark SNAPSHOT_REPAIR = new Mark("owner.snapshot-repair");
    /** A snapshot went on where it had stopped. */
    public static final Mark SNAPSHOT_RESUMED = new Mark("owner.snapshot-resumed");
    /** All rows of an owner were dropped at its death. */
    public static final Mark ROWS_CLEARED = new Mark("owner.rows-cleared");
    /** A peer told of rows that this node lacks, before their owner did. */
    public static final Mark HEARD_OF_ROWS = new Mark("owner.heard-of-rows");
    /** An owner lived again, and its rows of before gave way to its rows of now. */
    public static final Mark ROWS_SUPERSEDED = new Mark("owner.rows-superseded");
    /** Rows came in of a generation that is not the owner's present one, and were refused. */
    public static final Mark STALE_ROWS_REFUSED = new Mark("owner.stale-rows-refused");
    /** Rows that were set aside at their owner's death were in sight again: it lives on. */
    public static final Mark ROWS_RESTORED = new Mark("owner.rows-restored");
    /** A peer other than the owner was asked for rows. */
    public static final Mark RELAY_ASKED = new Mark("owner.relay-asked");
    /** A peer gave rows of another owner. */
    public static final Mark RELAY_SERVED = new Mark("owner.relay-served");

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
            SUSPICION_CLEARED,
            SUSPECT_HAD_LEFT,
            CAME_BACK,
            RESTART_UNNOTICED,
            STRANGER_GONE,
            SELF_DOUBT,
            NACKED,
            PAUSE_NOTICED,
            SUSPICION_STRETCHED,
            SYNC_PUT_OFF,
            EXILE_PINGED,
            LEFT_ALONE,
            GENERATION_RETRIED,
            GAP_REPLAYED,
            SNAPSHOT_REPAIR,
            SNAPSHOT_RESUMED,
            ROWS_CLEARED,
            HEARD_OF_ROWS,
            ROWS_SUPERSEDED,
            STALE_ROWS_REFUSED,
            ROWS_RESTORED,
            RELAY_ASKED,
            RELAY_SERVED);

    private GossipMarks() {}
}
