package io.orrery.raft;

import io.orrery.kernel.NodeId;
import java.util.List;

/**
 * How long a replica waits for a leader before it asks for votes: never less than the least election timeout T, on which
 * leases and stickiness rest ({@link io.orrery.raft.read.Lease}).
 *
 * <ul>
 *   <li>Who followed a leader waits for its turn. The other voters, sorted and begun at another one in each group and term,
 *       share half of T in equal turns, and each draws its time from the first quarter of its own. Those that heard the leader for
 *       the last time together come due at least three quarters of a turn apart: T 3/16 with three voters, T 3/32 with five,
 *       T/16 with seven. Within that time the others hear of the first, or their messages take too long for this T. So no
 *       vote is split, and a dead leader is replaced within 1.5 T and an election, mostly by the first of them.
 *   <li>Who knows no leader, because it has just started, was refused or voted, draws from T to 2 T (section 5.2). Turns depend
 *       on what the voters know, and that may differ, or the first may be unable to win. So they are taken once after each
 *       leader, and chance decides from then on: an election that fails says nothing about the next.
 * </ul>
 */
final class Patience {
    private final Replica replica;
    private Configuration configuration;
    private NodeId leader;
    private int voters;
    private int place;

    Patience(Replica replica) {
        this.replica = replica;
    }

    /**
     * Draws anew.
     *
     * @param followed the leader that was heard just now; null if none is known
     * @return nanoseconds from now
     */
    long drawNanos(NodeId followed) {
        long least = replica.config.leastElectionNanos();
        long beyond = followed != null && isInTurn(followed)
                ? turnNanos()
                : replica.kernel.prng().below(least);
        return least + beyond;
    }

    /** Whether this replica is among those that take turns; its place is looked up when it may have changed. */
    private boolean isInTurn(NodeId followed) {
        if (replica.configuration() != configuration || !followed.equals(leader)) {
            configuration = replica.configuration();
            leader = followed;
            List<NodeId> electorate = configuration.electorate();
            int self = electorate.indexOf(replica.self());
            int lead = electorate.indexOf(followed);
            voters = lead < 0 ? electorate.size() : electorate.size() - 1;
            place = lead >= 0 && lead < self ? self - 1 : self;
        }
        return place >= 0;
    }

    private long turnNanos() {
        long turn = Math.floorMod(place + replica.config.group() + replica.term(), (long) voters);
        long length = Math.max(4, replica.config.timing().electionNanos() / (2L * voters));
        return turn * length + replica.kernel.prng().below(length / 4);
    }
}
