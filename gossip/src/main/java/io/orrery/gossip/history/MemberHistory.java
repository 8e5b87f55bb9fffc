package io.orrery.gossip.history;

import io.orrery.gossip.Incarnation;
import io.orrery.gossip.Member;
import io.orrery.gossip.MemberState;
import io.orrery.gossip.history.MemberEvent.Kind;
import io.orrery.gossip.swim.MemberTable;
import io.orrery.kernel.Check;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * The recent events of each member, also of those that are gone for good, and when each was last heard.
 *
 * <ul>
 *   <li>H1: of a member at most {@code perMemberMax} events are kept, the last ones.
 *   <li>H2: of all members at most {@code eventsMax} are kept: the member to whom nothing has happened for longest gives way.
 *   <li>H3: with a limit of 0 nothing is kept: for simulations of very many nodes.
 * </ul>
 *
 * <p>For the node's thread. What changes it is for membership alone.
 */
public final class MemberHistory {
    /** For a member that was never heard. */
    public static final long NEVER = Long.MIN_VALUE;

    private final Kernel kernel;
    private final int perMemberMax;
    private final int eventsMax;
    /** The member to whom something happened last is last. */
    private final LinkedHashMap<NodeId, ArrayDeque<MemberEvent>> events = new LinkedHashMap<>();

    private final LinkedHashMap<NodeId, long[]> heard = new LinkedHashMap<>();
    private int size;
    private long dropped;

    public MemberHistory(Kernel kernel, int perMemberMax, int eventsMax) {
        Check.argument(perMemberMax >= 0 && eventsMax >= perMemberMax, "a history's limits");
        this.kernel = kernel;
        this.perMemberMax = perMemberMax;
        this.eventsMax = eventsMax;
    }

    // ---- to be read

    /** What befell a member, oldest first; empty if nothing is remembered. */
    public List<MemberEvent> of(NodeId member) {
        ArrayDeque<MemberEvent> kept = events.get(member);
        return kept == null ? List.of() : Collections.unmodifiableList(new ArrayList<>(kept));
    }

    /** All that is remembered, of all members, oldest first. */
    public List<MemberEvent> all() {
        List<MemberEvent> all = new ArrayList<>(size);
        events.values().forEach(all::addAll);
        all.sort((a, b) -> Long.compare(a.atNanos(), b.atNanos()));
        return all;
    }

    /** When anything last came from a member itself, by this node's monotonic clock; {@link #NEVER} if nothing ever did. */
    public long lastHeardNanos(NodeId member) {
        long[] at = heard.get(member);
        return at == null ? NEVER : at[0];
    }

    /** Events kept now. */
    public int size() {
        return size;
    }

    /** Events that were forgotten for the limits, since the boot. */
    public long dropped() {
        return dropped;
    }

    // ---- to be written by membership

    /** Something came from a node; only members are remembered. */
    public void onHeard(NodeId from, MemberTable members) {
        if (perMemberMax == 0) {
            return;
        }
        long[] at = heard.get(from);
        if (at != null) {
            at[0] = kernel.nowNanos();
        } else if (members.member(from) != null) {
            heard.put(from, new long[] {kernel.nowNanos()});
        }
    }

    /** What is held of a member changed. */
    public void onChange(Member before, Member after, NodeId by, NodeId from, long afterNanos) {
        Kind kind = kind(before, after);
        boolean isAccused = kind == Kind.SUSPECTED || kind == Kind.DIED || kind == Kind.LEARNT_GONE;
        boolean ends = kind == Kind.REFUTED || kind == Kind.DIED || kind == Kind.RETURNED || kind == Kind.RESTARTED;
        note(after, kind, isAccused ? by : after.node(), from, ends ? afterNanos : 0);
    }

    /** One more accused a suspect. */
    public void onConfirmed(Member suspect, NodeId by, NodeId from) {
        note(suspect, Kind.CONFIRMED, by, from, 0);
    }

    /** A member was removed for good. */
    public void onReaped(Member last, long goneNanos) {
        heard.remove(last.node());
        note(last, Kind.REAPED, kernel.self(), kernel.self(), goneNanos);
    }

    /** This node says something else of itself. */
    public void onPresented(Member before, Member after) {
        boolean first = before.incarnation().equals(Incarnation.NONE);
        ArrayDeque<MemberEvent> kept = events.get(after.node());
        boolean accused = kept != null && kept.getLast().kind().isAccusation();
        Kind kind = first ? Kind.LEARNT : accused ? Kind.REFUTED : kind(before, after);
        note(after, kind, after.node(), after.node(), 0);
    }

    /** This node heard that it is accused. */
    public void onAccused(Member self, MemberState state, NodeId by) {
        note(self, state == MemberState.DEAD ? Kind.DIED : Kind.SUSPECTED, by, by, 0);
    }

    private static Kind kind(Member before, Member after) {
        if (before == null) {
            return after.isLive() ? Kind.LEARNT : Kind.LEARNT_GONE;
        }
        return switch (after.state()) {
            case SUSPECT -> Kind.SUSPECTED;
            case DEAD -> Kind.DIED;
            case LEFT -> Kind.LEFT;
            case ALIVE -> livesOn(before, before.incarnation(), after.incarnation());
        };
    }

    private static Kind livesOn(Member before, Incarnation then, Incarnation now) {
        if (now.generation() != then.generation()) {
            return Kind.RESTARTED;
        }
        if (!before.isLive()) {
            return Kind.RETURNED;
        }
        return before.state() == MemberState.SUSPECT ? Kind.REFUTED : Kind.UPDATED;
    }

    private void note(Member member, Kind kind, NodeId by, NodeId from, long afterNanos) {
        if (perMemberMax == 0) {
            return;
        }
        ArrayDeque<MemberEvent> kept = events.remove(member.node());
        kept = kept == null ? new ArrayDeque<>(2) : kept;
        if (kept.size() == perMemberMax) {
            kept.removeFirst();
            size--;
            dropped++;
        }
        kept.addLast(new MemberEvent(
                member.node(),
                kernel.nowNanos(),
                kernel.wallMillis(),
                kind,
                member.incarnation(),
                by,
                from,
                afterNanos));
        size++;
        events.put(member.node(), kept);
        while (size > eventsMax) {
            dropEldest();
        }
    }

    /** H2. */
    private void dropEldest() {
        var eldest = events.entrySet().iterator().next();
        int lost = eldest.getValue().size();
        events.remove(eldest.getKey());
        size -= lost;
        dropped += lost;
    }
}
