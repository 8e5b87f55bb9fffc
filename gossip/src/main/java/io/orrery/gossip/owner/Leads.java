package io.orrery.gossip.owner;

import io.orrery.gossip.owner.OwnerLogCounters.Counter;
import io.orrery.kernel.Check;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/**
 * Who said to be ahead of us on whose rows: so that a question which is lost, or its answer, or which found no room, is asked
 * soon, and not when another digest happens to bring it up.
 *
 * <ul>
 *   <li>F1: a lead is of one owner and names one peer; it ends when we have got as far as that peer said, or the owner is gone.
 *   <li>F2: looked at again each {@code patienceNanos}: whoever is still behind then asks the peer that it names, as often as
 *       {@link Repairs} lets it, and {@value #TRIES_MAX} times at most. After that a later digest makes another.
 *   <li>F3: one that waits for room among the repairs gets it as soon as there is.
 * </ul>
 */
final class Leads {
    private static final int TRIES_MAX = 4;
    /** Leads at a time, one an owner: beyond it they are dropped, and counted. */
    private static final int LEADS_MAX = 4096;

    private record Lead(NodeId peer, long generation, long sequence, int tries, long dueNanos) {}

    private final Kernel kernel;
    private final OwnerLogCounters counters;
    private final Holdings holdings;
    private final Repairs repairs;
    private final BiPredicate<PeerRows, NodeId> maybeFetch;
    private final long patienceNanos;
    private final Timer timer;
    private final TreeMap<NodeId, Lead> leads = new TreeMap<>();

    /**
     * @param maybeFetch asks a peer for what is missing of an owner's rows, if it may be asked now
     */
    Leads(
            Kernel kernel,
            OwnerLogConfig config,
            OwnerLogCounters counters,
            Holdings holdings,
            Repairs repairs,
            BiPredicate<PeerRows, NodeId> maybeFetch) {
        this.kernel = kernel;
        this.counters = counters;
        this.holdings = holdings;
        this.repairs = repairs;
        this.maybeFetch = maybeFetch;
        patienceNanos = Repairs.patienceNanos(config);
        timer = kernel.timer("leads", this::onDue);
    }

    /** F1: a peer has this of an owner, and we have less. */
    void note(NodeId peer, NodeId owner, long generation, long sequence) {
        Lead before = leads.get(owner);
        boolean same = before != null && before.generation() == generation;
        if (same && before.sequence() > sequence) {
            return;
        }
        if (before == null && leads.size() >= LEADS_MAX) {
            counters.count(Counter.LEADS_DROPPED);
            return;
        }
        boolean known = same && before.sequence() == sequence;
        long patience = repairs.isUnderWay(owner) ? patienceNanos : 0;
        long due = known ? before.dueNanos() : kernel.nowNanos() + patience;
        leads.put(owner, new Lead(peer, generation, sequence, known ? before.tries() : 0, due));
        Check.that(leads.size() <= LEADS_MAX, "leads are bounded", leads.size());
        if (!timer.isArmed()) {
            timer.restart(patienceNanos);
        }
    }

    /** F2. */
    private void onDue() {
        for (NodeId owner : new ArrayList<>(leads.keySet())) {
            maybeFollow(owner, leads.get(owner));
        }
        if (!leads.isEmpty()) {
            timer.restart(patienceNanos);
        }
    }

    /** F3: a repair is over. */
    void onRoom() {
        List<NodeId> over = new ArrayList<>();
        for (Map.Entry<NodeId, Lead> entry : leads.entrySet()) {
            Lead lead = entry.getValue();
            if (isOver(entry.getKey(), lead)) {
                over.add(entry.getKey());
            } else if (lead.tries() == 0 && maybeFollow(entry.getKey(), lead)) {
                break;
            }
        }
        over.forEach(leads::remove);
    }

    /** Whether the peer was asked. */
    private boolean maybeFollow(NodeId owner, Lead lead) {
        if (isOver(owner, lead) || lead.tries() >= TRIES_MAX) {
            leads.remove(owner);
            return false;
        }
        long now = kernel.nowNanos();
        if (now < lead.dueNanos() || !maybeFetch.test(holdings.find(owner), lead.peer())) {
            return false;
        }
        leads.put(
                owner,
                new Lead(lead.peer(), lead.generation(), lead.sequence(), lead.tries() + 1, now + patienceNanos));
        return true;
    }

    /** F1. */
    private boolean isOver(NodeId owner, Lead lead) {
        PeerRows held = holdings.find(owner);
        return held == null
                || held.generation() != lead.generation()
                || held.isComplete() && held.sequence() >= lead.sequence();
    }

    int size() {
        return leads.size();
    }
}
