package io.orrery.gossip.check;

import io.orrery.gossip.Member;
import io.orrery.gossip.MemberState;
import io.orrery.gossip.Membership;
import io.orrery.gossip.owner.OwnerLog;
import io.orrery.gossip.owner.message.OwnerDigest;
import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.kernel.codec.Bytes;
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

    private static final class Observer {
        private final OwnerLog log;
        private final LinkedHashMap<NodeId, Long> staleSince = new LinkedHashMap<>();
        private final LinkedHashMap<NodeId, Long> asideSince = new LinkedHashMap<>();
        private long changes = -1;

        private Observer(OwnerLog log) {
            this.log = log;
        }

        private boolean isWatching() {
            return !staleSince.isEmpty() || !asideSince.isEmpty();
        }
    }

    private final LinkedHashMap<NodeId, Observer> observers = new LinkedHashMap<>();
    private final LinkedHashMap<NodeId, RowHistory> histories = new LinkedHashMap<>();
    private long looks;

    /** To be called after each event of a node, with its protocols of the present boot and the time of the world. */
    public void observe(Membership membership, OwnerLog log, long nowNanos) {
        NodeId node = membership.self().node();
        Observer observer = observers.get(node);
        if (observer == null || observer.log != log) {
            observer = new Observer(log);
            observers.put(node, observer);
        }
        long changes = membership.changes() + log.changes();
        if (observer.changes != changes || observer.isWatching()) {
            observer.changes = changes;
            follow(log);
            observer.staleSince.keySet().retainAll(log.owners());
            observer.asideSince.keySet().retainAll(log.owners());
            boolean deep = ++looks % DEEP_EVERY == 0;
            for (NodeId owner : log.owners()) {
                checkRows(node, owner, log, deep);
                checkLife(observer, node, owner, membership, nowNanos);
            }
        }
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

    private void checkRows(NodeId node, NodeId owner, OwnerLog log, boolean deep) {
        RowHistory history = histories.get(owner);
        if (history == null || history.generation() != log.generation(owner)) {
            return;
        }
        OwnerDigest held = log.digest(owner);
        OwnerDigest truth = held == null ? null : history.digest(held.sequence());
        if (truth != null && !truth.equals(held)) {
            throw new Check.Violation("W1: " + node + " holds " + held + " where the owner had " + truth);
        }
        if ((deep || held == null) && history.isWhole() && log.sequence(owner) <= history.sequence()) {
            Bytes cursor = log.cursor(owner);
            TreeSet<Bytes> rows = new TreeSet<>();
            for (Bytes row : log.allRows(owner)) {
                if (RowHistory.isUpTo(row, cursor)) {
                    rows.add(row);
                }
            }
            if (!rows.equals(history.rows(log.sequence(owner), cursor))) {
                throw new Check.Violation((cursor == null ? "W1: " : "W3: ") + node + " holds other rows of " + owner
                        + " at sequence " + log.sequence(owner) + " than the owner had, up to " + cursor);
            }
        }
    }

    /** W2. */
    private void checkLife(Observer observer, NodeId node, NodeId owner, Membership membership, long nowNanos) {
        OwnerLog log = observer.log;
        Member member = membership.member(owner);
        boolean isAside = log.isAside(owner);
        boolean ofThisLife = member != null && member.incarnation().generation() == log.generation(owner);
        boolean inSight = !isAside && ofThisLife && member.isLive();
        boolean inGrace = isAside && ofThisLife && member.state() == MemberState.DEAD;
        // A node that was paused is overdue when it wakes, and not yet at fault.
        boolean isOverdue =
                isStale(observer.asideSince, owner, isAside, log.config().graceNanos() + TOLERANCE_NANOS, nowNanos);
        boolean isWrong = isOverdue || !inSight && !inGrace;
        if (isStale(observer.staleSince, owner, isWrong, TOLERANCE_NANOS, nowNanos)) {
            throw new Check.Violation(
                    "W2: " + node + " still holds rows of generation " + log.generation(owner) + " of " + owner
                            + (isAside ? " aside" : "") + ", which is " + (member == null ? "no member" : member));
        }
    }

    /** Whether something has been so for longer than it may. */
    private static boolean isStale(
            LinkedHashMap<NodeId, Long> sinceNanos, NodeId owner, boolean now, long toleranceNanos, long nowNanos) {
        if (!now) {
            sinceNanos.remove(owner);
            return false;
        }
        Long since = sinceNanos.putIfAbsent(owner, nowNanos);
        return since != null && nowNanos - since > toleranceNanos;
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
            if (!owner.rows(owner.self()).equals(log.rows(owner.self()))) {
                return "is at " + log.digest(owner.self()) + " where the owner is at " + owner.digest(owner.self());
            }
        }
        for (NodeId owner : log.owners()) {
            if (!owners.contains(owner) && !log.rows(owner).isEmpty()) {
                return "holds rows of " + owner + ", which is down";
            }
        }
        return null;
    }
}
