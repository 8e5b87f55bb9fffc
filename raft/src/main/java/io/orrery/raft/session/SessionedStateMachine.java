package io.orrery.raft.session;

import io.orrery.kernel.Check;
import io.orrery.kernel.SnapshotSink;
import io.orrery.kernel.SnapshotSource;
import io.orrery.kernel.StateMachine;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.trace.Mark;
import io.orrery.raft.RaftMarks;
import io.orrery.raft.session.SessionCommand.Close;
import io.orrery.raft.session.SessionCommand.KeepAlive;
import io.orrery.raft.session.SessionCommand.Plain;
import io.orrery.raft.session.SessionCommand.Register;
import io.orrery.raft.session.SessionCommand.Submit;
import io.orrery.raft.session.SessionResult.Status;
import java.util.function.Consumer;

/**
 * A state machine whose clients' commands take effect once, however often they are proposed (dissertation, section 6.3).
 *
 * <p>Each client has a session and numbers its commands. What a command gave is held under its number; the same number proposed
 * again gets that answer and has no further effect. The client says from which number on it may ask again: what is before that is
 * let go, and has no effect either if an old proposal of it still arrives. Sessions and results are part of the replicated
 * state and of its snapshots.
 *
 * <ul>
 *   <li>S1: a command of a session is applied at most once.
 *   <li>S2: a command that was applied within a session that is open, and that its client has not completed, gets its first
 *       result again.
 *   <li>S3: a command of a session that is not open is never applied.
 *   <li>S4: all that is held is bounded by {@link SessionConfig}; what exceeds it is refused before it has any effect.
 * </ul>
 */
public final class SessionedStateMachine implements StateMachine {
    private final StateMachine machine;
    private final SessionConfig config;
    private final Consumer<Mark> reached;
    private final SessionCounters counters = new SessionCounters();
    private SessionTable sessions = new SessionTable();

    /**
     * @param machine gets the commands without what sessions add to them
     * @param reached hears of rare situations; has no part in what is applied
     */
    public SessionedStateMachine(StateMachine machine, SessionConfig config, Consumer<Mark> reached) {
        this.machine = machine;
        this.config = config;
        this.reached = reached;
    }

    public SessionCounters counters() {
        return counters;
    }

    /** Sessions that are open. */
    public int sessionCount() {
        return sessions.size();
    }

    /** A hash of all sessions with what they hold: equal on replicas that have applied equally far. */
    public long digest() {
        return sessions.digest();
    }

    /** S4. */
    public void checkInvariants() {
        Check.that(sessions.size() <= config.sessionsMax(), "S4: no more sessions than may be", sessions.size());
    }

    @Override
    public Bytes apply(long index, long timestampMillis, Bytes command) {
        expire(timestampMillis);
        try {
            return apply(index, timestampMillis, SessionCommand.decode(command)).encode();
        } catch (DecodeException malformed) {
            return SessionResult.of(Status.MALFORMED).encode();
        }
    }

    private void expire(long nowMillis) {
        int expired = sessions.expire(nowMillis, config.timeoutMillis());
        if (expired > 0) {
            counters.expired += expired;
            reached.accept(RaftMarks.SESSION_EXPIRED);
        }
    }

    private SessionResult apply(long index, long nowMillis, SessionCommand command) {
        if (command instanceof Plain plain) {
            return SessionResult.applied(machine.apply(index, nowMillis, plain.command()));
        }
        if (command instanceof Register) {
            return register(index, nowMillis);
        }
        if (command instanceof Submit submit) {
            return submit(index, nowMillis, submit);
        }
        if (command instanceof KeepAlive keepAlive) {
            Session session = sessions.session(keepAlive.session());
            if (session == null) {
                return unknownSession();
            }
            sessions.put(session.activeAt(nowMillis));
            return SessionResult.open(session.id);
        }
        return sessions.maybeRemove(((Close) command).session()) ? SessionResult.of(Status.CLOSED) : unknownSession();
    }

    /** The index of its entry is an id that no other session ever has. */
    private SessionResult register(long index, long nowMillis) {
        if (sessions.size() >= config.sessionsMax()) {
            return refused();
        }
        sessions.put(Session.opened(index, nowMillis));
        counters.opened++;
        return SessionResult.open(index);
    }

    private SessionResult submit(long index, long nowMillis, Submit submit) {
        Session before = sessions.session(submit.session());
        if (before == null) {
            return unknownSession();
        }
        Session session = before.activeAt(nowMillis).completedBelow(submit.completedBelow());
        sessions.put(session);
        if (submit.sequence() < session.completedBelow) {
            reached.accept(RaftMarks.SESSION_LATE_COMMAND);
            return SessionResult.of(Status.COMPLETED);
        }
        if (session.hasApplied(submit.sequence())) {
            counters.answeredAgain++;
            reached.accept(RaftMarks.SESSION_ANSWERED_AGAIN);
            return session.resultOf(submit.sequence());
        }
        if (session.resultCount() >= config.resultsMax()) {
            return refused();
        }
        Bytes result = machine.apply(index, nowMillis, submit.command());
        sessions.put(session.applied(submit.sequence(), result, config.resultBytesMax()));
        return SessionResult.applied(result);
    }

    private SessionResult unknownSession() {
        counters.unknown++;
        reached.accept(RaftMarks.SESSION_UNKNOWN);
        return SessionResult.of(Status.EXPIRED);
    }

    private SessionResult refused() {
        counters.refused++;
        reached.accept(RaftMarks.SESSION_REFUSED);
        return SessionResult.of(Status.REFUSED);
    }

    /** The sessions, then the wrapped machine's own pieces. */
    @Override
    public SnapshotSource snapshot() {
        return new SessionSnapshotSource(sessions, machine.snapshot());
    }

    @Override
    public SnapshotSink restore() {
        return new SessionSnapshotSink(machine.restore(), restored -> sessions = restored);
    }
}
