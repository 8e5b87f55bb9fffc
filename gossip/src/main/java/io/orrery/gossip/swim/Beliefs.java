package io.orrery.gossip.swim;

import io.orrery.gossip.GossipConfig;
import io.orrery.gossip.GossipCounters;
import io.orrery.gossip.GossipCounters.Counter;
import io.orrery.gossip.GossipMarks;
import io.orrery.gossip.Incarnation;
import io.orrery.gossip.Member;
import io.orrery.gossip.MemberState;
import io.orrery.gossip.config.ProbeConfig;
import io.orrery.gossip.history.MemberHistory;
import io.orrery.gossip.history.SuspicionView;
import io.orrery.gossip.message.Aged;
import io.orrery.gossip.message.Claim;
import io.orrery.gossip.message.GossipMessage.Sync;
import io.orrery.gossip.message.Held;
import io.orrery.gossip.rules.GossipRules;
import io.orrery.kernel.AddressBook;
import io.orrery.kernel.Check;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import java.util.ArrayList;
import java.util.List;

/**
 * What this node believes of the others: takes claims, from packets, from full states and from its own mechanisms, asks the
 * rules which of them win, and lets everything that hangs on a member's state follow.
 *
 * <ul>
 *   <li>I2: what is held of a member only ever advances in the order of the rules, until the member is forgotten.
 *   <li>I3: a suspicion runs exactly for the SUSPECT members.
 *   <li>I4: a grave is kept exactly for the DEAD and LEFT members.
 * </ul>
 *
 * <p>Whoever hears something false of itself says so at once, to the one it heard it from; whoever hears a stale word about
 * one that is gone answers with what it knows. So nothing wrong outlives a round trip between two that talk.
 *
 * <p>Owns the mechanisms that find something out by themselves: a probe that fails, a suspicion that runs out, a grave that
 * has had its time.
 */
public final class Beliefs {
    private final Kernel kernel;
    private final GossipConfig config;
    private final GossipRules rules;
    private final AddressBook book;
    private final GossipCounters counters;
    private final Listeners listeners;
    private final MemberTable table;
    private final Outbox outbox;
    private final Spreader spreader;
    private final Presence presence;
    private final MemberHistory history;
    private final Prober prober;
    private final Suspicions suspicions;
    private final Silences silences;
    private final Graveyard graveyard;
    private final Exiles exiles;
    private final Syncer syncer;

    /**
     * @param book is told the addresses of members
     */
    public Beliefs(
            Kernel kernel,
            GossipConfig config,
            GossipRules rules,
            AddressBook book,
            GossipCounters counters,
            Listeners listeners,
            MemberTable table,
            Outbox outbox,
            Spreader spreader,
            Presence presence,
            LocalHealth health,
            MemberHistory history) {
        this.kernel = kernel;
        this.config = config;
        this.rules = rules;
        this.book = book;
        this.counters = counters;
        this.listeners = listeners;
        this.table = table;
        this.outbox = outbox;
        this.spreader = spreader;
        this.presence = presence;
        this.history = history;
        ProbeConfig probe = config.probe();
        Pauses pauses = new Pauses(kernel, probe.pauses(), probe.timeoutNanos(), health, counters);
        prober = new Prober(kernel, probe, outbox, table.peers(), health, pauses, counters, this::onProbeFailed);
        suspicions = new Suspicions(
                kernel,
                config.suspicion(),
                probe.intervalNanos(),
                health,
                pauses,
                probe.buddy() ? probe.timeoutNanos() : 0,
                outbox::ping,
                this::onSuspicionExpired);
        silences = new Silences(kernel, probe.intervalNanos());
        graveyard = new Graveyard(kernel, config.retention(), outbox, counters, this::onReap);
        exiles = new Exiles(kernel, config.retention(), outbox, counters);
        syncer = new Syncer(kernel, config.sync(), table, graveyard, suspicions, outbox, counters);
    }

    public Prober prober() {
        return prober;
    }

    /** The suspicion of a member as it stands, or null. */
    public SuspicionView suspicion(NodeId node) {
        return suspicions.view(node);
    }

    public Syncer syncer() {
        return syncer;
    }

    public void start() {
        prober.start();
        syncer.start();
        graveyard.start();
        exiles.start();
    }

    /** This node leaves: it finds nothing out any more. */
    public void stop() {
        prober.stop();
        syncer.stop();
        graveyard.stop();
        exiles.stop();
    }

