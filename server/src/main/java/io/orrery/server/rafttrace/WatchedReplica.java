package io.orrery.server.rafttrace;

import io.orrery.kernel.NodeId;
import io.orrery.raft.Role;
import io.orrery.raft.log.Entry;
import io.orrery.raft.log.HardState;
import io.orrery.raft.log.LogView;
import java.util.ArrayList;
import java.util.List;

/** What a replica was when it was last looked at. */
final class WatchedReplica {
    final NodeId node;
    ReplicaState state = ReplicaState.DOWN;
    private final List<Entry> log = new ArrayList<>();
    /** Up to here the log is compacted, and the term of that entry. */
    long base;

    private long baseTerm;
    long truncations;
    /** Whether an earlier life of it was seen. */
    boolean wasHere;
    /** Up to here its log was shown to match its leader's in its term. */
    long matched;

    WatchedReplica(NodeId node) {
        this.node = node;
    }

    boolean isDown() {
        return state.role() == null;
    }

    void down() {
        wasHere = true;
        state = ReplicaState.DOWN;
        log.clear();
        base = 0;
        baseTerm = 0;
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
        log.subList((int) (index - base) - 1, log.size()).clear();
        endsHere();
    }

    void append(List<Entry> entries) {
        log.addAll(entries);
        endsHere();
    }

    /** Nothing of the log counts any more, but for the end of a snapshot. */
    void restartsAt(long index, long term) {
        log.clear();
        base = index;
        baseTerm = term;
        endsHere();
    }

    void compacts(LogView now) {
        while (base < now.snapshotIndex()) {
            baseTerm = log.remove(0).term();
            base++;
        }
    }

    private void endsHere() {
        long last = base + log.size();
        state = state.endsAt(
                last, log.isEmpty() ? baseTerm : log.get(log.size() - 1).term());
    }

    /** The first index at which the log is not what it was. */
    long firstDifference(LogView now) {
        long index = base + 1;
        while (index <= base + log.size()
                && index <= now.lastIndex()
                && (index <= now.snapshotIndex()
                        || log.get((int) (index - base) - 1).equals(now.entry(index)))) {
            index++;
        }
        return index;
    }

    void keeps(long durable, HardState hard) {
        state = state.keeps(durable, hard);
    }

    void commits(long index) {
        state = state.commits(index);
    }
}
