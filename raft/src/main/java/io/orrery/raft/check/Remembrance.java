package io.orrery.raft.check;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.log.LogView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * P13: a replica whose disk was damaged or replaced tells a vote only when it cannot contradict what it forgot: in a later
 * term than any in which it voted before, and with all in its log that it had on disk and that is committed. Whether it
 * knows that it forgot is its own affair; this remembers for it, over any number of restarts. One that knows it, and takes
 * it that it may vote again, has come that far then.
 */
final class Remembrance {
    private final LinkedHashMap<NodeId, List<Owed>> owed = new LinkedHashMap<>();

    /**
     * What a replica had when its disk was harmed.
     *
     * @param voteTerm the last in which it told a vote; 0 if none
     * @param keptIndex the last entry that was on its disk, with its term
     * @param commit what it knew to be committed
     */
    record Owed(long voteTerm, long keptIndex, long keptTerm, long commit) {}

    /** The node starts on a disk of which something is gone. */
    void onHarmed(NodeId node, Owed what) {
        owed.computeIfAbsent(node, first -> new ArrayList<>()).add(what);
    }

    /** The node told a vote; nothing is owed by one whose disk was never harmed. */
    void onVote(NodeId node, RaftGroup group, long term, CommittedLog committed) {
        List<Owed> all = owed.remove(node);
        if (all != null) {
            for (Owed one : all) {
                check(one, term, group.view().log(), committed);
            }
        }
    }

    /**
     * The node takes it that it may vote again, in terms after its present one.
     *
     * @param wasUncounted whether the group did not count on it: then its earlier votes have no weight
     */
    void onRemembered(NodeId node, RaftGroup group, CommittedLog committed, boolean wasUncounted) {
        for (Owed one : owed.getOrDefault(node, List.of())) {
            Check.that(
                    wasUncounted || group.term() >= one.voteTerm,
                    "P13 remembrance: a replica that forgot is to vote again from a term on that is before its last vote",
                    group.term(),
                    one.voteTerm);
            checkLog(one, group.view().log(), committed);
        }
    }

    static void check(Owed owed, long term, LogView log, CommittedLog committed) {
        Check.that(
                term > owed.voteTerm,
                "P13 remembrance: a replica that forgot votes in a term that is not above its last vote",
                term,
                owed.voteTerm);
        checkLog(owed, log, committed);
    }

    private static void checkLog(Owed owed, LogView log, CommittedLog committed) {
        boolean isAllCommitted =
                owed.keptIndex <= committed.lastIndex() && committed.holds(owed.keptIndex, owed.keptTerm);
        long index = isAllCommitted ? owed.keptIndex : Math.min(owed.commit, owed.keptIndex);
        Check.that(
                index <= log.snapshotIndex() || index <= log.lastIndex() && committed.holds(index, log.term(index)),
                "P13 remembrance: a replica that forgot votes before it has again what it had of what is committed",
                index,
                log.lastIndex());
    }
}