    /** Takes these for all members there are: see {@code Membership}. */
    public void acquaint(Acquaintances known) {
        table.fill(known);
        prober.fill(known);
        spreader.forget(kernel.self());
        syncer.onSynced();
        if (!listeners.isEmpty()) {
            for (int i = 0; i < known.size(); i++) {
                listeners.onChange(null, known.at(i));
            }
        }
    }

    // ---- what others claim

    /** What a peer's packet claims of members. Stale words about those who are gone are answered with what we know. */
    public void onRumours(NodeId from, List<Claim> claims) {
        List<Claim> answers = null;
        for (Claim claim : claims) {
            Member held = table.member(claim.member().node());
            if (held != null && isStale(from, claim.member(), held)) {
                answers = answers == null ? new ArrayList<>() : answers;
                answers.add(suspicions.claimOf(held));
            }
            onClaim(from, claim, 0, false);
        }
        if (answers != null) {
            kernel.trace().reached(GossipMarks.STALE_ALIVE_ANSWERED);
            outbox.tell(from, answers);
        }
    }

    /** A part of a peer's full state. */
    public void onSync(NodeId from, Sync sync) {
        for (Aged entry : sync.entries()) {
            onClaim(from, entry.claim(), entry.ageMillis(), true);
        }
        if (sync.last()) {
            syncer.onSynced();
            if (!sync.answer()) {
                syncer.onAsked(from);
            }
        }
    }

    /** Whether a claim calls live what we know is gone, or comes from a member that does not know its own last life. */
    private boolean isStale(NodeId from, Member claimed, Member held) {
        if (held.node().equals(kernel.self()) || claimed.incarnation().isAfter(held.incarnation())) {
            return false;
        }
        boolean ownWord = from.equals(held.node()) && held.incarnation().isAfter(claimed.incarnation());
        return ownWord || claimed.isLive() && !held.isLive();
    }

    private void onClaim(NodeId from, Claim claim, long ageMillis, boolean inSync) {
        Member claimed = claim.member();
        if (claimed.node().equals(kernel.self())) {
            if (presence.isAnother(claimed)) {
                counters.count(Counter.NAME_CONFLICTS);
                kernel.trace().transition("name-conflict", claimed + ", told by " + from);
            }
            if (presence.onHeld(from, Held.of(claimed))) {
                outbox.tell(from, List.of(presence.claim()));
            }
            return;
        }
        Member held = table.member(claimed.node());
        MemberState believed = inSync ? rules.believedInSync(held, claimed.state()) : claimed.state();
        boolean buriesUnheard = inSync && held != null && held.isLive() && believed == MemberState.DEAD;
        Check.that(!buriesUnheard, "R4: a full state declares nobody dead whom we hold live");
        if (held == null) {
            onStranger(from, claim, ageMillis, inSync);
        } else if (rules.overrides(held.state(), held.incarnation(), believed, claimed.incarnation())) {
            change(held, claimed.with(believed, claimed.incarnation()), claim.by(), from, ageMillis);
            spread(claimed.node(), claim.by());
            if (believed != claimed.state()) {
                kernel.trace().reached(GossipMarks.DEATH_DOUBTED);
                outbox.ping(claimed.node());
            }
        } else if (claimed.incarnation().equals(held.incarnation())) {
            onSameIncarnation(from, held, claim);
        }
        if (claimed.state() == MemberState.SUSPECT) {
            maybeWitness(claimed.node());
        }
    }

    /** A member that we did not know. What a joining node hears in its first sync is no news to anybody. */
    private void onStranger(NodeId from, Claim claim, long ageMillis, boolean inSync) {
        Member claimed = claim.member();
        if (!claimed.isLive() && !graveyard.isWorthKeeping(claimed.state(), Time.millis(ageMillis))) {
            return;
        }
        if (table.size() >= config.retention().membersMax()) {
            counters.count(Counter.REFUSED_MEMBERS_MAX);
            return;
        }
        change(null, claimed, claim.by(), from, ageMillis);
        if (!inSync || syncer.isSynced()) {
            spread(claimed.node(), claim.by());
        }
    }

    private void onSameIncarnation(NodeId from, Member held, Claim claim) {
        Member claimed = claim.member();
        if (!claimed.address().equals(held.address()) || !claimed.metadata().equals(held.metadata())) {
            counters.count(Counter.NAME_CONFLICTS);
        }
        if (claimed.state() == MemberState.SUSPECT
                && held.state() == MemberState.SUSPECT
                && suspicions.maybeConfirm(held, claim.by())) {
            counters.count(Counter.CONFIRMATIONS);
            history.onConfirmed(held, claim.by(), from);
            kernel.trace().reached(GossipMarks.SUSPICION_CONFIRMED);
            spread(held.node(), claim.by());
        }
    }

