package io.orrery.gossip.check;

import io.orrery.gossip.registry.Registry;
import io.orrery.gossip.registry.RegistryCounters.Counter;
import io.orrery.gossip.registry.cell.Cell;
import io.orrery.gossip.registry.cell.CellOrder;
import io.orrery.gossip.registry.cell.CellStore;
import io.orrery.gossip.registry.cell.Kind;
import io.orrery.gossip.registry.cell.Origin;
import io.orrery.gossip.registry.cell.Versions;
import io.orrery.gossip.registry.replica.Replica;
import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The safety of the registry over all nodes; CellStore states it. What was written is learnt by looking at each writer after each
 * event.
 *
 * <ul>
 *   <li>V1 (S1): of each key, whoever has seen a write holds it, or what beats it, or nothing where a delete that beats it was
 *       made. So nothing comes back to life at whoever saw its delete. Of sessions CellStore's S1 has its exception: a life that
 *       began after a session's end, with nothing, and has not heard of it may write below that end.
 *   <li>V2 (S2): two that are settled and have seen the same hold the same live cells.
 *   <li>V3: what is held was written, by the node that it names, as it is; or is a tombstone inferred from it.
 *   <li>V4: a set seen never shrinks in one life of a replica.
 *   <li>V5: nobody says what cannot be. A node refuses that and goes on (replica.FrameRules), since it cannot know who is wrong;
 *       where all nodes run our code one of them is.
 * </ul>
 */
public final class RegistryInvariants {
    /** What was ever written to one of the two sets of cells. */
    private static final class Truth {
        /** Looks so far. */
        private long looks;
        /** When each life was first looked at. */
        private final TreeMap<Origin, Long> born = new TreeMap<>();
        /** When each write was first looked at; of sessions. */
        private final LinkedHashMap<Cell, Long> written = new LinkedHashMap<>();
        /** Sessions whose writers had not heard of what beat them then. */
        private final LinkedHashSet<Cell> unaware = new LinkedHashSet<>();
        /** Of each key, what beats comes first. */
        private final TreeMap<Bytes, TreeSet<Cell>> writes = new TreeMap<>();
        /** The live hash of those that had seen this. */
        private final TreeMap<Long, Long> liveHashes = new TreeMap<>();
    }

    private static final class Observer {
        private final Replica replica;
        private long changes = -1;
        private long position;
        private Versions seen = new Versions();
        /** All that was seen by number: what is only said to be of a retired life may never have come to anybody. */
        private final Versions byNumber = new Versions();

        private Observer(Replica replica) {
            this.replica = replica;
        }
    }

    private final Truth settings = new Truth();
    private final Truth sessions = new Truth();
    private final LinkedHashMap<NodeId, Observer> ofSettings = new LinkedHashMap<>();
    private final LinkedHashMap<NodeId, Observer> ofSessions = new LinkedHashMap<>();

    /** To be called after each event of a node, with its registry of the present boot. */
    public void observe(Registry registry) {
        observe(registry.settings(), settings, ofSettings);
        observe(registry.sessionCells(), sessions, ofSessions);
    }

    /** V5, for those who look at nothing else of it. */
    public static void checkRefusals(Registry registry) {
        checkRefusals(registry.settings());
        checkRefusals(registry.sessionCells());
    }

    private static void checkRefusals(Replica replica) {
        if (replica.counters().of(Counter.REFUSED_CONTRADICTION) > 0) {
            throw new Check.Violation("V5: " + replica.self() + " refused what cannot be: " + replica.refusals());
        }
    }

    private static void observe(Replica replica, Truth truth, LinkedHashMap<NodeId, Observer> observers) {
        Observer observer = observers.get(replica.self());
        if (observer == null || observer.replica != replica) {
            observer = new Observer(replica);
            observers.put(replica.self(), observer);
        }
        checkRefusals(replica);
        CellStore store = replica.store();
        if (observer.changes == store.changes()) {
            return;
        }
        observer.changes = store.changes();
        truth.looks++;
        if (replica.origin() != null) {
            truth.born.putIfAbsent(replica.origin(), truth.looks);
        }
        learn(observer, truth);
        Versions seen = store.seen();
        if (!seen.includes(observer.seen)) {
            throw new Check.Violation("V4: " + replica.self() + " had seen " + observer.seen + ", now " + seen);
        }
        observer.seen = seen;
        Versions byNumber = observer.byNumber;
        seen.sequences().forEach(byNumber::add);
        seen.strays().forEach((origin, beyond) -> beyond.forEach(stray -> byNumber.addOne(origin, stray)));
        truth.writes.forEach((key, writes) -> checkKey(replica, truth, key, writes, byNumber));
        checkEqual(replica, truth);
    }

    /** Notes what the replica itself wrote, and looks at what it took. */
    private static void learn(Observer observer, Truth truth) {
        CellStore store = observer.replica.store();
        long end = store.ring().end();
        NodeId own = observer.replica.self();
        for (long at = observer.position; at < end; at++) {
            if (store.ring().reaches(at)) {
                Cell cell = store.ring().cell(at);
                TreeSet<Cell> known = truth.writes.computeIfAbsent(
                        cell.key(), first -> new TreeSet<>((a, b) -> CellOrder.compare(b, a)));
                if (cell.origin().node().equals(own) && !isInferred(cell, known)) {
                    if (known.add(cell) && cell.kind() == Kind.SESSION) {
                        truth.written.put(cell, truth.looks);
                        noteUnaware(store, truth, known, cell);
                    }
                } else if (!cell.isDeleted() && !known.contains(cell)) {
                    throw new Check.Violation(
                            "V3: " + observer.replica.self() + " took " + cell + ", which nobody wrote");
                }
            }
        }
        observer.position = end;
    }

