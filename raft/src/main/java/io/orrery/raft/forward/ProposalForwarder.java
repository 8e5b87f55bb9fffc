package io.orrery.raft.forward;

import io.orrery.kernel.Channel;
import io.orrery.kernel.Check;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Port;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.Timer;
import io.orrery.kernel.codec.Bytes;
import io.orrery.raft.Proposal;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.RaftMarks;
import io.orrery.raft.forward.ForwardMessage.Answer;
import io.orrery.raft.forward.ForwardMessage.Forward;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Predicate;

/**
 * Proposes on any replica: finds the leader, sends the command there, and brings the outcome back.
 *
 * <p>A command is not idempotent, so it is sent again only when it certainly had no effect: after NOT_LEADER, or when the
 * transport refused it. Once a leader may have it, an answer that does not come makes the outcome UNKNOWN: at the deadline,
 * or sooner when another leads. A leader that hands over answers what it held when it is deposed; so the answer is waited for
 * twice as long as answers took lately, from when another was seen to lead.
 *
 * <ul>
 *   <li>I1: a request is with at most one leader at a time, and is answered once.
 *   <li>I2: at most {@link ForwarderConfig#pendingMax} requests wait.
 * </ul>
 *
 * <p>For the node's thread.
 */
public final class ProposalForwarder implements Protocol {
    /** Of all forwarders; the channel's group is the Raft group's id. */
    public static final int PROTOCOL = 5;

    /** A request follows this many hints at once; then it waits for the next retry. */
    private static final int REDIRECTS_MAX = 3;

    /** A request that waits for a leader looks for one this often in one retry interval; then once in each. */
    private static final int QUICK_RETRIES_MAX = 8;

    private final Kernel kernel;
    private final RaftGroup group;
    private final ForwarderConfig config;
    private final Port<ForwardMessage> port;
    private final Timer timer;
    private final LinkedHashMap<Long, Request> pending = new LinkedHashMap<>();
    private long nextId;
    private long wakeNanos;
    private long ignored;
    private NodeId leaderSeen;
    private long leaderSeenNanos;
    /** The longest that an answer took lately: it sinks by an eighth with each that took less. */
    private long answerNanos;

    /**
     * @param kernel a scope of its own
     * @param group this node's replica, which knows who leads
     */
    public ProposalForwarder(Kernel kernel, RaftGroup group, ForwarderConfig config) {
        this.kernel = kernel;
        this.group = group;
        this.config = config;
        this.nextId = kernel.prng().nextLong();
        this.timer = kernel.timer("retry", this::onRetry);
        Channel channel = new Channel(PROTOCOL, config.group(), Delivery.STREAM);
        ForwardMessage.Handler receiving = new Receiving();
        this.port = kernel.open(channel, ForwardCodec.INSTANCE, (from, message) -> message.dispatch(from, receiving));
    }

    @Override
    public void start() {}

    /**
     * Proposes a command on the leader, wherever it is; the callback hears exactly once how that ended, in a later event,
     * unless this node stops.
     *
     * @throws IllegalArgumentException if the command is longer than the group's limit
     */
    public void propose(Bytes command, Proposal.Callback done) {
        Check.argument(isWithinLimit(command), "a command is within its limit");
        if (group.isLeader()) {
            group.propose(command, outcome -> onOwnOutcome(command, done, outcome));
        } else {
            forward(command, done, group.leader());
        }
    }

    /** This replica led when it was asked, and may have handed over before it did anything: then the successor is asked. */
    private void onOwnOutcome(Bytes command, Proposal.Callback done, Proposal.Outcome outcome) {
        if (outcome.status() == Proposal.Status.NOT_LEADER) {
            kernel.trace().reached(RaftMarks.FORWARD_REDIRECTED);
            forward(command, done, outcome.leader() == null ? group.leader() : outcome.leader());
        } else {
            done.onOutcome(outcome);
        }
    }

    private void forward(Bytes command, Proposal.Callback done, NodeId leader) {
        if (pending.size() >= config.pendingMax()) {
            kernel.trace().reached(RaftMarks.OVERLOADED);
            kernel.defer(() -> done.onOutcome(Proposal.Outcome.overloaded()));
            return;
        }
        long deadline = kernel.nowNanos() + config.timeoutNanos();
        Request request = new Request(nextId++, command, done, deadline);
        pending.put(request.id, request);
        dispatch(request, leader);
        awaken(request);
    }

    /** Looks again soon where a request waits for a leader that is being elected, a few times; else at leisure. */
    private void awaken(Request request) {
        boolean soon = request.sentTo == null && request.quickRetries < QUICK_RETRIES_MAX;
        long wait = soon ? config.retryNanos() / QUICK_RETRIES_MAX : config.retryNanos();
        request.quickRetries += soon ? 1 : 0;
        wake(wait);
    }

