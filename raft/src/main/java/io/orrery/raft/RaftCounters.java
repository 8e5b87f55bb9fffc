package io.orrery.raft;

/** What a replica did since it started. Written by the node's thread alone. */
public final class RaftCounters {
    long campaigns;
    long leaderships;
    long committed;
    long overloaded;
    long unknown;
    long heldBack;
    long diskFull;
    long ignored;
    long handovers;
    long reads;
    long leaseReads;
    long readRounds;
    long readsOverloaded;
    long readsTimedOut;

    /** Elections this replica stood in. */
    public long campaigns() {
        return campaigns;
    }

    /** Elections it won. */
    public long leaderships() {
        return leaderships;
    }

    /** Proposals it answered as COMMITTED. */
    public long committed() {
        return committed;
    }

    /** Proposals it refused by a limit. */
    public long overloaded() {
        return overloaded;
    }

    /** Proposals it gave up without knowing their end. */
    public long unknown() {
        return unknown;
    }

    /** Commands that it refused, and messages with commands that it dropped, because its disk was full. */
    public long diskFull() {
        return diskFull;
    }

    /** Messages with entries that it dropped because its disk was behind or full. */
    public long heldBack() {
        return heldBack;
    }

    /** How often it asked another, as a leader, to campaign in its place. */
    public long handovers() {
        return handovers;
    }

    /** Reads beside the log that it answered from its own state. */
    public long reads() {
        return reads;
    }

    /** Reads that it confirmed as a leader by its lease, for itself and for followers. */
    public long leaseReads() {
        return leaseReads;
    }

    /** Rounds of messages that it began as a leader because reads waited. */
    public long readRounds() {
        return readRounds;
    }

    /** Reads it refused by a limit. */
    public long readsOverloaded() {
        return readsOverloaded;
    }

    /** Reads that waited too long. */
    public long readsTimedOut() {
        return readsTimedOut;
    }

    /** Messages it ignored because they make no sense. */
    public long ignored() {
        return ignored;
    }
}
