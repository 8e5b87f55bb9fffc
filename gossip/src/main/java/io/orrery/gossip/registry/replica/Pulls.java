package io.orrery.gossip.registry.replica;

import io.orrery.gossip.registry.RegistryConfig;
import io.orrery.gossip.registry.RegistryCounters;
import io.orrery.gossip.registry.RegistryCounters.Counter;
import io.orrery.gossip.registry.RegistryMarks;
import io.orrery.gossip.registry.cell.Cell;
import io.orrery.gossip.registry.cell.Versions;
import io.orrery.gossip.registry.message.Mode;
import io.orrery.gossip.registry.message.RegistryMessage.Slice;
import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.trace.Trace;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;

/**
 * The pulls under way: one from a peer at a time, and a limit on all of them.
 *
 * <ul>
 *   <li>P1: a slice is taken only if it begins where the last ended, or begins anew with a claim.
 *   <li>P2: the claim of the first slice is joined only when the last has come.
 *   <li>P3: a pull without an answer is asked on where it stands, some times; then it is dropped. Whoever finds no room comes
 *       again with a later digest.
 *   <li>P4: no two pulls have one number, not even of two lives of this node: an answer to a question of the life before says
 *       what that one lacked, and claims all.
 * </ul>
 */
final class Pulls {
    private static final int TRIES_MAX = 5;

    /** One pull. */
    static final class Progress {
        private final long number;
        private final boolean distrusts;
        private Mode mode = Mode.START;
        private long life;
        private long cursor;
        private Versions claim;
        private long closedHash;
        private final List<Cell> absent = new ArrayList<>();
        private long position;
        private long stamp;
        private long deadline;
        private int tries;
        private boolean bringsLate;

        private Progress(long number, long life, long cursor, boolean distrusts) {
            this.number = number;
            this.life = life;
            this.cursor = cursor;
            this.distrusts = distrusts;
        }

        long number() {
            return number;
        }

        Mode mode() {
            return mode;
        }

        long life() {
            return life;
        }

        long cursor() {
            return cursor;
        }

        Versions claim() {
            return claim;
        }

        /** What is held here, and the teller has dropped: so far. */
        List<Cell> absent() {
            return absent;
        }

        /** What the teller had seen of retired lives, when it claimed. */
        long closedHash() {
            return closedHash;
        }

        /** Whether all is to be told, whatever was seen. */
        boolean distrusts() {
            return distrusts;
        }

        /** Whether it brought something that had been lost. */
        boolean bringsLate() {
            return bringsLate;
        }

        void onLate() {
            bringsLate = true;
        }

        long position() {
            return position;
        }

        long stamp() {
            return stamp;
        }
    }

    private final RegistryConfig config;
    private final RegistryCounters counters;
    private final Trace trace;
    private final TreeMap<NodeId, Progress> progress = new TreeMap<>();
    private long numbers;

    /** @param firstNumber drawn anew for each life */
    Pulls(RegistryConfig config, RegistryCounters counters, Trace trace, long firstNumber) {
        this.numbers = firstNumber;
        this.config = config;
        this.counters = counters;
        this.trace = trace;
    }

    /** P3: the pull to ask the peer for now; null for none. */
    Progress maybeBegin(NodeId peer, long life, long position, boolean distrusts, long nowNanos) {
        Progress under = progress.get(peer);
        if (under != null) {
            if (nowNanos < under.deadline) {
                return null;
            }
            if (++under.tries <= TRIES_MAX) {
                under.deadline = nowNanos + config.pullNanos();
                if (under.mode != Mode.START) {
                    trace.reached(RegistryMarks.PULL_RESUMED);
                }
                return under;
            }
            drop(peer);
        }
        dropExpired(nowNanos);
        if (progress.size() >= config.pullsMax()) {
            return null;
        }
        Progress fresh = new Progress(++numbers, life, position, distrusts);
        fresh.deadline = nowNanos + config.pullNanos();
        progress.put(peer, fresh);
        counters.count(Counter.PULLS_BEGUN);
        Check.that(progress.size() <= config.pullsMax(), "pulls are bounded", progress.size());
        return fresh;
    }

    private void dropExpired(long nowNanos) {
        if (progress.size() < config.pullsMax()) {
            return;
        }
        Iterator<Progress> all = progress.values().iterator();
        while (all.hasNext()) {
            if (all.next().deadline <= nowNanos) {
                all.remove();
                counters.count(Counter.PULLS_DROPPED);
            }
        }
    }

    /** P1: the pull that the slice goes on with; null if it is of none. */
    Progress accept(NodeId from, Slice slice) {
        Progress under = progress.get(from);
        if (under == null || under.number != slice.number()) {
            return null;
        }
        if (slice.claim() != null) {
            boolean fits = slice.mode() == Mode.CHANGES
                    ? slice.life() == under.life && slice.from() == under.cursor && under.mode != Mode.MISSING
                    : slice.from() == 0;
            if (!fits) {
                return null;
            }
            under.mode = slice.mode();
            under.life = slice.life();
            under.claim = slice.claim();
            under.absent.clear();
            under.closedHash = slice.closedHash();
            under.position = slice.position();
            under.stamp = slice.stamp();
        } else if (under.claim == null
                || slice.mode() != under.mode
                || slice.life() != under.life
                || slice.from() != under.cursor) {
            return null;
        }
        return under;
    }

    /** The slice was taken: the pull goes on behind it. */
    void advance(Progress under, Slice slice, long nowNanos) {
        Check.that(slice.to() >= slice.from(), "P1: a pull does not go back", slice.to(), slice.from());
        under.cursor = slice.to();
        under.tries = 0;
        under.deadline = nowNanos + config.pullNanos();
    }

    void end(NodeId peer) {
        if (progress.remove(peer) != null) {
            counters.count(Counter.PULLS_ENDED);
        }
    }

    void drop(NodeId peer) {
        if (progress.remove(peer) != null) {
            counters.count(Counter.PULLS_DROPPED);
        }
    }

    /**
     * Whether one is under way: then much may be held ahead of its claim. One that nobody answers is not: it is asked for again
     * only when a digest says that there is something to ask for, which may be never.
     */
    boolean isAny(long nowNanos) {
        if (!progress.isEmpty()) {
            for (Progress under : progress.values()) {
                if (nowNanos < under.deadline) {
                    return true;
                }
            }
        }
        return false;
    }
}
