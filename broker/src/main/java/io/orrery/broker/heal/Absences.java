package io.orrery.broker.heal;

import io.orrery.gossip.Member;
import io.orrery.gossip.Membership;
import io.orrery.gossip.history.MemberEvent;
import io.orrery.kernel.NodeId;
import java.util.List;
import java.util.TreeMap;

/**
 * From whom this node was apart in a split: those that it took for dead and that lived, or that are away still.
 *
 * <ul>
 *   <li>B1: not everybody whom it held for dead: when two sides meet, each hears from the other that its own are dead, and believes
 *       it for a moment. A death counts if it was found out, and told, by nodes from which this one was not apart.
 *   <li>B2: that is judged when the death is heard of, and once. Who told it may be over by the time that it is asked about: a
 *       stranger's word does not become a friend's since the stranger has restarted.
 *   <li>B3: a life that a decision ends is a stranger until it is over, though its absence is settled.
 * </ul>
 *
 * <p>One for each member at most.
 */
final class Absences {
    /** Of one life; it has returned once, and it is decided about. */
    private record Absence(long generation, boolean isBack, boolean isSettled) {
        boolean isOpen() {
            return isBack && !isSettled;
        }
    }

    private final Membership membership;
    private final TreeMap<NodeId, Absence> absences = new TreeMap<>();

    Absences(Membership membership) {
        this.membership = membership;
    }

    /** Whether nobody came back about whom it is not decided. */
    boolean isEmpty() {
        return absences.values().stream().noneMatch(Absence::isOpen);
    }

    /** It is decided that this life of the node ends, or those before it. */
    void settle(NodeId node, long generation) {
        absences.computeIfPresent(
                node,
                (same, absence) -> absence.generation <= generation
                        ? new Absence(absence.generation, absence.isBack, true)
                        : absence);
    }

    /** All lives of the node up to this one are over. */
    void end(NodeId node, long generation) {
        absences.computeIfPresent(node, (same, absence) -> absence.generation <= generation ? null : absence);
    }

    void forget(NodeId node) {
        absences.remove(node);
    }

    /**
     * A member is dead, as this node believes now.
     *
     * @param isEnding whether a decision ends that life of it
     */
    void onDeath(Member member, boolean isEnding) {
        long generation = member.incarnation().generation();
        Absence known = absences.get(member.node());
        if ((known == null || known.generation != generation) && !isStrangersWord(member)) {
            absences.put(member.node(), new Absence(generation, false, isEnding));
        }
    }

    /** A member that was dead is there again, as it was. */
    void onReturn(Member member) {
        absences.computeIfPresent(
                member.node(), (same, absence) -> new Absence(absence.generation, true, absence.isSettled));
    }

    /** All from whom this node was apart and about whom it is not decided, by their generation. */
    TreeMap<NodeId, Long> apart() {
        TreeMap<NodeId, Long> apart = new TreeMap<>();
        absences.forEach((node, absence) -> {
            if (!absence.isSettled) {
                apart.put(node, absence.generation);
            }
        });
        return apart;
    }

    /** B1. A membership that remembers nothing is taken to have found out all by itself. */
    private boolean isStrangersWord(Member member) {
        long generation = member.incarnation().generation();
        List<MemberEvent> events = membership.history().of(member.node());
        for (int i = events.size() - 1; i >= 0; i--) {
            MemberEvent event = events.get(i);
            boolean isDeath = event.kind() == MemberEvent.Kind.DIED || event.kind() == MemberEvent.Kind.LEARNT_GONE;
            if (isDeath && event.incarnation().generation() == generation) {
                return absences.containsKey(event.by()) || absences.containsKey(event.from());
            }
        }
        return false;
    }
}
