package io.orrery.raft;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Timer;
import io.orrery.raft.message.ReadIndexReply;
import io.orrery.raft.message.RequestReadIndex;
import io.orrery.raft.read.Read;
import io.orrery.raft.read.ReadConfig;
import io.orrery.raft.read.ReadKind;
import io.orrery.raft.read.ReadQueue;
import io.orrery.raft.read.WaitingRead;
import java.util.ArrayDeque;
import java.util.List;

/**
 * Linearizable reads beside the log, on any replica (dissertation, section 6.4).
 *
 * <p>On the leader all reads that wait share one round: messages to the voters that bear its number. When a quorum has answered
 * it, nobody else had been elected before it began, so the commit index of that moment covers all that was acknowledged
 * before. On a follower or learner all reads that wait share one request to the leader, which is itself such a read. Then each
 * replica waits until it has applied what the index says, and answers from its own state.
 *
 * <ul>
 *   <li>I1: a round for reads begins only when the leader has committed an entry of its own term: before that it does not
 *       know what is committed.
 *   <li>I2: a read is asked for in a round or a request that begins after it was asked for.
 *   <li>I3: an answer counts for the leader and the request that are asked now: what a leader did not answer before it was
 *       lost is asked again of the next.
 *   <li>I4: at most {@link ReadConfig#waitingMax} reads wait, none of them for longer than its timeout and one interval of
 *       retries. Nothing runs while none waits.
 * </ul>
 */
final class Reads {
    private record Answer(Read.Callback callback, Read.Outcome outcome) {}

    private final Roles roles;
    private final Replica replica;
    private final ReadConfig config;
    private final ReadQueue queue;
    private final Timer timer;
    private final long retryNanos;
    private final ArrayDeque<Answer> answers = new ArrayDeque<>();
    private final Runnable driving = this::drive;
    private final Runnable delivering = this::deliver;
    private long nextRequest;
    private NodeId asked;
    private boolean mayWait;
    private boolean driveQueued;
    private boolean deliveryQueued;

    Reads(Roles roles, Replica replica) {
        this.roles = roles;
        this.replica = replica;
        this.config = replica.config.reads();
        this.queue = new ReadQueue(config.waitingMax());
        this.timer = replica.kernel.timer("reads", this::onRetry);
        this.retryNanos = 2 * replica.config.timing().heartbeatNanos();
        this.nextRequest = replica.kernel.prng().nextLong() >>> 2;
    }

    /** The callback hears once how the read ended, in a later event. */
    void read(ReadKind kind, Read.Callback done) {
        add(kind, false, done);
    }

    private void add(ReadKind kind, boolean forPeer, Read.Callback done) {
        if (queue.isFull()) {
            replica.counters.readsOverloaded++;
            replica.reached(RaftMarks.READ_OVERLOADED);
            answer(done, Read.Outcome.overloaded());
            return;
        }
        long deadline = replica.kernel.nowNanos() + config.timeoutNanos();
        queue.add(new WaitingRead(kind, forPeer, deadline, done));
        mayWait = true;
        if (!timer.isArmed()) {
            timer.restart(retryNanos);
        }
        queueDrive();
    }

    /** What one cycle brings shares one round or request; and it is asked for when the role's change is complete. */
    private void queueDrive() {
        if (!driveQueued) {
            driveQueued = true;
            replica.kernel.defer(driving);
        }
    }

    private void drive() {
        driveQueued = false;
        if (roles.leadership() != null) {
            lead(roles.leadership());
        } else if (queue.hasWaiting() && !queue.hasAsked() && roles.leader() != null) {
            boolean lease = queue.waitsForLeasesOnly();
            asked = roles.leader();
            queue.ask(++nextRequest, 0);
            request(lease);
        }
        release();
    }

    // ---- On the leader

    private void lead(Leadership leadership) {
        if (!queue.hasWaiting()) {
            return;
        }
        if (!leadership.hasCommittedInTerm()) {
            replica.reached(RaftMarks.READ_WAITED_FOR_OWN_COMMIT);
            return;
        }
        readByLease(leadership.reads);
        if (queue.hasWaiting() && !queue.hasAsked()) {
            replica.counters.readRounds++;
            queue.ask(leadership.reads.begin(), replica.commitIndex());
            roles.queueReplication();
            onAnswered();
        }
    }

    private void readByLease(LeaderReads reads) {
        if (reads.lease.holds(replica.kernel.nowNanos())) {
            int before = queue.waitingCount();
            answerPeers(queue.confirmLeases(replica.commitIndex()));
            replica.counters.leaseReads += before - queue.waitingCount();
        } else if (reads.lease.isEnabled() && queue.waitsForLease()) {
            replica.reached(reads.lease.isGivenUp() ? RaftMarks.LEASE_GIVEN_UP : RaftMarks.LEASE_NOT_HELD);
        }
    }

