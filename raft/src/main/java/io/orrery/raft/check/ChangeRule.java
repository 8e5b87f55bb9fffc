package io.orrery.raft.check;

import io.orrery.kernel.Check;
import io.orrery.raft.log.Entry;
import io.orrery.raft.log.LogView;

/**
 * P9, when a leader may change members. The majorities of two configurations that differ by one member overlap, but those of
 * two such changes of one configuration need not: so a change waits for the one before it (dissertation, section 4.1), and a
 * new leader, which may not know of that, for an entry of its own term (Ongaro on raft-dev, 2015).
 */
final class ChangeRule {
    private ChangeRule() {}

    /**
     * Judges a configuration that a leader has appended.
     *
     * @param term the leader's
     * @param index of the configuration
     */
    static void check(LogView log, long commitIndex, long term, long index) {
        Check.that(
                log.term(commitIndex) == term,
                "P9 changes: a leader changes members before it has committed in its term",
                term,
                index);
        for (long before = index - 1; before > commitIndex; before--) {
            Check.that(
                    log.entry(before).kind() != Entry.Kind.CONFIG,
                    "P9 changes: a leader changes members while a change is under way",
                    term,
                    index,
                    before);
        }
    }
}
