package io.orrery.server.simulation;

import io.orrery.raft.RaftGroup;

/** A replica's state in a few words, for whoever asks what a stuck group waits for. */
final class RaftStall {
    private RaftStall() {}

    static String describe(RaftGroup group) {
        return group.role() + "(term " + group.term() + ", last " + group.lastIndex() + ", commit "
                + group.commitIndex() + ", applied " + group.appliedIndex() + ", " + group.lastReason() + ")";
    }
}
