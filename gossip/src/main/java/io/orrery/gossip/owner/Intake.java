package io.orrery.gossip.owner;

import io.orrery.gossip.GossipMarks;
import io.orrery.gossip.Member;
import io.orrery.gossip.MemberState;
import io.orrery.gossip.Membership;
import io.orrery.gossip.owner.OwnerLogCounters.Counter;
import io.orrery.gossip.owner.PeerRows.Outcome;
import io.orrery.gossip.owner.message.OwnerDigest;
import io.orrery.gossip.owner.message.OwnerMessage;
import io.orrery.gossip.owner.message.OwnerMessage.Batch;
import io.orrery.gossip.owner.message.OwnerMessage.Chunk;
import io.orrery.gossip.owner.message.OwnerMessage.Fetch;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Port;
import java.util.function.Consumer;

/**
 * What comes in of peers' rows: applied, or found to be behind a gap, which is repaired.
 *
 * <ul>
 *   <li>N1: the owner is asked first. Who else is ahead of us may have overtaken a batch, so the owner is asked for its word;
 *       when it is suspected, or has not answered in time, whoever is ahead is asked for the rows ({@link Leads}).
 *   <li>N2: what is said of an owner's rows is taken from the owner, and from the peer that was asked (A3).
 *   <li>N3: count and hash are redundant, and audited: at equal (generation, sequence) they are equal, with everybody.
 * </ul>
 */
final class Intake {
    private final Kernel kernel;
    private final Membership membership;
    private final Port<OwnerMessage> port;
    private final OwnerLogCounters counters;
    private final Holdings holdings;
    private final Repairs repairs;
    private final Leads leads;
    private final Consumer<NodeId> sayHello;
    private final Runnable hurry;

    /**
     * @param sayHello asks a node how far its own rows are
     * @param hurry has the next digest go soon: where something was lost, others may lack it as well
     */
    Intake(
            Kernel kernel,
            Membership membership,
            OwnerLogConfig config,
            Port<OwnerMessage> port,
            OwnerLogCounters counters,
            Holdings holdings,
            Consumer<NodeId> sayHello,
            Runnable hurry) {
        this.kernel = kernel;
        this.membership = membership;
        this.port = port;
        this.counters = counters;
        this.holdings = holdings;
        this.repairs = new Repairs(config);
        this.leads = new Leads(kernel, config, counters, holdings, repairs, this::maybeFetchBehind);
        this.sayHello = sayHello;
        this.hurry = hurry;
    }

    void onBatch(NodeId from, Batch message) {
        PeerRows held = maybeOpen(from, message.owner(), message.generation());
        if (held == null) {
            return;
        }
        long before = held.sequence();
        Outcome outcome = held.apply(message);
        if (outcome == Outcome.GAP) {
            maybeFetch(held, from);
            leads.note(from, message.owner(), message.generation(), message.lastSequence());
        } else if (outcome == Outcome.APPLIED) {
            holdings.onChange();
            counters.count(Counter.OPERATIONS_APPLIED, held.sequence() - before);
        }
        if (outcome != Outcome.GAP && repairs.isUnderWay(message.owner())) {
            onRepaired(message, held, outcome);
        }
        held.checkInvariants();
    }

    /** A batch came in while the owner's rows are being asked for. */
    private void onRepaired(Batch message, PeerRows held, Outcome outcome) {
        if (held.sequence() < message.lastSequence()) {
            if (outcome == Outcome.APPLIED) {
                maybeProceed(held, true);
            }
        } else if (held.isComplete()) {
            if (repairs.isFetching(message.owner())) {
                kernel.trace().reached(GossipMarks.GAP_REPLAYED);
                hurry.run();
            }
            end(message.owner());
        }
    }

    /** A repair is over, and another may begin. */
    private void end(NodeId owner) {
        repairs.end(owner);
        leads.onRoom();
    }

    void onChunk(NodeId from, Chunk chunk) {
        OwnerDigest theirs = chunk.digest();
        PeerRows held = maybeOpen(from, theirs.owner(), theirs.generation());
        if (held == null) {
            return;
        }
        boolean wasComplete = held.isComplete();
        Outcome outcome = held.apply(chunk);
        if (outcome == Outcome.NONSENSE) {
            counters.count(Counter.REFUSED_NONSENSE);
            return;
        }
        if (outcome == Outcome.APPLIED || outcome == Outcome.MISMATCH) {
            holdings.onChange();
        }
        if (outcome == Outcome.APPLIED && chunk.from() == null) {
            counters.count(Counter.SNAPSHOTS_TAKEN);
            kernel.trace().reached(GossipMarks.SNAPSHOT_REPAIR);
            holdings.trace("snapshot", held);
        }
        if (outcome == Outcome.APPLIED && held.isComplete()) {
            end(theirs.owner());
            hurry.run();
        } else if (outcome == Outcome.MISMATCH) {
            counters.count(Counter.SNAPSHOTS_REFUSED);
            end(theirs.owner());
        } else if (outcome == Outcome.APPLIED || !wasComplete && repairs.isAsked(theirs.owner(), from)) {
            maybeProceed(held, outcome == Outcome.APPLIED);
        }
        held.checkInvariants();
    }

