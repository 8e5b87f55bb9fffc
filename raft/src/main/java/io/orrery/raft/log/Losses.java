package io.orrery.raft.log;

/**
 * What a group's log lost to damage, as far as recovery can tell. Records of a group are numbered: a number left out is a lost
 * record, and a group of which no record lies behind a gap may have lost any number.
 */
final class Losses {
    private long lost;
    private long pending;
    private int seenGaps;
    private boolean isNumbered;
    private long holeFrom;
    private long holeTo;

    /** So many records are missing. */
    void onLost(long count) {
        lost += count;
        pending += count;
    }

    /** Whether this is the first record behind the last of so many gaps. */
    boolean isNewGap(int gaps) {
        return gaps > seenGaps;
    }

    /** A record lies behind so many gaps. */
    void onSeen(int gaps, int number) {
        seenGaps = gaps;
        isNumbered = number != 0;
    }

    boolean hasLost() {
        return pending > 0;
    }

    /** How many records are missing before the next entry; counted once. */
    long takePending() {
        long taken = pending;
        pending = 0;
        return taken;
    }

    /** The log has a hole, and ends before it. */
    void onHole(long from, long to) {
        holeFrom = from;
        holeTo = to;
    }

    /** Whether anything may be lost of a log with so many gaps in all. */
    boolean isForgetful(int gaps) {
        return gaps > 0 && (lost > 0 || holeFrom > 0 || seenGaps < gaps || !isNumbered);
    }

    /** Where the hole begins; 0 for none. */
    long holeFrom() {
        return holeFrom;
    }

    /** The last index that was in the log behind the hole. */
    long holeTo() {
        return holeTo;
    }
}
