package io.orrery.gossip.swim;

import io.orrery.gossip.GossipCounters;
import io.orrery.gossip.GossipCounters.Counter;
import io.orrery.gossip.GossipMarks;
import io.orrery.gossip.Incarnation;
import io.orrery.gossip.Member;
import io.orrery.gossip.MemberState;
import io.orrery.gossip.history.MemberHistory;
import io.orrery.gossip.message.Claim;
import io.orrery.gossip.message.Held;
import io.orrery.kernel.Check;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;

/**
 * What this node says of itself: the only maker of its incarnations.
 *
 * <ul>
 *   <li>E1: each change of what it says is a later incarnation, and rumoured.
 *   <li>E2: an accusation at its present incarnation is refuted by the next one (SWIM, section 4.2).
 *   <li>E3: a word about an incarnation that it never had is that of a life it forgot: it makes a generation above it
 *       durable, and then presents that. Above by a random amount: there may be later lives that this peer has not heard
 *       of, and no two may share a generation.
 *   <li>E4: a word about an earlier incarnation is outdated; whoever said it should be told.
 * </ul>
 */
public final class Presence {
    private static final int RAISE_MAX = 1 << 20;

    private final Kernel kernel;
    private final MemberTable table;
    private final Spreader spreader;
    private final LocalHealth health;
    private final GenerationFile generation;
    private final Listeners listeners;
    private final GossipCounters counters;
    private final MemberHistory history;
    private boolean leaving;

    public Presence(
            Kernel kernel,
            MemberTable table,
            Spreader spreader,
            LocalHealth health,
            Listeners listeners,
            GossipCounters counters,
            MemberHistory history,
            int generationVersion) {
        this.kernel = kernel;
        this.table = table;
        this.spreader = spreader;
        this.health = health;
        this.generation = new GenerationFile(kernel, counters, generationVersion);
        this.listeners = listeners;
        this.counters = counters;
        this.history = history;
    }

    /** Makes this boot's generation, and presents it when it is durable. */
    public void boot(Runnable onBooted) {
        generation.boot(durable -> {
            present(table.self().with(MemberState.ALIVE, new Incarnation(durable, 0)), "boot");
            onBooted.run();
        });
    }

    /** E1: says {@code after} from now on. */
    private void present(Member after, String why) {
        Member before = table.self();
        Check.that(after.incarnation().isAfter(before.incarnation()), "E1: own incarnations rise");
        history.onPresented(before, after);
        table.put(after);
        spreader.add(Claim.own(after));
        if (kernel.trace().isOn()) {
            kernel.trace().transition("present", after + ", " + why);
        }
        listeners.onChange(before.incarnation().equals(Incarnation.NONE) ? null : before, after);
    }

    /** Says that it leaves. */
    public void becomeLeft() {
        leaving = true;
        if (table.peers().isEmpty()) {
            kernel.trace().reached(GossipMarks.LEFT_ALONE);
        }
        present(table.self().with(MemberState.LEFT, next()), "leave");
    }

    /** Says that it is back. */
    public void becomeAlive() {
        leaving = false;
        present(table.self().with(MemberState.ALIVE, next()), "rejoin");
    }

    /** Says something else of itself; before boot, from boot on. */
    public void change(Member changed) {
        if (changed.incarnation().equals(Incarnation.NONE)) {
            table.put(changed);
        } else {
            present(changed.with(changed.state(), next()), "metadata");
        }
    }

    private Incarnation next() {
        return table.self().incarnation().refuted();
    }

    /** Its own claim. */
    public Claim claim() {
        return Claim.own(table.self());
    }

    /** Whether a peer that holds this of us knows all there is to know. */
    public boolean isUpToDate(Held held) {
        return held != null
                && held.state() == MemberState.ALIVE
                && held.incarnation().equals(table.self().incarnation());
    }

    /** Whether that is no earlier life of this node but another one of its name, which runs elsewhere. */
    boolean isAnother(Member claimed) {
        Member self = table.self();
        return claimed.incarnation().isAfter(self.incarnation())
                && !claimed.address().equals(self.address());
    }

    /**
     * E2, E3, E4: what a peer holds of us.
     *
     * @param held null if it does not know us
     * @return whether the peer is behind and should be told
     */
    public boolean onHeld(NodeId from, Held held) {
        if (held == null || leaving) {
            return false;
        }
        Incarnation own = table.self().incarnation();
        int order = held.incarnation().compareTo(own);
        boolean accused = order == 0 && held.state() != MemberState.ALIVE;
        if (order > 0 || accused && own.refutations() == Integer.MAX_VALUE) {
            maybeRaiseGeneration(from, held);
            return false;
        }
        if (accused) {
            counters.count(Counter.REFUTATIONS);
            kernel.trace().reached(GossipMarks.REFUTED);
            health.add(1);
            history.onAccused(table.self(), held.state(), from);
            present(table.self().with(MemberState.ALIVE, next()), "refute " + held.state() + " held by " + from);
        }
        return order < 0 || accused;
    }

    private void maybeRaiseGeneration(NodeId from, Held held) {
        // One may be on disk that was never presented: the node had begun to leave when it was durable.
        long known = Math.max(held.incarnation().generation(), generation.persisted());
        long above = known + 1 + kernel.prng().below(RAISE_MAX);
        if (above > Incarnation.GENERATION_MAX) {
            counters.count(Counter.REFUSED_NONSENSE);
        } else if (!generation.isBusy()) {
            counters.count(Counter.GENERATIONS_RAISED);
            kernel.trace().reached(GossipMarks.GENERATION_RAISED);
            generation.persist(above, durable -> {
                if (!leaving) {
                    String why = from + " holds " + held.state() + " " + held.incarnation();
                    present(table.self().with(MemberState.ALIVE, new Incarnation(durable, 0)), why);
                }
            });
        }
    }

    public void checkInvariants() {
        Member self = table.self();
        Check.that(self.state() == (leaving ? MemberState.LEFT : MemberState.ALIVE), "a node does not accuse itself");
    }
}
