package io.orrery.raft.session;

import io.orrery.kernel.Check;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.Timer;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.raft.Proposal;
import io.orrery.raft.RaftMarks;
import io.orrery.raft.session.SessionOutcome.Status;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Proposes commands within a session and repeats them, under the same number, until it learns how they ended: UNKNOWN and a lost
 * leader cost time, not a second effect. Opens a session with the first command, and another when one has expired.
 *
 * <ul>
 *   <li>C1: a command has one number in one session; it is never proposed under another.
 *   <li>C2: what is proposed says that all before the first command without an end may be let go; so none of those is proposed
 *       again.
 *   <li>C3: each command ends once, in a later event, and is bounded in time; at most {@link SessionClientConfig#pendingMax} wait.
 * </ul>
 *
 * <p>Commands are applied in any order, those submitted one after the other's end in that order. For the node's thread. A session
 * ends with its client's incarnation.
 */
public final class SessionClient implements Protocol {
    /** Hands a command to the group's leader, as {@link io.orrery.raft.forward.ProposalForwarder#propose} does. */
    @FunctionalInterface
    public interface Proposer {
        void propose(Bytes command, Proposal.Callback done);
    }

    private static final class Pending {
        private final Bytes command;
        private final long deadlineNanos;
        private final SessionOutcome.Callback callback;
        private long sequence;
        private boolean underWay;
        private boolean repeated;

        Pending(Bytes command, long deadlineNanos, SessionOutcome.Callback callback) {
            this.command = command;
            this.deadlineNanos = deadlineNanos;
            this.callback = callback;
        }
    }

    private final Kernel kernel;
    private final Proposer proposer;
    private final SessionClientConfig config;
    private final Timer timer;
    private final ArrayDeque<Pending> queue = new ArrayDeque<>();
    private final TreeMap<Long, Pending> numbered = new TreeMap<>();
    private long session;
    private long nextSequence = 1;
    private boolean registering;
    private long activeNanos;

    /**
     * @param kernel a scope of its own
     */
    public SessionClient(Kernel kernel, Proposer proposer, SessionClientConfig config) {
        this.kernel = kernel;
        this.proposer = proposer;
        this.config = config;
        this.timer = kernel.timer("session", this::onRetry);
    }

    @Override
    public void start() {}

    /** Submits a command; the callback hears once how it ended, in a later event, unless this node stops. */
    public void submit(Bytes command, SessionOutcome.Callback done) {
        if (pendingCount() >= config.pendingMax()) {
            kernel.defer(() -> done.onOutcome(SessionOutcome.of(Status.REFUSED)));
            return;
        }
        queue.addLast(new Pending(command.compact(), kernel.nowNanos() + config.timeoutNanos(), done));
        pump();
        if (!timer.isArmed() || hasJustOneCommand()) {
            timer.restart(config.retryNanos());
        }
    }

    private boolean hasJustOneCommand() {
        return pendingCount() == 1;
    }

    /** Commands without an end. */
    public int pendingCount() {
        return queue.size() + numbered.size();
    }

    /** The open session, as far as is known; 0 for none. */
    public long session() {
        return session;
    }

    private long firstOpen() {
        return numbered.isEmpty() ? nextSequence : numbered.firstKey();
    }

    /** Numbers and proposes what the window has room for. */
    private void pump() {
        if (session == 0) {
            register();
            return;
        }
        while (!queue.isEmpty() && nextSequence < firstOpen() + config.windowMax()) {
            Pending next = queue.removeFirst();
            next.sequence = nextSequence++;
            numbered.put(next.sequence, next);
            propose(next);
        }
    }

    private void register() {
        if (registering || queue.isEmpty()) {
            return;
        }
        registering = true;
        proposer.propose(new SessionCommand.Register().encode(), outcome -> {
            registering = false;
            SessionResult result = resultOf(outcome);
            if (result != null && result.status() == SessionResult.Status.OPEN) {
                session = result.value();
                nextSequence = 1;
                activeNanos = kernel.nowNanos();
                pump();
            }
        });
    }

    private void propose(Pending pending) {
        Check.that(numbered.get(pending.sequence) == pending, "C1: a command has one number", pending.sequence);
        Check.that(pending.sequence >= firstOpen(), "C2: no command that may be let go is proposed", pending.sequence);
        long own = session;
        pending.underWay = true;
        activeNanos = kernel.nowNanos();
        Bytes bytes = new SessionCommand.Submit(own, pending.sequence, firstOpen(), pending.command).encode();
        proposer.propose(bytes, outcome -> onOutcome(own, pending, outcome));
    }

    /** Null unless the group has answered. */
    private static SessionResult resultOf(Proposal.Outcome outcome) {
        if (!outcome.isCommitted()) {
            return null;
        }
        try {
            return SessionResult.decode(outcome.result());
        } catch (DecodeException foreign) {
            return null;
        }
    }

    private void onOutcome(long own, Pending pending, Proposal.Outcome outcome) {
        boolean isOpen = own == session && numbered.get(pending.sequence) == pending;
        if (!isOpen) {
            return;
        }
        pending.underWay = false;
        SessionResult result = resultOf(outcome);
        if (result == null) {
            return;
        }
        switch (result.status()) {
            case APPLIED -> finish(pending, new SessionOutcome(Status.APPLIED, result.result()));
            case APPLIED_RESULT_LOST -> finish(pending, SessionOutcome.of(Status.APPLIED_RESULT_LOST));
            case EXPIRED -> onExpired();
            // REFUSED: it is proposed again. The others answer no command that has not ended.
            case REFUSED, OPEN, CLOSED, COMPLETED, MALFORMED -> {}
        }
        pump();
    }

    private void finish(Pending pending, SessionOutcome outcome) {
        numbered.remove(pending.sequence);
        pending.callback.onOutcome(outcome);
    }

    /** The session is gone, and with it the knowledge of what took effect. What was not proposed yet goes to the next one. */
    private void onExpired() {
        session = 0;
        List<Pending> lost = new ArrayList<>(numbered.values());
        numbered.clear();
        for (Pending pending : lost) {
            pending.callback.onOutcome(SessionOutcome.of(Status.EXPIRED));
        }
    }

    private void onRetry() {
        long now = kernel.nowNanos();
        while (!queue.isEmpty() && queue.peekFirst().deadlineNanos <= now) {
            queue.removeFirst().callback.onOutcome(SessionOutcome.of(Status.REFUSED));
        }
        for (Pending pending : new ArrayList<>(numbered.values())) {
            if (numbered.get(pending.sequence) != pending) {
                continue;
            }
            if (pending.deadlineNanos <= now) {
                finish(pending, SessionOutcome.of(Status.UNKNOWN));
            } else if (!pending.underWay) {
                if (!pending.repeated) {
                    pending.repeated = true;
                    kernel.trace().reached(RaftMarks.SESSION_RETRIED);
                }
                propose(pending);
            }
        }
        pump();
        maybeKeepAlive(now);
        if (pendingCount() > 0) {
            timer.restart(config.retryNanos());
        } else if (session != 0 && config.keepAliveNanos() > 0) {
            timer.restart(Math.max(1, activeNanos + config.keepAliveNanos() - now));
        }
    }

    private void maybeKeepAlive(long now) {
        boolean isDue = session != 0
                && config.keepAliveNanos() > 0
                && pendingCount() == 0
                && now - activeNanos >= config.keepAliveNanos();
        if (isDue) {
            activeNanos = now;
            long own = session;
            proposer.propose(new SessionCommand.KeepAlive(own).encode(), outcome -> {
                SessionResult result = resultOf(outcome);
                if (own == session && result != null && result.status() == SessionResult.Status.EXPIRED) {
                    onExpired();
                }
            });
        }
    }

    @Override
    public void checkInvariants() {
        Check.that(pendingCount() <= config.pendingMax(), "C3: no more commands wait than may", pendingCount());
        Check.that(numbered.isEmpty() || numbered.lastKey() < nextSequence, "C1: numbers rise", nextSequence);
    }
}
