package io.orrery.gossip.check;

import io.orrery.gossip.GossipCounters.Counter;
import io.orrery.gossip.Incarnation;
import io.orrery.gossip.Member;
import io.orrery.gossip.MemberState;
import io.orrery.gossip.Membership;
import io.orrery.gossip.config.RetentionConfig;
import io.orrery.gossip.message.Held;
import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * The safety of membership over all nodes.
 *
 * <ul>
 *   <li>M1: what a node holds of another never goes back: not to an earlier incarnation, nor to an earlier state of the
 *       same one, unless it forgot the member in between. In particular nobody is resurrected at an equal incarnation.
 *   <li>M2: nobody holds an incarnation that its node has not presented, in any of its boots: only the node itself makes
 *       generations and adds refutations.
 *   <li>M3: no two boots of a node share a generation, and its incarnation rises within each; and from boot to boot, where
 *       the disk was kept.
 *   <li>M4: no member is declared dead by another while both had no reason to fail each other: see {@link Truth}.
 *   <li>M5: a node's own suspicion lasts at least the shortest that is configured, by its own clock, so that a refutation has
 *       the time to come (SWIM, section 4.2): see {@link #suspicionsLast}.
 *   <li>M6: who is DEAD or has LEFT is forgotten after its time: see {@link #goneAreForgotten}.
 * </ul>
 */
public final class MembershipInvariants {
    /** What is known of nodes by other means than their own word. */
    @FunctionalInterface
    public interface Truth {
        /**
         * Whether both have run, reached each other both ways and been among a majority, all the time for {@code nanos}.
         */
        boolean areWell(NodeId accuser, NodeId accused, long nanos);
    }

    private static final class Observer {
        private final Membership membership;
        private final LinkedHashMap<NodeId, Held> held = new LinkedHashMap<>();
        /** Since when a member has been held for SUSPECT, by this node's monotonic clock. */
        private final LinkedHashMap<NodeId, Long> suspectSince = new LinkedHashMap<>();

        private Forgetting forgetting;
        private long changes = -1;
        private long deaths;

        private Observer(Membership membership) {
            this.membership = membership;
        }
    }

    private static final class Presented {
        /** The highest refutations of each generation. */
        private final TreeMap<Long, Integer> generations = new TreeMap<>();

        private Incarnation last = Incarnation.NONE;
        private boolean diskKept;
        /** Whether this boot has not presented anything yet. */
        private boolean silent;
        /** Whether it has left in this boot, or begun to. */
        private boolean hasLeft;

        private boolean has(Incarnation incarnation) {
            Integer refutations = generations.get(incarnation.generation());
            return refutations != null && incarnation.refutations() <= refutations;
        }

        private void onBoot() {
            last = diskKept ? last : Incarnation.NONE;
            diskKept = false;
            silent = true;
            hasLeft = false;
        }
    }

    private final Truth truth;
    private final long wellNanos;
    private ToLongFunction<NodeId> clock;
    private long suspicionNanosMin;
    private RetentionConfig retention;
    private final LinkedHashMap<NodeId, Observer> observers = new LinkedHashMap<>();
    private final LinkedHashMap<NodeId, Presented> presented = new LinkedHashMap<>();

    /** Nobody's word is doubted: M4 is not checked. */
    public MembershipInvariants() {
        this((accuser, accused, nanos) -> false, 0);
    }

    /**
     * @param truth to judge accusations by
     * @param wellNanos how long both must have been well for M4: longer than the longest suspicion, so that the suspicion
     *     too arose while they were
     */
    public MembershipInvariants(Truth truth, long wellNanos) {
        this.truth = truth;
        this.wellNanos = wellNanos;
    }

    /**
     * From now on M5 is checked.
     *
     * @param nanosMin how long the shortest suspicion lasts
     * @param clock what a node's monotonic clock shows now
     */
    public void suspicionsLast(long nanosMin, ToLongFunction<NodeId> clock) {
        this.suspicionNanosMin = nanosMin;
        this.clock = clock;
    }

    /** From now on M6 is checked; {@link #suspicionsLast} comes first. */
    public void goneAreForgotten(RetentionConfig config) {
        retention = config;
    }

    /** The node boots on the disk that its last boot left. To be told before, by whoever wants that checked. */
    public void onDiskKept(NodeId node) {
        presented.computeIfAbsent(node, first -> new Presented()).diskKept = true;
    }

    /** To be called after each event of a node, with its membership of the present boot. */
    public void observe(Membership membership) {
        NodeId node = membership.self().node();
        Observer observer = observers.get(node);
        if (observer == null || observer.membership != membership) {
            observer = new Observer(membership);
            observers.put(node, observer);
            presented.computeIfAbsent(node, first -> new Presented()).onBoot();
        }
        if (retention != null) {
            observer.forgetting = observer.forgetting == null ? new Forgetting(retention) : observer.forgetting;
            observer.forgetting.observe(membership, clock.applyAsLong(node));
        }
        if (observer.changes != membership.changes()) {
            observer.changes = membership.changes();
            checkPresented(node, membership.self());
            observer.held.keySet().retainAll(membership.members().keySet());
            for (Member member : membership.members().values()) {
                if (!member.node().equals(node)) {
                    checkHeld(observer, node, member);
                }
            }
            observer.deaths = membership.counters().of(Counter.DEATHS);
        }
    }

    private void checkPresented(NodeId node, Member self) {
        Incarnation incarnation = self.incarnation();
        Presented own = presented.get(node);
        own.hasLeft |= self.state() == MemberState.LEFT;
        if (incarnation.equals(Incarnation.NONE) || !own.silent && incarnation.equals(own.last)) {
            return;
        }
        own.silent = false;
        check(incarnation.isAfter(own.last), "M3: a node's incarnation rises", node, incarnation, own.last);
        if (incarnation.generation() != own.last.generation()) {
            boolean fresh = own.generations.put(incarnation.generation(), 0) == null;
            check(fresh, "M3: no two boots share a generation", node, incarnation, own.last);
        }
        own.last = incarnation;
        own.generations.put(incarnation.generation(), incarnation.refutations());
    }

    private void checkHeld(Observer observer, NodeId by, Member member) {
        Held before = observer.held.get(member.node());
        if (before != null
                && before.state() == member.state()
                && before.incarnation().equals(member.incarnation())) {
            return;
        }
        if (before != null) {
            int order = member.incarnation().compareTo(before.incarnation());
            boolean forward = order > 0 || order == 0 && member.state().compareTo(before.state()) > 0;
            check(forward, "M1: a member never goes back, as " + by + " holds it", member.node(), member, before);
        }
        Presented own = presented.get(member.node());
        if (own != null) {
            check(
                    own.has(member.incarnation()),
                    "M2: only a node makes its incarnations, as " + by + " holds it",
                    member.node(),
                    member,
                    own.last);
        }
        boolean declares =
                before != null && before.state() == MemberState.SUSPECT && member.state() == MemberState.DEAD;
        if (declares && observer.membership.counters().of(Counter.DEATHS) > observer.deaths) {
            checkDeath(own, by, member, before);
            checkSuspicion(observer, by, member, before);
        }
        if (clock != null && member.state() == MemberState.SUSPECT) {
            observer.suspectSince.put(member.node(), clock.applyAsLong(by));
        }
        observer.held.put(member.node(), Held.of(member));
    }

    /** A node's own suspicion ran out: was the suspect's present boot, which answers, innocent? */
    private void checkDeath(Presented own, NodeId by, Member member, Held before) {
        boolean answers = own != null
                && !own.silent
                && !own.hasLeft
                && member.incarnation().generation() == own.last.generation();
        check(
                !answers || !truth.areWell(by, member.node(), wellNanos),
                "M4: nobody well declares one dead that is well, but " + by + " did",
                member.node(),
                member,
                before);
    }

    private void checkSuspicion(Observer observer, NodeId by, Member member, Held before) {
        Long since = observer.suspectSince.get(member.node());
        check(
                since == null || clock.applyAsLong(by) - since >= suspicionNanosMin,
                "M5: a suspicion lasts, but " + by + " declared one dead at once",
                member.node(),
                member,
                before);
    }

    private static void check(boolean holds, String claim, NodeId node, Object now, Object before) {
        if (!holds) {
            throw new Check.Violation(claim + ": " + node + " is " + now + ", was " + before);
        }
    }

    /**
     * Whether all live nodes see exactly the live nodes ALIVE, as these present themselves. To be asked after faults have
     * ended and some time has passed.
     *
     * @param live the memberships of all nodes that run
     * @return null if they do, else who does not
     */
    public static String divergence(Collection<Membership> live) {
        for (Membership membership : live) {
            String wrong = divergence(membership, live);
            if (wrong != null) {
                return membership.self().node() + " " + wrong;
            }
        }
        return null;
    }

    /** What one of the live ones holds that is not so; null if it holds exactly what is. */
    public static String divergence(Membership membership, Collection<Membership> live) {
        TreeMap<NodeId, Member> truth = new TreeMap<>();
        for (Membership one : live) {
            truth.put(one.self().node(), one.self());
        }
        return divergence(membership, truth);
    }

    private static String divergence(Membership membership, TreeMap<NodeId, Member> truth) {
        for (Member self : truth.values()) {
            Member held = membership.member(self.node());
            if (!self.equals(held)) {
                return "holds " + held + " where it is " + self;
            }
        }
        for (Member held : membership.members().values()) {
            if (held.isLive() && !truth.containsKey(held.node())) {
                return "holds " + held + " which is down";
            }
        }
        return null;
    }
}
