package io.orrery.server.rafttrace;

import io.orrery.kernel.NodeId;
import io.orrery.raft.Role;
import io.orrery.raft.log.Entry;
import io.orrery.raft.log.HardState;
import java.util.ArrayList;
import java.util.List;

/** What a replica was when it was last looked at. */
final class WatchedReplica {
    final NodeId node;
    ReplicaState state = ReplicaState.DOWN;
    final List<Entry> log = new ArrayList<>();
    long truncations;
    /** Up to here its log was shown to match its leader's in its term. */
    long matched;

    WatchedReplica(NodeId node) {
        this.node = node;
    }

    boolean isDown() {
        return state.role() == null;
    }

    void down() {
        state = ReplicaState.DOWN;
        log.clear();
        truncations = 0;
        matched = 0;
    }

    void enters(Role role, long term, NodeId vote) {
        if (term > state.term()) {
            matched = 0;
        }
        state = state.enters(role, term, vote);
    }

    void cutFrom(long index) {
        log.subList((int) index - 1, log.size()).clear();
        endsHere();
    }

    void append(List<Entry> entries) {
        log.addAll(entries);
        endsHere();
    }

    private void endsHere() {
        state = state.endsAt(
                log.size(), log.isEmpty() ? 0 : log.get(log.size() - 1).term());
    }

    void keeps(long durable, HardState hard) {
        state = state.keeps(durable, hard);
    }

    void commits(long index) {
        state = state.commits(index);
    }
}
