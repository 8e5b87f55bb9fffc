package io.orrery.gossip.owner;

import io.orrery.gossip.GossipMarks;
import io.orrery.gossip.Membership;
import io.orrery.gossip.owner.OwnerLogCounters.Counter;
import io.orrery.gossip.owner.message.OwnerDigest;
import io.orrery.gossip.rules.GossipRules;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Timer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * Whose rows this node holds.
 *
 * <ul>
 *   <li>O2: rows are in sight of live members only, under the generation that membership holds.
 *   <li>O4: rows of a member that is taken for dead are set aside for {@code graceNanos}: if it lives on in that generation
 *       they are in sight again at once, and its digest says what they lack. After that, and in any other case, they are
 *       dropped.
 *   <li>O5: to set aside, to restore and to drop an owner's rows takes the same time for any number of them.
 * </ul>
 */
final class Holdings {
    private final Kernel kernel;
    private final Membership membership;
    private final OwnerLogConfig config;
    private final GossipRules rules;
    private final RowStore store;
    private final OwnerLogCounters counters;
    private final TreeMap<NodeId, PeerRows> peers = new TreeMap<>();
    private final SortedSet<NodeId> owners = Collections.unmodifiableSortedSet(peers.navigableKeySet());
    private final Timer grace;
    private long changes;

    Holdings(
            Kernel kernel,
            Membership membership,
            OwnerLogConfig config,
            GossipRules rules,
            RowStore store,
            OwnerLogCounters counters) {
        this.kernel = kernel;
        this.membership = membership;
        this.config = config;
        this.rules = rules;
        this.store = store;
        this.counters = counters;
        this.grace = kernel.timer("grace", this::onGraceOver);
    }

    /** What is held of an owner, in sight or aside; null if nothing. */
    PeerRows find(NodeId owner) {
        return peers.get(owner);
    }

    Collection<PeerRows> all() {
        return peers.values();
    }

    SortedSet<NodeId> owners() {
        return owners;
    }

    /** Where rows of this owner and generation go: O2, O4; null if they go nowhere. */
    PeerRows maybeOpen(NodeId owner, long generation) {
        PeerRows held = peers.get(owner);
        if (!rules.acceptsRows(membership.member(owner), generation)) {
            return held != null && held.isAside() && held.generation() == generation ? held : null;
        }
        if (held != null && held.generation() != generation) {
            kernel.trace().reached(GossipMarks.ROWS_SUPERSEDED);
            drop(held);
            held = null;
        }
        if (held == null) {
            held = new PeerRows(owner, generation, store.open(owner, generation), config);
            peers.put(owner, held);
        }
        return held;
    }

    /** Membership changed its mind of an owner, or has forgotten it. */
    void onMember(NodeId owner) {
        PeerRows held = peers.get(owner);
        if (held == null) {
            return;
        }
        if (rules.acceptsRows(membership.member(owner), held.generation())) {
            maybeRestore(held);
        } else if (rules.setsRowsAside(membership.member(owner), held.generation()) && config.graceNanos() > 0) {
            maybeSetAside(held);
        } else if (rules.dropsRows(membership.member(owner), held.generation())) {
            drop(held);
        }
    }

    private void maybeRestore(PeerRows held) {
        if (held.isAside()) {
            held.restore();
            changes++;
            counters.count(Counter.OWNERS_RESTORED);
            kernel.trace().reached(GossipMarks.ROWS_RESTORED);
            trace("restore", held);
        }
    }

    private void maybeSetAside(PeerRows held) {
        if (!held.isAside()) {
            held.setAside(kernel.nowNanos());
            changes++;
            counters.count(Counter.OWNERS_SET_ASIDE);
            trace("set-aside", held);
            if (!grace.isArmed()) {
                grace.restart(config.graceNanos());
            }
        }
    }

    private void onGraceOver() {
        long now = kernel.nowNanos();
        long next = Long.MAX_VALUE;
        List<PeerRows> over = new ArrayList<>();
        for (PeerRows held : peers.values()) {
            if (held.isAside()) {
                long left = held.asideSinceNanos() + config.graceNanos() - now;
                if (left <= 0) {
                    over.add(held);
                } else {
                    next = Math.min(next, left);
                }
            }
        }
        over.forEach(this::drop);
        if (next != Long.MAX_VALUE) {
            grace.restart(next);
        }
    }

    private void drop(PeerRows held) {
        peers.remove(held.owner());
        changes++;
        held.rows().shelf().drop();
        if (held.rows().count() > 0) {
            counters.count(Counter.OWNERS_CLEARED);
            kernel.trace().reached(GossipMarks.ROWS_CLEARED);
            trace("clear", held);
        }
    }

    /** How far this node has what it holds completely, by owner. */
    List<OwnerDigest> digests() {
        List<OwnerDigest> digests = new ArrayList<>(peers.size() + 1);
        for (PeerRows held : peers.values()) {
            if (held.isComplete() && held.sequence() > 0) {
                digests.add(held.digest());
            }
        }
        return digests;
    }

    void onChange() {
        changes++;
    }

    /** Rises whenever any rows change. */
    long changes() {
        return changes;
    }

    void trace(String what, PeerRows held) {
        if (kernel.trace().isOn()) {
            String why = "generation=" + held.generation() + " sequence=" + held.sequence() + " rows="
                    + held.rows().count() + (held.isComplete() ? "" : " cursor=" + held.cursor());
            kernel.trace().transition(what, held.owner() + ", " + why);
        }
    }
}