    // ---- what our own mechanisms find out

    /** The accused is told to its face; and relays that found it silent too, so that they say so. */
    private void onProbeFailed(NodeId node, List<NodeId> witnesses) {
        Member held = table.member(node);
        onClaim(kernel.self(), new Claim(held.with(MemberState.SUSPECT, held.incarnation()), kernel.self()), 0, false);
        Claim accusation = suspicions.claimOf(table.member(node));
        if (config.probe().buddy()) {
            outbox.ping(node);
        }
        for (NodeId witness : witnesses) {
            outbox.tell(witness, List.of(accusation));
        }
    }

    /** We were asked to probe it for another, and got no answer either. */
    public void onSilent(NodeId node) {
        silences.note(node);
        maybeWitness(node);
    }

    private void maybeWitness(NodeId node) {
        Member held = table.member(node);
        if (held != null && held.state() == MemberState.SUSPECT && silences.isSilent(node)) {
            onSameIncarnation(kernel.self(), held, new Claim(held, kernel.self()));
        }
    }

    private void onSuspicionExpired(NodeId node, Incarnation incarnation) {
        Member held = table.member(node);
        Check.that(held.state() == MemberState.SUSPECT, "I3: a suspicion runs for a suspect");
        Check.that(held.incarnation().equals(incarnation), "I3: a suspicion runs for the incarnation that is held");
        counters.count(Counter.DEATHS);
        kernel.trace().reached(GossipMarks.DECLARED_DEAD);
        change(held, held.with(MemberState.DEAD, incarnation), kernel.self(), kernel.self(), 0);
        spread(node, kernel.self());
    }

    private void onReap(NodeId node) {
        Member last = table.remove(node);
        history.onReaped(last, graveyard.ageNanos(node));
        spreader.forget(node);
        if (last.state() == MemberState.DEAD) {
            exiles.add(node);
        }
        syncer.onGone(node);
        kernel.trace().reached(GossipMarks.REAPED);
        kernel.trace().transition("reap", last.toString());
        listeners.onReaped(last);
    }

    // ---- what follows

    /** Passes on what we now hold of a member. */
    private void spread(NodeId node, NodeId by) {
        spreader.add(new Claim(table.member(node), by));
    }

    /** A member's state advances: everything that hangs on it follows. */
    private void change(Member before, Member after, NodeId by, NodeId from, long ageMillis) {
        long lasted = graveyard.ageNanos(after.node()) + suspicions.ageNanos(after.node());
        history.onChange(before, after, by, from, lasted);
        Rarities.note(kernel.trace(), before, after);
        table.put(after);
        boolean wasLive = before != null && before.isLive();
        if (after.isLive() && !wasLive) {
            becomePeer(before, after);
        } else if (wasLive && !after.isLive()) {
            prober.remove(after.node());
        }
        if (after.state() == MemberState.SUSPECT) {
            counters.count(Counter.SUSPICIONS);
            suspicions.start(after, by, table.liveCount());
        } else {
            suspicions.cancel(after.node());
            silences.forget(after.node());
        }
        if (!after.isLive()) {
            graveyard.bury(after, Time.millis(ageMillis));
        }
        if (after.state() == MemberState.LEFT) {
            syncer.onGone(after.node());
        }
        if (before == null || after.incarnation().isAfter(before.incarnation())) {
            book.learn(after.node(), after.address());
        }
        if (kernel.trace().isOn()) {
            String was = before == null ? "new" : "was " + before.state() + " " + before.incarnation();
            kernel.trace().transition("member", after + ", " + was + ", by " + by);
        }
        listeners.onChange(before, after);
    }

    private void becomePeer(Member before, Member after) {
        prober.add(after.node());
        graveyard.exhume(after.node());
        spreader.wake();
        if (before == null) {
            exiles.remove(after.node());
            syncer.onPeerLearnt();
        } else if (before.incarnation().generation() == after.incarnation().generation()) {
            kernel.trace().reached(GossipMarks.FALSE_DEATH_UNDONE);
            syncer.onReturned(after.node());
        }
    }

    public void checkInvariants() {
        prober.checkInvariants();
        graveyard.checkInvariants();
        exiles.checkInvariants();
        int suspects = table.suspectCount();
        int gone = table.goneCount();
        Check.that(suspicions.size() == suspects, "I3: a suspicion per suspect", suspicions.size(), suspects);
        Check.that(graveyard.size() == gone, "I4: a grave per member that is gone", graveyard.size(), gone);
    }
}
