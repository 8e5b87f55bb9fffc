package io.orrery.gossip.swim;

import io.orrery.gossip.GossipCounters;
import io.orrery.gossip.GossipCounters.Counter;
import io.orrery.gossip.GossipMarks;
import io.orrery.gossip.Member;
import io.orrery.gossip.MemberState;
import io.orrery.gossip.config.RetentionConfig;
import io.orrery.kernel.Check;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Timer;
import java.util.Comparator;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Members that are gone.
 *
 * <ul>
 *   <li>Y1: a DEAD member is pinged, with the word that it is dead, again and again with growing waits. If it lives after
 *       all, it refutes: so partitions heal by themselves, from both sides.
 *   <li>Y2: DEAD and LEFT are forgotten after their time, counted from when they died by what we know.
 *   <li>Y3: a tombstone near its end is not taken over from others: all forget at about the same time.
 *   <li>Y4: at most {@link #ANNOUNCED_AT_ONCE} are announced in one event.
 * </ul>
 */
public final class Graveyard {
    public static final int ANNOUNCED_AT_ONCE = 16;

    private static final long NEVER = Long.MAX_VALUE;
    private static final Comparator<Grave> BY_DUE =
            Comparator.<Grave>comparingLong(Grave::dueNanos).thenComparing(grave -> grave.node);

    private static final class Grave {
        private final NodeId node;
        private final long diedNanos;
        private final long reapNanos;
        private long announceNanos;
        private long waitNanos;

        private Grave(NodeId node, long diedNanos, long reapNanos) {
            this.node = node;
            this.diedNanos = diedNanos;
            this.reapNanos = reapNanos;
        }

        private long dueNanos() {
            return Math.min(announceNanos, reapNanos);
        }
    }

    private final Kernel kernel;
    private final RetentionConfig config;
    private final Outbox outbox;
    private final GossipCounters counters;
    private final Consumer<NodeId> onReap;
    private final Timer timer;
    private final TreeMap<NodeId, Grave> byNode = new TreeMap<>();
    private final TreeSet<Grave> byDue = new TreeSet<>(BY_DUE);
    private boolean running;

    /**
     * @param onReap is told to forget a member
     */
    public Graveyard(
            Kernel kernel, RetentionConfig config, Outbox outbox, GossipCounters counters, Consumer<NodeId> onReap) {
        this.kernel = kernel;
        this.config = config;
        this.outbox = outbox;
        this.counters = counters;
        this.onReap = onReap;
        this.timer = kernel.timer("graveyard", this::onDue);
    }

    /** Y3: whether a stranger that others hold as gone for so long is worth remembering. */
    public boolean isWorthKeeping(MemberState state, long ageNanos) {
        return ageNanos < keptNanos(state) - keptNanos(state) / 8;
    }

    /** A member is gone, and has been for {@code ageNanos}. */
    public void bury(Member member, long ageNanos) {
        exhume(member.node());
        long died = kernel.nowNanos() - ageNanos;
        Grave grave = new Grave(member.node(), died, died + keptNanos(member.state()));
        grave.waitNanos = config.announceNanos();
        grave.announceNanos = member.state() == MemberState.DEAD ? nextAnnouncement(grave) : NEVER;
        byNode.put(member.node(), grave);
        byDue.add(grave);
        schedule();
    }

    /** It lives. */
    public void exhume(NodeId node) {
        Grave grave = byNode.remove(node);
        if (grave != null) {
            Check.that(byDue.remove(grave), "a grave is found by its time as well");
        }
    }

    /** For how long a member has been gone. */
    public long ageNanos(NodeId node) {
        Grave grave = byNode.get(node);
        return grave == null ? 0 : kernel.nowNanos() - grave.diedNanos;
    }

    public int size() {
        return byNode.size();
    }

    public void start() {
        running = true;
        schedule();
    }

    /** This node leaves, and says no more. */
    public void stop() {
        running = false;
        timer.cancel();
    }

    private long keptNanos(MemberState state) {
        return state == MemberState.DEAD ? config.deadNanos() : config.leftNanos();
    }

    private long nextAnnouncement(Grave grave) {
        long wait = grave.waitNanos - kernel.prng().below(grave.waitNanos / 4 + 1);
        return kernel.nowNanos() + wait;
    }

    private void onDue() {
        int announced = 0;
        while (!byDue.isEmpty() && byDue.first().dueNanos() <= kernel.nowNanos() && announced < ANNOUNCED_AT_ONCE) {
            Grave grave = byDue.pollFirst();
            if (grave.reapNanos <= kernel.nowNanos()) {
                counters.count(Counter.REAPED);
                onReap.accept(grave.node);
                byNode.remove(grave.node);
            } else {
                announced++;
                announce(grave);
                byDue.add(grave);
            }
        }
        schedule();
    }

    private void announce(Grave grave) {
        counters.count(Counter.ANNOUNCEMENTS);
        kernel.trace().reached(GossipMarks.DEAD_ANNOUNCED);
        outbox.ping(grave.node);
        grave.waitNanos = Math.min(grave.waitNanos * 2, config.announceMaxNanos());
        grave.announceNanos = nextAnnouncement(grave);
    }

    private void schedule() {
        if (byDue.isEmpty()) {
            timer.cancel();
        } else if (running) {
            timer.restart(Math.max(0, byDue.first().dueNanos() - kernel.nowNanos()));
        }
    }

    public void checkInvariants() {
        Check.that(byNode.size() == byDue.size(), "a grave is found by its time as well", byNode.size(), byDue.size());
    }
}
