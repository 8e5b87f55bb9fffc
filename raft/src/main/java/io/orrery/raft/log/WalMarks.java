package io.orrery.raft.log;

import io.orrery.kernel.trace.Mark;
import java.util.List;

/** Rare situations of the write-ahead log that tests are expected to reach. */
public final class WalMarks {
    /** A crash tore the last batch, and recovery cut it off. */
    public static final Mark TORN_TAIL_CUT = new Mark("wal.torn-tail-cut");
    /** Recovery found damage, and read the batch again before it concluded anything. */
    public static final Mark READ_AGAIN = new Mark("wal.read-again");
    /** Recovery found space behind the last batch that had been taken ahead. */
    public static final Mark RUNWAY_FOUND = new Mark("wal.runway-found");
    /** The disk had no space to take ahead. */
    public static final Mark RUNWAY_REFUSED = new Mark("wal.runway-refused");
    /** The log ended before a place up to which it had been durable. */
    public static final Mark ENDS_BEFORE_WATERMARK = new Mark("wal.ends-before-watermark");
    /** The last segment begins with what no torn write leaves. */
    public static final Mark START_OVERWRITTEN = new Mark("wal.start-overwritten");
    /** A segment was full, and the next was begun. */
    public static final Mark SEGMENT_ROLLED = new Mark("wal.segment-rolled");
    /** Records gathered while a sync was under way, and went with the next one. */
    public static final Mark GATHERED_DURING_SYNC = new Mark("wal.gathered-during-sync");
    /** The disk fell so far behind that groups had to hold back. */
    public static final Mark BACKLOGGED = new Mark("wal.backlogged");

    /** Recovery went through several segments. */
    public static final Mark SEGMENTS_RECOVERED = new Mark("wal.segments-recovered");
    /** Recovery found that entries had been cut off again. */
    public static final Mark TRUNCATION_REPLAYED = new Mark("wal.truncation-replayed");
    /** What was live in the oldest segment was written again. */
    public static final Mark REWRITTEN = new Mark("wal.rewritten");
    /** A segment in which nothing was live was given away. */
    public static final Mark SEGMENT_RELEASED = new Mark("wal.segment-released");
    /** A released segment became the next. */
    public static final Mark SEGMENT_RECYCLED = new Mark("wal.segment-recycled");
    /** There was space again after the disk had been full. */
    public static final Mark SPACE_AGAIN = new Mark("wal.space-again");
    /** A batch that the full disk refused went to the space kept for that. */
    public static final Mark RESERVE_USED = new Mark("wal.reserve-used");
    /** A batch waits for space. */
    public static final Mark WAITS_FOR_SPACE = new Mark("wal.waits-for-space");
    /** Recovery found damage in what was durable, and kept the rest. */
    public static final Mark SALVAGED = new Mark("wal.salvaged");
    /** A group's log was found with a hole, and ends before it. */
    public static final Mark HOLE_FOUND = new Mark("wal.hole-found");
    /** A group may have lost its hard state or entries, and knows it. */
    public static final Mark FORGOT = new Mark("wal.forgot");
    /** Reading back in the background found a damaged segment. */
    public static final Mark DAMAGE_FOUND = new Mark("wal.damage-found");
    /** Recovery found that a group's log had been compacted. */
    public static final Mark COMPACTION_REPLAYED = new Mark("wal.compaction-replayed");
    /** Recovery found that a group's log had been replaced by a snapshot. */
    public static final Mark RESTART_REPLAYED = new Mark("wal.restart-replayed");
    /** Recovery met a sector that cannot be read. */
    public static final Mark UNREADABLE = new Mark("wal.unreadable");
    /** The disk had no space for a batch. */
    public static final Mark OUT_OF_SPACE = new Mark("wal.out-of-space");

    public static final List<Mark> ALL = List.of(
            TORN_TAIL_CUT,
            READ_AGAIN,
            RUNWAY_FOUND,
            RUNWAY_REFUSED,
            ENDS_BEFORE_WATERMARK,
            START_OVERWRITTEN,
            SEGMENT_ROLLED,
            GATHERED_DURING_SYNC,
            BACKLOGGED,
            SEGMENTS_RECOVERED,
            TRUNCATION_REPLAYED,
            REWRITTEN,
            SEGMENT_RELEASED,
            SEGMENT_RECYCLED,
            SPACE_AGAIN,
            RESERVE_USED,
            WAITS_FOR_SPACE,
            SALVAGED,
            HOLE_FOUND,
            FORGOT,
            DAMAGE_FOUND,
            COMPACTION_REPLAYED,
            RESTART_REPLAYED,
            UNREADABLE,
            OUT_OF_SPACE);

    /** Those of disks that are damaged or full. */
    public static final List<Mark> OF_BAD_DISKS = List.of(
            RUNWAY_REFUSED,
            ENDS_BEFORE_WATERMARK,
            START_OVERWRITTEN,
            SPACE_AGAIN,
            RESERVE_USED,
            WAITS_FOR_SPACE,
            SALVAGED,
            HOLE_FOUND,
            FORGOT,
            DAMAGE_FOUND,
            UNREADABLE,
            OUT_OF_SPACE);

    private WalMarks() {}
}