    /** A voter has answered a round. */
    void onAnswered() {
        Leadership leadership = roles.leadership();
        if (leadership != null && leadership.maybeConfirmRound()) {
            answerPeers(queue.confirm(leadership.reads.rounds.confirmed(), 0));
            release();
            if (queue.hasWaiting()) {
                queueDrive();
            }
        }
    }

    /** The leader has committed more; perhaps its first entry. */
    void onCommitted() {
        if (queue.hasWaiting()) {
            queueDrive();
        }
    }

    private void answerPeers(List<WaitingRead> reads) {
        for (WaitingRead read : reads) {
            answer(read.callback(), Read.Outcome.read(read.index()));
        }
    }

    void onRequest(NodeId from, RequestReadIndex request) {
        if (roles.leadership() == null) {
            reply(from, request.id(), Read.Outcome.notLeader(null));
            return;
        }
        ReadKind kind = request.lease() ? ReadKind.LEASE : ReadKind.INDEX;
        add(kind, true, outcome -> reply(from, request.id(), outcome));
    }

    private void reply(NodeId to, long id, Read.Outcome outcome) {
        ReadIndexReply.Status status = switch (outcome.status()) {
            case READ -> ReadIndexReply.Status.INDEX;
            case OVERLOADED -> ReadIndexReply.Status.OVERLOADED;
            case NOT_LEADER, TIMED_OUT -> ReadIndexReply.Status.NOT_LEADER;
        };
        replica.send(to, new ReadIndexReply(replica.term(), id, status, outcome.index()));
    }

    // ---- On a follower or learner

    private void request(boolean lease) {
        replica.send(asked, new RequestReadIndex(replica.term(), queue.lastTicket(), lease));
    }

    void onReply(NodeId from, ReadIndexReply reply) {
        boolean isAwaited = queue.hasAsked() && from.equals(asked) && reply.id() == queue.lastTicket();
        if (!isAwaited || roles.leadership() != null) {
            replica.counters.ignored++;
            return;
        }
        switch (reply.status()) {
            case INDEX -> {
                replica.reached(RaftMarks.FOLLOWER_READ);
                queue.confirm(reply.id(), reply.index());
                release();
            }
            case OVERLOADED -> {
                for (WaitingRead read : queue.takeAsked()) {
                    end(read, Read.Outcome.overloaded());
                }
            }
            // It is asked again, or another, with the next retry.
            case NOT_LEADER -> queue.askAgain();
        }
        if (queue.hasWaiting() && reply.status() != ReadIndexReply.Status.NOT_LEADER) {
            queueDrive();
        }
    }

    // ---- On every replica

    /** The role, or the leader that was followed, is over (I3). */
    void onRoleLeft() {
        if (queue.hasAsked()) {
            replica.reached(RaftMarks.READ_LOST_LEADER);
        }
        for (WaitingRead read : queue.takeForPeers()) {
            answer(read.callback(), Read.Outcome.notLeader(null));
        }
        queue.askAgain();
        asked = null;
        if (queue.hasWaiting()) {
            queueDrive();
        }
    }

    /** Answers what this replica has applied enough for. Runs with each entry applied, mostly for nothing. */
    void release() {
        if (!mayWait) {
            return;
        }
        long applied = replica.appliedIndex();
        for (WaitingRead read = queue.takeReady(applied); read != null; read = queue.takeReady(applied)) {
            replica.counters.reads++;
            answer(read.callback(), Read.Outcome.read(applied));
        }
        mayWait = queue.size() > 0;
    }

    /** Gives up what has waited too long, and asks again what may have got lost. */
    private void onRetry() {
        for (WaitingRead read : queue.takeExpired(replica.kernel.nowNanos())) {
            replica.counters.readsTimedOut++;
            replica.reached(RaftMarks.READ_TIMED_OUT);
            NodeId leader = roles.leader();
            end(read, leader == null ? Read.Outcome.notLeader(null) : Read.Outcome.timedOut(leader));
        }
        if (queue.size() == 0) {
            return;
        }
        if (queue.hasAsked() && roles.leadership() != null) {
            roles.leadership().reads.begin();
            roles.queueReplication();
        } else if (queue.hasAsked()) {
            request(false);
        }
        queueDrive();
        timer.restart(retryNanos);
    }

    private void end(WaitingRead read, Read.Outcome outcome) {
        answer(read.callback(), outcome);
    }

    private void answer(Read.Callback callback, Read.Outcome outcome) {
        answers.addLast(new Answer(callback, outcome));
        if (!deliveryQueued) {
            deliveryQueued = true;
            replica.kernel.defer(delivering);
        }
    }

    private void deliver() {
        deliveryQueued = false;
        for (int left = answers.size(); left > 0; left--) {
            Answer next = answers.removeFirst();
            next.callback.onOutcome(next.outcome);
        }
    }

    /** Reads that wait here, those of followers among them. */
    int waitingCount() {
        return queue.size();
    }
}
