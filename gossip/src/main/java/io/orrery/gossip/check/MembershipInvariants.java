package io.orrery.gossip.check;

import io.orrery.gossip.Incarnation;
import io.orrery.gossip.Member;
import io.orrery.gossip.Membership;
import io.orrery.gossip.message.Held;
import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import java.util.Collection;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The safety of membership over all nodes.
 *
 * <ul>
 *   <li>M1: what a node holds of another never goes back: not to an earlier incarnation, nor to an earlier state of the
 *       same one, unless it forgot the member in between. In particular nobody is resurrected at an equal incarnation.
 *   <li>M2: nobody holds an incarnation that its node has not presented: only the node itself adds refutations.
 *   <li>M3: no two boots of a node share a generation, and its incarnation rises within each; and from boot to boot, where
 *       the disk was kept.
 * </ul>
 */
public final class MembershipInvariants {
    private static final class Observer {
        private final Membership membership;
        private final TreeMap<NodeId, Held> held = new TreeMap<>();
        private long changes = -1;

        private Observer(Membership membership) {
            this.membership = membership;
        }
    }

    private static final class Presented {
        private final TreeSet<Long> generations = new TreeSet<>();
        private Incarnation last = Incarnation.NONE;
        private Incarnation highest = Incarnation.NONE;
        private boolean diskKept;
        /** Whether this boot has not presented anything yet. */
        private boolean silent;

        private void onBoot() {
            last = diskKept ? last : Incarnation.NONE;
            diskKept = false;
            silent = true;
        }
    }

    private final TreeMap<NodeId, Observer> observers = new TreeMap<>();
    private final TreeMap<NodeId, Presented> presented = new TreeMap<>();

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
        if (observer.changes != membership.changes()) {
            observer.changes = membership.changes();
            checkPresented(node, membership.self().incarnation());
            observer.held.keySet().retainAll(membership.members().keySet());
            for (Member member : membership.members().values()) {
                if (!member.node().equals(node)) {
                    checkHeld(observer, node, member);
                }
            }
        }
    }

    private void checkPresented(NodeId node, Incarnation incarnation) {
        Presented own = presented.get(node);
        if (incarnation.equals(Incarnation.NONE) || !own.silent && incarnation.equals(own.last)) {
            return;
        }
        own.silent = false;
        check(incarnation.isAfter(own.last), "M3: a node's incarnation rises", node, incarnation, own.last);
        if (incarnation.generation() != own.last.generation()) {
            boolean fresh = own.generations.add(incarnation.generation());
            check(fresh, "M3: no two boots share a generation", node, incarnation, own.last);
        }
        own.last = incarnation;
        own.highest = incarnation.isAfter(own.highest) ? incarnation : own.highest;
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
            boolean known = !member.incarnation().isAfter(own.highest);
            check(known, "M2: only a node makes its incarnations", member.node(), member, own.highest);
        }
        observer.held.put(member.node(), Held.of(member));
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
        TreeMap<NodeId, Member> truth = new TreeMap<>();
        for (Membership membership : live) {
            truth.put(membership.self().node(), membership.self());
        }
        for (Membership membership : live) {
            String wrong = divergence(membership, truth);
            if (wrong != null) {
                return membership.self().node() + " " + wrong;
            }
        }
        return null;
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
