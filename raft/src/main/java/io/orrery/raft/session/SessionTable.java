package io.orrery.raft.session;

import io.orrery.kernel.Check;
import io.orrery.kernel.snapshot.SnapshotMap;
import java.util.TreeSet;

/**
 * The open sessions of a group, by id, and in the order in which they will expire.
 *
 * <ul>
 *   <li>I1: both hold the same sessions, at most {@link SessionConfig#sessionsMax}.
 * </ul>
 */
final class SessionTable {
    private record Activity(long activeMillis, long id) implements Comparable<Activity> {
        @Override
        public int compareTo(Activity other) {
            int byTime = Long.compare(activeMillis, other.activeMillis);
            return byTime != 0 ? byTime : Long.compare(id, other.id);
        }
    }

    private final SnapshotMap<Long, Session> sessions = new SnapshotMap<>();
    private final TreeSet<Activity> byActivity = new TreeSet<>();
    private long digest;

    int size() {
        return sessions.size();
    }

    /** A hash of all sessions with what they hold; equal for equal tables. */
    long digest() {
        return digest;
    }

    /** Null if there is none. */
    Session session(long id) {
        return sessions.value(id);
    }

    void put(Session session) {
        Session before = sessions.put(session.id, session);
        if (before != null) {
            byActivity.remove(new Activity(before.activeMillis, before.id));
            digest -= before.digest();
        }
        digest += session.digest();
        byActivity.add(new Activity(session.activeMillis, session.id));
        Check.that(sessions.size() == byActivity.size(), "I1: sessions are in both orders", sessions.size());
    }

    boolean maybeRemove(long id) {
        Session before = sessions.remove(id);
        if (before == null) {
            return false;
        }
        byActivity.remove(new Activity(before.activeMillis, id));
        digest -= before.digest();
        Check.that(sessions.size() == byActivity.size(), "I1: sessions are in both orders", sessions.size());
        return true;
    }

    /** Ends the sessions that were idle for longer than {@code timeoutMillis}; how many. */
    int expire(long nowMillis, long timeoutMillis) {
        int expired = 0;
        while (!byActivity.isEmpty() && nowMillis - byActivity.first().activeMillis > timeoutMillis) {
            maybeRemove(byActivity.first().id);
            expired++;
        }
        return expired;
    }

    SnapshotMap.View<Long, Session> view() {
        return sessions.view();
    }
}
