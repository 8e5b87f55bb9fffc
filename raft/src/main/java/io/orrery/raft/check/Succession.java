package io.orrery.raft.check;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.raft.Configuration;
import java.util.List;
import java.util.TreeSet;

/** P12: how one configuration may follow another on a leader; pure, so that any two can be shown to it. */
final class Succession {
    private Succession() {}

    static void check(Configuration before, long beforeIndex, Configuration next, long nextIndex, long commitIndex) {
        Check.that(
                beforeIndex <= commitIndex,
                "P12 succession: a configuration follows one that is not committed",
                beforeIndex,
                commitIndex);
        Check.that(
                next.forced() || shareQuorums(before, next),
                "P12 succession: two configurations in turn have quorums without a common node",
                beforeIndex,
                nextIndex);
    }

    private static boolean shareQuorums(Configuration one, Configuration other) {
        for (List<NodeId> half : List.of(one.voters(), one.outgoing())) {
            for (List<NodeId> otherHalf : List.of(other.voters(), other.outgoing())) {
                if (!half.isEmpty() && !otherHalf.isEmpty() && shareMajorities(half, otherHalf)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether no majority of the one can keep clear of a majority of the other: they avoid the common nodes while they can. */
    static boolean shareMajorities(List<NodeId> one, List<NodeId> other) {
        TreeSet<NodeId> common = new TreeSet<>(one);
        common.retainAll(other);
        int oneNeeds = Math.max(0, one.size() / 2 + 1 - (one.size() - common.size()));
        int otherNeeds = Math.max(0, other.size() / 2 + 1 - (other.size() - common.size()));
        return oneNeeds + otherNeeds > common.size();
    }
}