    /** O1, O2, N2: where rows of this owner and generation go; null if they are refused. */
    private PeerRows maybeOpen(NodeId from, NodeId owner, long generation) {
        if (owner.equals(kernel.self())) {
            counters.count(Counter.REFUSED_NONSENSE);
            return null;
        }
        if (!from.equals(owner) && !repairs.isAsked(owner, from)) {
            counters.count(Counter.REFUSED_UNASKED);
            return null;
        }
        PeerRows held = holdings.maybeOpen(owner, generation);
        if (held == null) {
            counters.count(Counter.REFUSED_STALE);
            kernel.trace().reached(GossipMarks.STALE_ROWS_REFUSED);
        }
        return held;
    }

    /**
     * Somebody has this of an owner. The owner's own word comes behind its batches, on one stream: if it is more than we
     * have, something was lost.
     */
    void onDigest(NodeId from, OwnerDigest theirs) {
        PeerRows held = holdings.maybeOpen(theirs.owner(), theirs.generation());
        if (held == null || theirs.sequence() < held.sequence()) {
            return;
        }
        boolean behind = theirs.sequence() > held.sequence();
        if (behind || !held.isComplete()) {
            repairs.onHeard(from, theirs.owner(), kernel.nowNanos());
            repair(from, held, behind);
            leads.note(from, theirs.owner(), theirs.generation(), theirs.sequence());
        } else {
            audit(from, theirs, held);
        }
    }

    /** N1. */
    private void repair(NodeId from, PeerRows held, boolean behind) {
        NodeId owner = held.owner();
        Member member = membership.member(owner);
        boolean reachable = member != null && member.state() == MemberState.ALIVE;
        if (from.equals(owner)) {
            maybeFetch(held, owner);
        } else if (!reachable || repairs.isUnanswered(owner, kernel.nowNanos())) {
            maybeFetchBehind(held, from);
        } else if (!held.isComplete()) {
            maybeFetch(held, owner);
        } else if (behind && repairs.maybeBeginAsking(owner, kernel.nowNanos())) {
            kernel.trace().reached(GossipMarks.HEARD_OF_ROWS);
            sayHello.accept(owner);
        }
    }

    /** N3. */
    private void audit(NodeId from, OwnerDigest theirs, PeerRows held) {
        counters.count(Counter.AUDITS);
        if (held.digest().equals(theirs)) {
            return;
        }
        counters.count(Counter.AUDIT_MISMATCHES);
        holdings.trace("audit-mismatch", held);
        if (from.equals(held.owner())) {
            held.distrust();
            maybeFetch(held, from);
            leads.note(from, theirs.owner(), theirs.generation(), theirs.sequence());
        } else {
            sayHello.accept(held.owner());
        }
    }

    /** N1: from whoever is ahead. */
    private boolean maybeFetchBehind(PeerRows held, NodeId server) {
        boolean asks = maybeFetch(held, server);
        if (asks && !server.equals(held.owner())) {
            counters.count(Counter.RELAYS_ASKED);
            kernel.trace().reached(GossipMarks.RELAY_ASKED);
        }
        return asks;
    }

    private boolean maybeFetch(PeerRows held, NodeId server) {
        if (!repairs.maybeBeginFetching(held.owner(), server, kernel.nowNanos())) {
            return false;
        }
        if (held.cursor() != null && !held.cursor().isEmpty()) {
            kernel.trace().reached(GossipMarks.SNAPSHOT_RESUMED);
        } else if (held.sequence() > 0) {
            counters.count(Counter.REPAIRS);
        }
        holdings.trace("fetch", held);
        sendFetch(held, server);
        return true;
    }

    private void maybeProceed(PeerRows held, boolean isOn) {
        NodeId server = repairs.maybeProceed(held.owner(), isOn, kernel.nowNanos());
        if (server != null) {
            sendFetch(held, server);
        }
    }

    private void sendFetch(PeerRows held, NodeId server) {
        counters.count(Counter.FETCHES_SENT);
        port.send(
                server,
                new Fetch(membership.cluster(), held.owner(), held.generation(), held.sequence(), held.cursor()));
    }

    /** A peer was out of sight, and is back. */
    void onBack(NodeId peer) {
        repairs.onBack(peer);
    }

    /** The owner is gone: nobody need be asked for its rows. */
    void onGone(NodeId owner) {
        repairs.end(owner);
    }
}
