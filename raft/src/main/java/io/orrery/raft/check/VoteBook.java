package io.orrery.raft.check;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import java.util.TreeMap;

/** P6: every vote that was ever told, given to itself or to another. */
final class VoteBook {
    private final TreeMap<Vote, NodeId> votes = new TreeMap<>();

    private record Vote(NodeId voter, long term) implements Comparable<Vote> {
        @Override
        public int compareTo(Vote other) {
            int byVoter = voter.compareTo(other.voter);
            return byVoter != 0 ? byVoter : Long.compare(term, other.term);
        }
    }

    void note(NodeId voter, long term, NodeId candidate) {
        NodeId earlier = votes.putIfAbsent(new Vote(voter, term), candidate);
        Check.that(earlier == null || earlier.equals(candidate), "P6 one vote: a node voted twice in a term", term);
    }
}
