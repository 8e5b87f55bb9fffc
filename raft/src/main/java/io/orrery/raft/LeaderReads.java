package io.orrery.raft;

import io.orrery.raft.read.Lease;
import io.orrery.raft.read.ReadRounds;

/** Of one leader in one term: its rounds of reads and its lease. */
final class LeaderReads {
    final ReadRounds rounds = new ReadRounds();
    final Lease lease;
    private final Replica replica;

    LeaderReads(Replica replica) {
        this.replica = replica;
        this.lease = new Lease(replica.config.reads(), replica.config.timing().electionNanos());
    }

    /** Every message from now on asks whether this replica still leads. */
    long begin() {
        return rounds.begin(replica.kernel.nowNanos());
    }

    /** A heartbeat is a round where somebody needs its answer. */
    void onHeartbeat() {
        if (lease.isEnabled() || rounds.isUnderWay()) {
            begin();
        }
    }

    /** Whether the peer answers for a round that it can know of. */
    boolean isSane(long round) {
        return round <= rounds.last();
    }

    /** A quorum has answered up to {@code round}; whether that is news. */
    boolean maybeConfirm(long round) {
        boolean confirmed = rounds.maybeConfirm(round);
        if (confirmed) {
            lease.renew(rounds);
        }
        return confirmed;
    }
}
