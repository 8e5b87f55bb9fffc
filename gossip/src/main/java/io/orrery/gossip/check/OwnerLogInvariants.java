package io.orrery.gossip.check;

import io.orrery.gossip.Member;
import io.orrery.gossip.Membership;
import io.orrery.gossip.owner.OwnerLog;
import io.orrery.gossip.owner.message.OwnerDigest;
import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The safety of the owner log over all nodes.
 *
 * <ul>
 *   <li>W1: whoever holds an owner's rows completely, as of (generation, sequence), holds as many rows with the same hash as
 *       the owner did. Checked where the owner was seen at that sequence, among the last {@value #HISTORY_MAX}.
 *   <li>W2: rows are held only of a live member, under the generation that membership holds. Between a change of membership
 *       and its listeners lies an event: so a stale row is an offence when it outlives {@link #TOLERANCE_NANOS}.
 * </ul>
 */
public final class OwnerLogInvariants {
    public static final long TOLERANCE_NANOS = Time.seconds(1);

    private static final int HISTORY_MAX = 1024;

    private static final class Observer {
        private final OwnerLog log;
        private final LinkedHashMap<NodeId, Long> staleSince = new LinkedHashMap<>();
        private long changes = -1;

        private Observer(OwnerLog log) {
            this.log = log;
        }
    }

    private static final class History {
        private final TreeMap<Long, OwnerDigest> bySequence = new TreeMap<>();
        private long generation;
    }

    private final LinkedHashMap<NodeId, Observer> observers = new LinkedHashMap<>();
    private final LinkedHashMap<NodeId, History> histories = new LinkedHashMap<>();

    /** To be called after each event of a node, with its protocols of the present boot and the time of the world. */
    public void observe(Membership membership, OwnerLog log, long nowNanos) {
        NodeId node = membership.self().node();
        Observer observer = observers.get(node);
        if (observer == null || observer.log != log) {
            observer = new Observer(log);
            observers.put(node, observer);
        }
        long changes = membership.changes() + log.changes();
        if (observer.changes != changes || !observer.staleSince.isEmpty()) {
            observer.changes = changes;
            remember(log.digest(node));
            observer.staleSince.keySet().retainAll(log.owners());
            for (NodeId owner : log.owners()) {
                checkRows(node, owner, log);
                checkLife(observer, node, owner, membership, nowNanos);
            }
        }
    }

    private void remember(OwnerDigest digest) {
        History history = histories.computeIfAbsent(digest.owner(), first -> new History());
        if (history.generation != digest.generation()) {
            history.generation = digest.generation();
            history.bySequence.clear();
        }
        history.bySequence.put(digest.sequence(), digest);
        if (history.bySequence.size() > HISTORY_MAX) {
            history.bySequence.pollFirstEntry();
        }
    }

    private void checkRows(NodeId node, NodeId owner, OwnerLog log) {
        OwnerDigest held = log.digest(owner);
        History history = histories.get(owner);
        if (held == null || history == null || history.generation != held.generation()) {
            return;
        }
        OwnerDigest truth = history.bySequence.get(held.sequence());
        if (truth != null && !truth.equals(held)) {
            throw new Check.Violation("W1: " + node + " holds " + held + " where the owner had " + truth);
        }
    }

    private void checkLife(Observer observer, NodeId node, NodeId owner, Membership membership, long nowNanos) {
        Member member = membership.member(owner);
        long generation = observer.log.generation(owner);
        if (member != null && member.isLive() && member.incarnation().generation() == generation) {
            observer.staleSince.remove(owner);
            return;
        }
        Long since = observer.staleSince.putIfAbsent(owner, nowNanos);
        if (since != null && nowNanos - since > TOLERANCE_NANOS) {
            throw new Check.Violation("W2: " + node + " still holds rows of generation " + generation + " of " + owner
                    + ", which is " + (member == null ? "no member" : member));
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
