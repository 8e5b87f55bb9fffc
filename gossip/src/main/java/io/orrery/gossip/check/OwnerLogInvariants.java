package io.orrery.gossip.check;

import io.orrery.gossip.Membership;
import io.orrery.gossip.owner.OwnerLog;
import io.orrery.gossip.owner.message.OwnerDigest;
import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.TreeSet;

/**
 * The safety of the owner log over all nodes: the formula of {@link OwnerLog}, against what the owners did.
 *
 * <ul>
 *   <li>W1: whoever holds an owner's rows completely, as of (generation, sequence), holds rows(o, g, s): as many, with the same
 *       hash; and, looked at every {@value #DEEP_EVERY} changes, row by row.
 *   <li>W2: rows are in sight only of a live member, under the generation that membership holds; aside only of a dead one, in
 *       that generation and within the grace. Between a change of membership and its listeners lies an event: so a stale row
 *       is an offence when it outlives {@link #TOLERANCE_NANOS}.
 *   <li>W3: whoever is within a snapshot holds rows(o, g, s) up to its cursor.
 *   <li>W4: an owner's own rows are the fold of its operations.
 * </ul>
 */
public final class OwnerLogInvariants {
    public static final long TOLERANCE_NANOS = Time.seconds(1);

    private static final int DEEP_EVERY = 16;

    /** What was last seen of an observer's log. */
    private static final class Observer {
        private final OwnerLog log;
        private final LinkedHashMap<NodeId, HeldRows> owners = new LinkedHashMap<>();
        private long changes = -1;
        /** Whether time alone may break W2, and after when. */
        private boolean isWatching;

        private long dueNanos;

        private Observer(OwnerLog log) {
            this.log = log;
        }
    }

    private final LinkedHashMap<NodeId, Observer> observers = new LinkedHashMap<>();
    private final LinkedHashMap<NodeId, RowHistory> histories = new LinkedHashMap<>();
    private long looks;

    /**
     * To be called after each event of a node, with its protocols of the present boot and the time of the world. Looks at what the
     * event may have broken: at all of the log if that or membership changed, at owners whose time to be in the way is over, and
     * row by row at those whose rows have changed since they were last compared.
     */
    public void observe(Membership membership, OwnerLog log, long nowNanos) {
        NodeId node = membership.self().node();
        Observer observer = observers.get(node);
        if (observer == null || observer.log != log) {
            observer = new Observer(log);
            observers.put(node, observer);
        }
        long changes = membership.changes() + log.changes();
        boolean isChanged = observer.changes != changes;
        if (!isChanged && !observer.isWatching) {
            return;
        }
        boolean deep = ++looks % DEEP_EVERY == 0;
        if (isChanged) {
            observer.changes = changes;
            follow(log);
        }
        if (isChanged || deep || nowNanos > observer.dueNanos) {
            look(observer, node, membership, deep, nowNanos);
        }
    }

    private void look(Observer observer, NodeId node, Membership membership, boolean deep, long nowNanos) {
        OwnerLog log = observer.log;
        long dueNanos = Long.MAX_VALUE;
        int count = 0;
        for (NodeId owner : log.owners()) {
            HeldRows held = observer.owners.get(owner);
            if (held == null) {
                held = new HeldRows(owner);
                observer.owners.put(owner, held);
            }
            RowHistory history = histories.get(owner);
            if (history != null && history.generation() == log.generation(owner)) {
                held.checkRows(node, log, history, deep);
            }
            held.checkLife(node, log, membership, nowNanos);
            dueNanos = Math.min(dueNanos, held.dueNanos(log));
            count++;
        }
        if (count < observer.owners.size()) {
            observer.owners.keySet().retainAll(log.owners());
        }
        observer.isWatching = dueNanos != Long.MAX_VALUE;
        observer.dueNanos = dueNanos;
    }

    /** W4. */
    private void follow(OwnerLog log) {
        OwnerDigest own = log.digest(log.self());
        RowHistory history = histories.get(log.self());
        if (history == null || history.generation() != own.generation() || history.sequence() > own.sequence()) {
            history = new RowHistory(log.self(), own.generation());
            histories.put(log.self(), history);
        }
        if (history.sequence() < own.sequence()) {
            OwnerDigest fold = history.follow(log.operations(history.sequence()), own);
            if (!fold.equals(own)) {
                throw new Check.Violation("W4: " + log.self() + " is at " + own + " where its operations give " + fold);
            }
        }
    }

    /**
     * Whether every live node holds exactly the rows of every live node, and of nobody else. To be asked after faults have
     * ended and some time has passed; compares all rows.
     *
     * @param live the logs of all nodes that run, by node
     * @return null if they do, else who does not
     */
    public static String divergence(Collection<OwnerLog> live) {
        for (OwnerLog log : live) {
            String wrong = divergence(log, live);
            if (wrong != null) {
                return log.self() + " " + wrong;
            }
        }
        return null;
    }

    /** What one of the live ones holds that is not so; null if it holds exactly what is. */
    public static String divergence(OwnerLog log, Collection<OwnerLog> live) {
        TreeSet<NodeId> owners = new TreeSet<>();
        for (OwnerLog owner : live) {
            owners.add(owner.self());
            if (!log.isInSightAsAt(owner, owner.self())) {
                return "is at " + log.digest(owner.self()) + " where the owner is at " + owner.digest(owner.self());
            }
        }
        for (NodeId owner : log.owners()) {
            if (!owners.contains(owner) && log.countInSight(owner) > 0) {
                return "holds rows of " + owner + ", which is down";
            }
        }
        return null;
    }
}
