package io.orrery.gossip.registry.replica;

import io.orrery.gossip.Member;
import io.orrery.gossip.Membership;
import io.orrery.gossip.registry.RegistryConfig;
import io.orrery.gossip.registry.RegistryCounters;
import io.orrery.gossip.registry.RegistryCounters.Counter;
import io.orrery.gossip.registry.RegistryMarks;
import io.orrery.gossip.registry.cell.Adoption;
import io.orrery.gossip.registry.cell.Cell;
import io.orrery.gossip.registry.cell.CellStore;
import io.orrery.gossip.registry.cell.HybridClock;
import io.orrery.gossip.registry.cell.Origin;
import io.orrery.gossip.registry.cell.Versions;
import io.orrery.gossip.registry.message.Mode;
import io.orrery.gossip.registry.message.RegistryCodec;
import io.orrery.gossip.registry.message.RegistryMessage;
import io.orrery.gossip.registry.message.RegistryMessage.Digest;
import io.orrery.gossip.registry.message.RegistryMessage.Fresh;
import io.orrery.gossip.registry.message.RegistryMessage.Pull;
import io.orrery.gossip.registry.message.RegistryMessage.Slice;
import io.orrery.gossip.swim.Haste;
import io.orrery.gossip.swim.ProbeRound;
import io.orrery.kernel.Channel;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Port;
import io.orrery.kernel.Time;
import io.orrery.kernel.Timer;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a replica says to its peers and hears from them.
 *
 * <pre>
 *   digest (equal) ──► agreed, as of now
 *   digest (other) ──► pull ──► slice ... slice (last) ──► all that the peer held is held
 *   fresh  (next)  ──► taken    fresh (gap, or perhaps of a stranger) ──► pull
 *   slice  (of a stranger: CellStore's S5)  ──► what may have been deleted here is written anew
 *   cells that a pull brings late  ──► the next digests go soon (Haste), here and there: others may lack them, too
 * </pre>
 */
final class Talk {
    private static final int STRAYS_MAX = 1024;
    /** Of a digest's interval: a cell that is younger may be on its way, and not lost. */
    private static final int LATE_FRACTION = 4;

    private final Replica replica;
    private final Kernel kernel;
    private final Membership membership;
    private final RegistryConfig config;
    private final CellStore store;
    private final HybridClock clock;
    private final PeerBook book;
    private final Intake intake;
    private final RegistryCounters counters;
    private final FrameRules rules;
    private final TreeMap<NodeId, String> refusals = new TreeMap<>();
    private final Pulls pulls;
    private final Teller teller;
    private final ProbeRound digestRound;
    private final Port<RegistryMessage> port;
    private final Timer digest;
    private final Haste haste;
    private long dueNanos;

    Talk(
            Replica replica,
            Kernel kernel,
            Membership membership,
            RegistryConfig config,
            int group,
            PeerBook book,
            Intake intake) {
        this.replica = replica;
        this.kernel = kernel;
        this.membership = membership;
        this.config = config;
        this.store = replica.store();
        this.clock = replica.clock();
        this.counters = replica.counters();
        this.book = book;
        this.intake = intake;
        rules = new FrameRules(store);
        pulls = new Pulls(
                config, counters, kernel.trace(), kernel.prng().fork("pulls").nextLong() >>> 2);
        teller = new Teller(store, config.sliceBytesMax(), counters, kernel.trace());
        digestRound = new ProbeRound(kernel.prng().fork("digest-round"));
        port = kernel.open(
                new Channel(Replica.PROTOCOL, group, Delivery.STREAM), RegistryCodec.INSTANCE, this::onMessage);
        digest = kernel.timer("digest", this::onDigestDue);
        haste = new Haste(config.digestNanos(), kernel.prng().fork("haste"));
        membership.livePeers().forEach(digestRound::add);
    }

    /** The life began: everybody is told. */
    void start() {
        restart(kernel.prng().below(config.digestNanos()) + 1);
        membership.livePeers().forEach(peer -> sendDigest(peer, false));
    }

    void onMember(Member before, Member after) {
        NodeId node = after.node();
        boolean wasLive = before != null && before.isLive();
        if (after.isLive() && !wasLive) {
            digestRound.add(node);
        } else if (wasLive && !after.isLive()) {
            digestRound.remove(node);
            pulls.drop(node);
            refusals.remove(node);
        }
        boolean another = !wasLive
                || before.incarnation().generation() != after.incarnation().generation();
        if (after.isLive() && another && replica.origin() != null) {
            sendDigest(node, false);
        }
    }

    void sendFresh(Fresh message) {
        for (NodeId peer : membership.livePeers()) {
            counters.count(Counter.FRESH_SENT);
            port.send(peer, message);
        }
    }

    private void onMessage(NodeId from, RegistryMessage message) {
        Member sender = membership.member(from);
        if (!message.cluster().equals(membership.cluster())) {
            counters.count(Counter.REFUSED_OTHER_CLUSTER);
        } else if (from.equals(kernel.self())) {
            counters.count(Counter.REFUSED_NONSENSE);
        } else if (replica.origin() == null || sender == null || !sender.isLive()) {
            counters.count(Counter.REFUSED_STALE);
        } else if (message instanceof Digest theirs) {
            onDigest(from, theirs);
        } else if (message instanceof Pull pull) {
            book.onSeen(from, pull.seen());
            if (pull.kept() != null) {
                book.onKept(from, pull.kept());
            }
            Slice answer =
                    teller.answer(pull, membership.cluster(), replica.storeLife(), clock.last(), book.participants());
            port.send(from, answer);
            if (answer.isLast() && answer.cells().stream().anyMatch(this::isLate)) {
                hurry();
            }
        } else if (message instanceof Slice slice) {
            onSlice(from, slice);
        } else if (message instanceof Fresh batch) {
            onFresh(from, batch);
        }
    }

    /** What was under way when its life was over is late: an origin that is over may be retired (Tidy's Y2), and stays as it is. */
    private void onFresh(NodeId from, Fresh batch) {
        Versions seen = store.seen();
        if (!batch.origin().node().equals(from)) {
            counters.count(Counter.REFUSED_NONSENSE);
        } else if (batch.origin().life() < store.life(from)) {
            counters.count(Counter.REFUSED_STALE);
        } else if (!seen.covers(batch.origin(), batch.last())) {
            if (batch.first() > seen.sequence(batch.origin()) + 1) {
                maybePull(from, false);
            } else if (batch.cells().stream().anyMatch(cell -> Adoption.isNeeded(store, cell, true))) {
                // What its sender has seen, a pull tells.
                maybePull(from, false);
            } else if (!maybeRefuse(from, batch)
                    && !intake.maybeRefuse(batch.cells().size(), null)) {
                batch.cells().forEach(cell -> intake.take(cell, false));
                store.see(batch.origin(), batch.last());
                book.onAsOf(from, batch.stamp());
                book.onFresh(from, false);
                replica.maybeFollowOn();
            }
        }
    }

    private boolean maybeRefuse(NodeId from, Fresh batch) {
        return maybeRefuse(from, rules.whyNot(replica.origin(), replica.sequence(), batch.cells(), 0));
    }

    private boolean maybeRefuse(NodeId from, Slice slice) {
        Origin own = replica.origin();
        long written = replica.sequence();
        String wrong = FrameRules.whyNot(own, written, slice.claim());
        wrong = wrong != null ? wrong : FrameRules.whyNot(own, written, slice.floors());
        return maybeRefuse(from, wrong != null ? wrong : rules.whyNot(own, written, slice.cells(), slice.floorStamp()));
    }

    /** Counts and remembers what cannot be; whether there was something. */
    private boolean maybeRefuse(NodeId from, String wrong) {
        if (wrong == null) {
            return false;
        }
        counters.count(Counter.REFUSED_CONTRADICTION);
        refusals.put(from, wrong);
        if (kernel.trace().isOn()) {
            kernel.trace().transition("registry-refused", from + " says what cannot be: " + wrong);
        }
        return true;
    }

    /** Whose words were refused because they cannot be so, and why; empty once this node agrees with them. */
    SortedMap<NodeId, String> refusals() {
        return Collections.unmodifiableSortedMap(refusals);
    }

    // ---- digests and pulls

    private void onDigestDue() {
        NodeId peer = digestRound.next();
        if (peer != null) {
            counters.countIf(haste.isHasty(), Counter.DIGESTS_HASTENED);
            sendDigest(peer, false);
        }
        restart(haste.nextNanos(kernel.nowNanos()));
    }

    private void restart(long nanos) {
        dueNanos = kernel.nowNanos() + nanos;
        digest.restart(nanos);
    }

    /** Whether a cell was written so long ago that whoever lacks it now has lost it. */
    private boolean isLate(Cell cell) {
        long ageMillis = HybridClock.millisOf(clock.last()) - HybridClock.millisOf(cell.stamp());
        return ageMillis >= config.digestNanos() / Time.millis(LATE_FRACTION);
    }

    /** Something was lost, and found: others may lack it as well. */
    private void hurry() {
        haste.want();
        long leftNanos = dueNanos - kernel.nowNanos();
        if (digest.isArmed() && !haste.isHasty() && leftNanos > haste.quickNanos()) {
            restart(Math.min(leftNanos, haste.nextNanos(kernel.nowNanos())));
        }
    }

    /** What a digest says of our own writes was sent before it. */
    void sendDigest(NodeId peer, boolean isAnswer) {
        replica.flush();
        if (!pulls.isAny(kernel.nowNanos())) {
            store.absorb(STRAYS_MAX);
        }
        counters.count(Counter.DIGESTS_SENT);
        port.send(peer, digest(isAnswer));
    }

    private Digest digest(boolean isAnswer) {
        return new Digest(
                membership.cluster(),
                replica.storeLife(),
                store.ring().end(),
                clock.next(kernel.wallMillis()),
                isAnswer,
                store.isSettled(),
                replica.kept().equals(store.seen()),
                replica.isFresh(),
                store.seen().hash(),
                store.closedHash(),
                store.liveHash(),
                store.liveCells());
    }

    private void onDigest(NodeId from, Digest theirs) {
        clock.observe(theirs.stamp(), kernel.wallMillis());
        book.onFresh(from, theirs.isFresh());
        boolean seenEqual = theirs.seenHash() == store.seen().hash()
                && (theirs.closedHash() == 0 || theirs.closedHash() == store.closedHash());
        if (seenEqual && theirs.isSettled() && store.isSettled()) {
            if (theirs.liveHash() == store.liveHash() && theirs.liveCells() == store.liveCells()) {
                counters.count(Counter.DIGESTS_EQUAL);
                refusals.remove(from);
                book.onSeen(from, store.seen());
                if (theirs.isKept()) {
                    book.onKept(from, store.seen());
                }
                book.onSynced(from, theirs.life(), theirs.position(), theirs.stamp(), kernel.nowNanos());
                replica.maybeLearnt();
                if (book.knowsParticipants(replica.isFounder())) {
                    pulls.drop(from);
                } else {
                    maybePull(from, false);
                }
            } else {
                counters.count(Counter.AUDIT_MISMATCHES);
                kernel.trace().transition("registry-audit-mismatch", "with " + from);
                maybePull(from, true);
            }
        } else if (!seenEqual) {
            maybePull(from, false);
        }
        if (!theirs.isAnswer()) {
            sendDigest(from, true);
        }
    }

    private void maybePull(NodeId peer, boolean distrusts) {
        PeerBook.Known known = book.of(peer);
        long position = distrusts ? -1 : known.position();
        Pulls.Progress pull = pulls.maybeBegin(peer, known.life(), position, distrusts, kernel.nowNanos());
        if (pull != null) {
            sendPull(peer, pull);
        }
    }

    private void sendPull(NodeId peer, Pulls.Progress pull) {
        Versions seen = pull.distrusts() ? new Versions() : store.seen();
        Versions kept = replica.keptToTell(pull.distrusts());
        port.send(
                peer,
                new Pull(
                        membership.cluster(),
                        pull.number(),
                        pull.mode(),
                        pull.life(),
                        pull.cursor(),
                        seen,
                        store.closedHash(seen),
                        kept));
    }

    private void onSlice(NodeId from, Slice slice) {
        Pulls.Progress pull = pulls.accept(from, slice);
        if (pull == null) {
            counters.count(Counter.REFUSED_STALE);
            return;
        }
        if (maybeRefuse(from, slice) || intake.maybeRefuse(slice.cells().size(), slice.claim())) {
            pulls.drop(from);
            return;
        }
        boolean isStranger = !store.knowsCollected(pull.claim(), pull.closedHash());
        if (!pull.bringsLate()
                && slice.cells().stream()
                        .anyMatch(cell -> isLate(cell) && !store.seen().covers(cell))) {
            pull.onLate();
        }
        slice.cells().forEach(cell -> intake.take(cell, isStranger));
        if (slice.mode() == Mode.WHOLE) {
            pull.absent().addAll(store.absent(slice.from(), slice.to(), slice.cells(), pull.claim()));
        }
        pulls.advance(pull, slice, kernel.nowNanos());
        // Not only at the end of the pull: what stands for this node's void sessions writes them again, and must not do
        // so in vain.
        replica.maybeFollowOn();
        if (slice.isLast()) {
            onPulled(from, pull, slice);
        } else {
            sendPull(from, pull);
        }
    }

    private void onPulled(NodeId from, Pulls.Progress pull, Slice last) {
        int dropped = store.dropAbsent(pull.absent());
        counters.count(Counter.RESET_DROPS, dropped);
        if (dropped > 0) {
            kernel.trace().reached(RegistryMarks.DELETE_LEARNT_BY_RESET);
        }
        boolean knowsMore = !pull.claim().includes(store.seen());
        store.join(pull.claim());
        if (last.floors() != null) {
            store.joinFloors(last.floors());
            counters.count(Counter.RESETS);
        }
        knowsMore |= !store.isSettled();
        store.raiseFloorStamp(last.floorStamp());
        book.onParticipants(from, last.participants(), replica.isFounder());
        book.onSynced(from, pull.life(), pull.position(), pull.stamp(), kernel.nowNanos());
        pulls.end(from);
        refusals.remove(from);
        if (pull.bringsLate()) {
            hurry();
        }
        replica.maybeFollowOn();
        replica.adoptClosed();
        if (last.floors() != null && knowsMore) {
            Adoption.unknownBelow(store, pull.claim(), last.floorStamp())
                    .forEach(cell -> replica.adopt(cell, store.floorStamp()));
        }
        replica.maybeLearnt();
    }
}
