package io.orrery.broker.heal;

import io.orrery.gossip.Member;
import io.orrery.gossip.MemberState;
import io.orrery.gossip.Membership;
import io.orrery.gossip.history.MemberEvent;
import io.orrery.kernel.NodeId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * From whom this node was apart in a split: those that it took for dead and that lived, or that are away still.
 *
 * <p>Not everybody whom it held for dead: when two sides meet, each hears from the other that its own are dead, and believes it
 * for a moment. So a death counts only if it was found out by this node, or by one from which it was not apart already.
 */
final class Absences {
    /** One that came back. */
    private record Absence(NodeId node, long generation, NodeId by, long diedNanos) {}

    private final Membership membership;
    private final TreeMap<NodeId, Absence> returned = new TreeMap<>();

    Absences(Membership membership) {
        this.membership = membership;
    }

    /** Whether nobody came back. */
    boolean isEmpty() {
        return returned.isEmpty();
    }

    /** What that life of the node missed is settled: it is over, or it is decided that it ends. */
    void settle(NodeId node, long generation) {
        Absence absence = returned.get(node);
        if (absence != null && absence.generation <= generation) {
            returned.remove(node);
        }
    }

    void forget(NodeId node) {
        returned.remove(node);
    }

    /** A member that was dead is there again, as it was. */
    void onReturn(Member member) {
        returned.put(member.node(), absence(member));
    }

    /** All from whom this node was apart, by their generation. */
    TreeMap<NodeId, Long> apart() {
        List<Absence> absences = new ArrayList<>(returned.values());
        for (Member member : membership.members().values()) {
            if (member.state() == MemberState.DEAD && !returned.containsKey(member.node())) {
                absences.add(absence(member));
            }
        }
        absences.sort(Comparator.comparingLong(Absence::diedNanos).thenComparing(Absence::node));
        TreeSet<NodeId> strangers = new TreeSet<>();
        TreeMap<NodeId, Long> apart = new TreeMap<>();
        for (Absence absence : absences) {
            if (!strangers.contains(absence.by)) {
                strangers.add(absence.node);
                apart.put(absence.node, absence.generation);
            }
        }
        return apart;
    }

    private Absence absence(Member member) {
        long generation = member.incarnation().generation();
        List<MemberEvent> events = membership.history().of(member.node());
        for (int i = events.size() - 1; i >= 0; i--) {
            MemberEvent event = events.get(i);
            if (event.kind() == MemberEvent.Kind.DIED && event.incarnation().generation() == generation) {
                return new Absence(member.node(), generation, event.by(), event.atNanos());
            }
        }
        return new Absence(member.node(), generation, membership.self().node(), 0);
    }
}
