package io.orrery.gossip.owner;

import io.orrery.gossip.Membership;
import io.orrery.gossip.owner.OwnerLogCounters.Counter;
import io.orrery.gossip.owner.message.OwnerCodec;
import io.orrery.gossip.owner.message.OwnerDigest;
import io.orrery.gossip.owner.message.OwnerMessage;
import io.orrery.gossip.owner.message.OwnerMessage.Digests;
import io.orrery.gossip.owner.message.OwnerMessage.Purpose;
import io.orrery.gossip.owner.message.OwnerMessage.Summary;
import io.orrery.gossip.swim.Haste;
import io.orrery.gossip.swim.ProbeRound;
import io.orrery.kernel.Check;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Port;
import io.orrery.kernel.Timer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Who has what, told for ever between all pairs in turn: what makes rows converge for sure.
 *
 * <ul>
 *   <li>D1: each {@code digestNanos} one live peer, each in turn, gets a hash of all digests that this node has. If it is not
 *       that of its own it says those, and is answered with those in which this node is ahead.
 *   <li>D2: a peer that comes, comes back or is suspected no longer hears of our rows at once, and how far we have its own.
 *   <li>D3: after a repair, by whoever got something and whoever gave it, and with each hello, the next digests go soon
 *       ({@link Haste}): where one lost something others did too, and a hello may be lost. So what a partition left behind
 *       spreads like a rumour, in about log N of these, and not at the pace of D1.
 * </ul>
 */
final class DigestExchange {
    private final Kernel kernel;
    private final Membership membership;
    private final OwnerLogConfig config;
    private final Port<OwnerMessage> port;
    private final OwnerLogCounters counters;
    private final Publisher publisher;
    private final Holdings holdings;
    private final BiConsumer<NodeId, OwnerDigest> receiver;
    private final ProbeRound round;
    private final Haste haste;
    private final Timer timer;
    private long dueNanos;
    private boolean isStarted;

    /**
     * @param receiver hears what a peer has of an owner, unless it is what we have
     */
    DigestExchange(
            Kernel kernel,
            Membership membership,
            OwnerLogConfig config,
            Port<OwnerMessage> port,
            OwnerLogCounters counters,
            Publisher publisher,
            Holdings holdings,
            BiConsumer<NodeId, OwnerDigest> receiver) {
        this.kernel = kernel;
        this.membership = membership;
        this.config = config;
        this.port = port;
        this.counters = counters;
        this.publisher = publisher;
        this.holdings = holdings;
        this.receiver = receiver;
        round = new ProbeRound(kernel.prng().fork("digest-round"));
        haste = new Haste(config.digestNanos(), kernel.prng().fork("haste"));
        timer = kernel.timer("digest", this::onDigestDue);
        membership.livePeers().forEach(round::add);
    }

    void start() {
        isStarted = true;
        restart(kernel.prng().below(config.digestNanos()) + 1);
    }

    private void restart(long nanos) {
        dueNanos = kernel.nowNanos() + nanos;
        timer.restart(nanos);
    }

    void add(NodeId peer) {
        round.add(peer);
    }

    void remove(NodeId peer) {
        round.remove(peer);
    }

    /** D1. */
    private void onDigestDue() {
        List<OwnerDigest> table = digests();
        NodeId peer = round.next();
        if (peer != null && !table.isEmpty()) {
            counters.countIf(haste.isHasty(), Counter.DIGESTS_HASTENED);
            if (port.version(peer) >= OwnerCodec.SUMMARIES_SINCE) {
                publisher.flush();
                counters.count(Counter.SUMMARIES_SENT);
                port.send(peer, new Summary(membership.cluster(), OwnerDigest.hashOf(table)));
            } else {
                send(peer, Purpose.TABLE, table);
            }
        }
        restart(haste.nextNanos(kernel.nowNanos()));
    }

