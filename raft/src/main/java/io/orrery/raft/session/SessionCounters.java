package io.orrery.raft.session;

/** What a replica's sessions did since it started. Written by the node's thread alone. */
public final class SessionCounters {
    long opened;
    long expired;
    long answeredAgain;
    long refused;
    long unknown;

    /** Sessions that were opened. */
    public long opened() {
        return opened;
    }

    /** Sessions that ended because no command came for too long. */
    public long expired() {
        return expired;
    }

    /** Commands that were proposed again and got the result of the first time. */
    public long answeredAgain() {
        return answeredAgain;
    }

    /** Commands and registrations that were refused by a limit. */
    public long refused() {
        return refused;
    }

    /** Commands of sessions that had ended. */
    public long unknown() {
        return unknown;
    }
}