    /**
     * A tombstone that stands for one that others collected has the number of what it beats: it is no write, and whoever has seen that
     * number has not seen the delete. Not even its own writer, once it is back with a disk of before it was told.
     */
    private static boolean isInferred(Cell cell, TreeSet<Cell> known) {
        if (!cell.isDeleted()) {
            return false;
        }
        for (Cell other : known) {
            if (!other.isDeleted()
                    && other.sequence() == cell.sequence()
                    && other.origin().equals(cell.origin())) {
                return true;
            }
        }
        return false;
    }

    private static void noteUnaware(CellStore store, Truth truth, TreeSet<Cell> known, Cell cell) {
        for (Cell better : known.headSet(cell, false)) {
            if (!store.seen().covers(better) && store.floorStamp() < better.stamp()) {
                truth.unaware.add(cell);
            }
        }
    }

    /** V1's exception. */
    private static boolean mayStandBelow(Truth truth, Cell held, Cell best) {
        return held != null
                && truth.unaware.contains(held)
                && truth.born.getOrDefault(held.origin(), 0L) > truth.written.getOrDefault(best, Long.MAX_VALUE);
    }

    private static void checkKey(Replica replica, Truth truth, Bytes key, TreeSet<Cell> writes, Versions seen) {
        CellStore store = replica.store();
        Cell best = null;
        for (Cell write : writes) {
            // Of a retired life floors tell what had come: such as a void session that was collected with it.
            if (seen.covers(write) || store.hasSeen(write)) {
                best = write;
                break;
            }
        }
        if (best == null) {
            return;
        }
        Cell held = store.find(key);
        boolean isGone = best.isDeleted() || store.isVoid(best) || isDeletedBeyond(best, writes);
        boolean holdsNone = held == null || held.isDeleted() || store.isVoid(held);
        boolean holds = holdsNone && isGone || held != null && CellOrder.compare(held, best) >= 0;
        if (!holds && !(isGone && mayStandBelow(truth, held, best))) {
            throw new Check.Violation("V1: " + replica.self() + " has seen " + best
                    + (store.isVoid(best) ? " (void)" : "") + " and holds "
                    + (held == null ? "nothing" : held + (store.isVoid(held) ? " (void)" : "")));
        }
    }

    /** A delete that beats it was made, and may have been collected before it came here. */
    private static boolean isDeletedBeyond(Cell write, TreeSet<Cell> writes) {
        for (Cell other : writes.headSet(write, false)) {
            if (other.isDeleted()) {
                return true;
            }
        }
        return false;
    }

    private static void checkEqual(Replica replica, Truth truth) {
        CellStore store = replica.store();
        if (!store.isSettled()) {
            return;
        }
        Long before = truth.liveHashes.putIfAbsent(store.seen().hash() ^ store.closedHash(), store.liveHash());
        if (before != null && before != store.liveHash()) {
            throw new Check.Violation("V2: " + replica.self() + " is settled, has seen " + store.seen()
                    + ", and holds something else than another that has");
        }
    }

    /**
     * Whether a write of settings that was acknowledged stands, or something that beats it: null if so, else what is wrong.
     *
     * <p>A delete that beats it may be collected when every member has seen it. From then on nothing is held of the key; or, where
     * a node was forgotten and returned, the earlier delete that it still holds. Both say that the key is deleted, and are right if
     * a delete beyond the write was made. If none was it is lost, and so it is where an earlier write stands that is no delete.
     */
    public String whyLost(Registry registry, Cell write) {
        Replica replica = registry.settings();
        Cell held = replica.store().find(write.key());
        if (!replica.store().seen().covers(write)) {
            return replica.self() + " never saw " + write;
        }
        if (held != null && CellOrder.compare(held, write) >= 0) {
            return null;
        }
        TreeSet<Cell> made = settings.writes.get(write.key());
        boolean isGone = held == null || held.isDeleted();
        if (isGone && (write.isDeleted() || made != null && isDeletedBeyond(write, made))) {
            return null;
        }
        return replica.self() + " holds " + (held == null ? "nothing" : held) + " where " + write + " was acknowledged";
    }

    /**
     * Whether all live nodes have seen the same, hold the same, and have agreed on it lately. To be asked after faults have ended
     * and some time has passed; looks through all cells.
     *
     * @return null if they do, else who does not
     */
    public static String divergence(Collection<Registry> live) {
        Registry first = null;
        for (Registry registry : live) {
            String wrong = first == null ? ofOne(registry) : ofTwo(first, registry);
            if (wrong != null) {
                return wrong;
            }
            first = first == null ? registry : first;
        }
        return null;
    }

    private static String ofOne(Registry registry) {
        if (registry.settings().origin() == null || registry.sessionCells().origin() == null) {
            return registry.settings().self() + " has not begun";
        }
        registry.settings().store().audit();
        registry.sessionCells().store().audit();
        return null;
    }

    private static String ofTwo(Registry first, Registry other) {
        String wrong = ofOne(other);
        if (wrong == null) {
            wrong = difference("settings", first.settings(), other.settings());
        }
        return wrong != null ? wrong : difference("sessions", first.sessionCells(), other.sessionCells());
    }

    private static String difference(String what, Replica a, Replica b) {
        if (!a.store().isSettled() || !b.store().isSettled()) {
            return what + " of " + (a.store().isSettled() ? b : a).self() + " are not settled";
        }
        if (!a.store().seen().equals(b.store().seen())) {
            return what + ": " + a.self() + " has seen " + a.store().seen() + ", " + b.self() + " has seen "
                    + b.store().seen();
        }
        return a.store().liveHash() == b.store().liveHash()
                ? null
                : what + " differ between " + a.self() + " and " + b.self();
    }
}