    private void wake(long nanos) {
        long at = kernel.nowNanos() + nanos;
        if (!timer.isArmed() || at < wakeNanos) {
            wakeNanos = at;
            timer.restart(nanos);
        }
    }

    private boolean isWithinLimit(Bytes command) {
        return command.length() <= group.view().commandBytesMax();
    }

    /** Requests that wait for an outcome. */
    public int pendingCount() {
        return pending.size();
    }

    /** Messages that made no sense, or came too late. */
    public long ignored() {
        return ignored;
    }

    /** Hands the request to the leader, if one is known and can be reached; else it waits. */
    private void dispatch(Request request, NodeId leader) {
        Check.that(request.sentTo == null, "I1: a request is with one leader at a time", request.id);
        if (leader == null) {
            return;
        }
        request.sentNanos = kernel.nowNanos();
        see(leader);
        if (leader.equals(kernel.self())) {
            request.sentTo = leader;
            group.propose(request.command, outcome -> onOutcome(request.id, leader, outcome));
        } else if (port.send(leader, new Forward(request.id, request.command))) {
            request.sentTo = leader;
        }
    }

    private void see(NodeId leader) {
        if (leader != null && !leader.equals(leaderSeen)) {
            leaderSeen = leader;
            leaderSeenNanos = kernel.nowNanos();
        }
    }

    private void onOutcome(long id, NodeId from, Proposal.Outcome outcome) {
        Request request = pending.get(id);
        if (request == null || !from.equals(request.sentTo)) {
            ignored++;
            return;
        }
        answerNanos = Math.max(kernel.nowNanos() - request.sentNanos, answerNanos - answerNanos / 8);
        if (outcome.status() != Proposal.Status.NOT_LEADER) {
            finish(request, outcome);
            return;
        }
        kernel.trace().reached(RaftMarks.FORWARD_REDIRECTED);
        request.sentTo = null;
        NodeId hint = outcome.leader();
        if (hint != null && !hint.equals(from) && request.redirects < REDIRECTS_MAX) {
            request.redirects++;
            dispatch(request, hint);
        }
        awaken(request);
    }

    private void finish(Request request, Proposal.Outcome outcome) {
        Request removed = pending.remove(request.id);
        Check.that(removed == request, "I1: a request is answered once", request.id);
        request.callback.onOutcome(outcome);
    }

    /** Sends what waits, and gives up what has waited too long. */
    private void onRetry() {
        NodeId leader = group.leader();
        see(leader);
        expire(leader);
        for (Request request : select(request -> request.sentTo == null)) {
            request.redirects = 0;
            dispatch(request, leader);
            awaken(request);
        }
        if (!pending.isEmpty()) {
            wake(config.retryNanos());
        }
    }

    private void expire(NodeId leader) {
        long now = kernel.nowNanos();
        for (Request request : select(request -> request.deadlineNanos <= now || isOrphaned(request, leader))) {
            if (request.sentTo == null) {
                finish(request, Proposal.Outcome.notLeader(leader));
            } else {
                kernel.trace().reached(RaftMarks.FORWARD_TIMED_OUT);
                finish(request, Proposal.Outcome.unknown());
            }
        }
    }

    /** Whether another leads by now, so that the one who has the request will hardly answer. */
    private boolean isOrphaned(Request request, NodeId leader) {
        return request.sentTo != null
                && leader != null
                && !leader.equals(request.sentTo)
                && kernel.nowNanos() - Math.max(request.sentNanos, leaderSeenNanos) >= orphanedNanos();
    }

    /** How long a leader that was replaced has to say so. */
    private long orphanedNanos() {
        return Math.max(2 * config.retryNanos(), Math.min(2 * answerNanos, config.timeoutNanos() / 4));
    }

    private List<Request> select(Predicate<Request> which) {
        List<Request> selected = List.of();
        for (Request request : pending.values()) {
            if (which.test(request)) {
                selected = selected.isEmpty() ? new ArrayList<>() : selected;
                selected.add(request);
            }
        }
        return selected;
    }

    private final class Receiving implements ForwardMessage.Handler {
        @Override
        public void onForward(NodeId from, Forward message) {
            if (!isWithinLimit(message.command())) {
                ignored++;
                return;
            }
            group.propose(message.command(), outcome -> port.send(from, new Answer(message.id(), outcome)));
        }

        @Override
        public void onAnswer(NodeId from, Answer message) {
            onOutcome(message.id(), from, message.outcome());
        }
    }
}
