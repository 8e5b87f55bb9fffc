package io.orrery.raft;

/** What a replica did since it started. Written by the node's thread alone. */
public final class RaftCounters {
    long campaigns;
    long leaderships;
    long committed;
    long overloaded;
    long unknown;
    long heldBack;
    long ignored;

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

    /** Messages with entries that it dropped because its disk was behind. */
    public long heldBack() {
        return heldBack;
    }

    /** Messages it ignored because they make no sense. */
    public long ignored() {
        return ignored;
    }
}