    /** D1: where nothing is to be said this is all that goes over the network. */
    void onSummary(NodeId from, Summary summary) {
        publisher.flush();
        List<OwnerDigest> table = digests();
        if (summary.hash() == OwnerDigest.hashOf(table)) {
            counters.count(Counter.DIGESTS_EQUAL, table.size());
            counters.count(Counter.AUDITS, table.size() - (publisher.hasRows() ? 1 : 0));
        } else {
            send(from, Purpose.TABLE, table);
        }
    }

    /** D3. */
    void hurry() {
        haste.want();
        if (timer.isArmed() && !haste.isHasty() && dueNanos - kernel.nowNanos() > haste.quickNanos()) {
            restart(Math.min(dueNanos - kernel.nowNanos(), haste.nextNanos(kernel.nowNanos())));
        }
    }

    /** D2. */
    void sayHello(NodeId peer) {
        List<OwnerDigest> digests = new ArrayList<>(2);
        PeerRows held = holdings.find(peer);
        if (held != null && held.isComplete()) {
            digests.add(held.digest());
        }
        if (publisher.hasRows()) {
            digests.add(peer.compareTo(kernel.self()) < 0 ? digests.size() : 0, publisher.digest());
        }
        send(peer, Purpose.HELLO, digests);
        hurry();
    }

    void sayHelloToAll() {
        for (NodeId peer : membership.livePeers()) {
            sayHello(peer);
        }
    }

    /** What a digest says of our own rows was sent before it. */
    private void send(NodeId peer, Purpose purpose, List<OwnerDigest> digests) {
        publisher.flush();
        counters.count(Counter.DIGESTS_SENT);
        port.send(peer, new Digests(membership.cluster(), purpose, digests));
    }

    /** Both tables are sorted by owner: one walk along the two finds who is behind on what. */
    void onDigests(NodeId from, Digests message) {
        List<OwnerDigest> answer = new ArrayList<>();
        Iterator<OwnerDigest> rest = oursFor(message.purpose()).iterator();
        OwnerDigest ours = next(rest);
        for (OwnerDigest theirs : message.digests()) {
            while (ours != null && ours.owner().compareTo(theirs.owner()) < 0) {
                answer.add(ours);
                ours = next(rest);
            }
            if (ours != null && ours.owner().equals(theirs.owner())) {
                counters.count(ours.equals(theirs) ? Counter.DIGESTS_EQUAL : Counter.DIGESTS_UNEQUAL);
                if (isNewsTo(theirs, ours)) {
                    answer.add(ours);
                }
                ours = next(rest);
            }
            if (!theirs.owner().equals(kernel.self())) {
                receiver.accept(from, theirs);
            }
        }
        for (; ours != null; ours = next(rest)) {
            answer.add(ours);
        }
        if (!answer.isEmpty()) {
            send(from, Purpose.ANSWER, answer);
        }
    }

    private static OwnerDigest next(Iterator<OwnerDigest> rest) {
        return rest.hasNext() ? rest.next() : null;
    }

    /** What a sender of digests may want to hear of. */
    private List<OwnerDigest> oursFor(Purpose purpose) {
        return switch (purpose) {
            case TABLE -> digests();
            case HELLO -> publisher.hasRows() ? List.of(publisher.digest()) : List.of();
            case ANSWER -> List.of();
        };
    }

    /** Whether they are behind; or as far and with other rows, which only the owner's word can put right. */
    private boolean isNewsTo(OwnerDigest theirs, OwnerDigest ours) {
        if (theirs.generation() != ours.generation() || theirs.sequence() != ours.sequence()) {
            return theirs.generation() < ours.generation()
                    || theirs.generation() == ours.generation() && theirs.sequence() < ours.sequence();
        }
        return ours.owner().equals(kernel.self()) && !ours.equals(theirs);
    }

    private List<OwnerDigest> digests() {
        List<OwnerDigest> digests = holdings.digests();
        if (publisher.hasRows()) {
            int before = 0;
            while (before < digests.size() && digests.get(before).owner().compareTo(kernel.self()) < 0) {
                before++;
            }
            digests.add(before, publisher.digest());
        }
        return digests;
    }

    void checkInvariants() {
        Check.that(timer.isArmed() == isStarted, "D1: the next digest has its time, for ever");
    }
}
