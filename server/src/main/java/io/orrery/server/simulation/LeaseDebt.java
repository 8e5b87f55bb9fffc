package io.orrery.server.simulation;

import io.orrery.kernel.Channel;
import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.raft.message.AppendAck;
import io.orrery.raft.message.AppendEntries;
import io.orrery.raft.message.PreVoteReply;
import io.orrery.raft.message.RequestVote;
import io.orrery.raft.message.VoteReply;
import io.orrery.raft.read.ReadConfig;
import io.orrery.sim.Observer;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * What a voter owes to a lease, judged by its messages alone: the second step of the argument of
 * {@link io.orrery.raft.read.Lease}. A lease that is broken there does harm only if a majority breaks it at one time, and a
 * leader is then elected that the other does not hear of; a single voter that forgets what it owes is a bug before that.
 *
 * <p>A voter that has answered a leader's round heard it no earlier than that round was first sent. From then on, for an
 * election timeout by the fastest clock that is allowed, over restarts, terms and roles:
 *
 * <ul>
 *   <li>L2: it tells no vote, but to a candidate that a leader asked to campaign.
 *   <li>L3: it grants no pre-vote.
 * </ul>
 */
final class LeaseDebt implements Observer {
    private static final long MILLION = 1_000_000L;
    private static final int ROUNDS_MAX = 256;

    private final LongSupplier clock;
    private final long owedNanos;
    private final TreeMap<NodeId, Rounds> rounds = new TreeMap<>();
    private final TreeMap<NodeId, Long> untilNanos = new TreeMap<>();
    /** The last term in which a node campaigned because a leader asked it to. */
    private final TreeMap<NodeId, Long> asked = new TreeMap<>();

    private Check.Violation broken;

    /** When the last rounds of a leader were first sent. */
    private static final class Rounds {
        private final long term;
        private final long[] begunNanos = new long[ROUNDS_MAX];
        private long last;

        private Rounds(long term) {
            this.term = term;
        }

        private void onSent(long round, long nowNanos) {
            while (last < round) {
                begunNanos[(int) (++last % ROUNDS_MAX)] = nowNanos;
            }
        }

        private boolean isKnown(long round) {
            return round > 0 && round <= last && last - round < ROUNDS_MAX;
        }
    }

    /**
     * @param clock true time
     * @param config with leases
     */
    LeaseDebt(LongSupplier clock, ReadConfig config, long electionNanos) {
        this.clock = clock;
        this.owedNanos = electionNanos / (MILLION + config.driftPpmMax()) * MILLION;
    }

    @Override
    public boolean hearsTransitions() {
        return false;
    }

    /**
     * After each event of a node: what it sent within it.
     *
     * @throws Check.Violation if L2 or L3 does not hold
     */
    void onEvent() {
        if (broken != null) {
            throw broken;
        }
    }

    @Override
    public void onSend(long message, NodeId from, NodeId to, Channel channel, int bytes, Object body) {
        if (body instanceof AppendEntries append) {
            onRound(from, append.term(), append.round());
        } else if (body instanceof AppendAck ack) {
            onAnswer(from, to, ack);
        } else if (body instanceof RequestVote request) {
            if (request.transfer()) {
                asked.put(from, request.term());
            } else {
                check(from, "L2: a voter that owes a lease stands for election", request.term());
            }
        } else if (body instanceof VoteReply reply && reply.granted()) {
            if (asked.getOrDefault(to, 0L) != reply.term()) {
                check(from, "L2: a voter that owes a lease tells a vote", reply.term());
            }
        } else if (body instanceof PreVoteReply reply && reply.granted()) {
            check(from, "L3: a voter that owes a lease grants a pre-vote", reply.term());
        }
    }

    private void onRound(NodeId leader, long term, long round) {
        Rounds known = rounds.get(leader);
        if (known == null || known.term != term) {
            known = new Rounds(term);
            rounds.put(leader, known);
        }
        known.onSent(round, clock.getAsLong());
    }

    private void onAnswer(NodeId voter, NodeId leader, AppendAck ack) {
        Rounds known = rounds.get(leader);
        if (known != null && known.term == ack.term() && known.isKnown(ack.round())) {
            long until = known.begunNanos[(int) (ack.round() % ROUNDS_MAX)] + owedNanos;
            untilNanos.merge(voter, until, Math::max);
        }
    }

    private void check(NodeId voter, String rule, long term) {
        if (broken == null && clock.getAsLong() < untilNanos.getOrDefault(voter, 0L)) {
            broken = new Check.Violation(rule + ", " + voter + " in term " + term);
        }
    }
}
