package io.orrery.gossip.registry.cell;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What a replica holds: a cell a key, what it has seen, and what it has collected.
 *
 * <p><b>Convergence.</b> Every write has a number of its own: (origin, sequence). With seen(p) the set of writes that replica p
 * has seen ({@link Versions}), and max the order of {@link CellOrder}, this holds at any time, on every replica:
 *
 * <pre>
 *   for each write w in seen(p):   p holds a cell of w's key that is w or beats w,
 *                                  or p holds none, or an older tombstone or void session, and one that is
 *                                  or beats w was collected                                             (S1)
 *
 *   hence, when p holds nothing that is not in seen(p) (p is settled), and so is q:
 *
 *   seen(p) = seen(q)   ⇒   what is live at p = what is live at q                                         (S2)
 * </pre>
 *
 * <p>For then both hold, of each key, the maximum of the same set of writes, or nothing where that is a tombstone. So a digest
 * (hash of seen, settled) that is equal says that the peer holds what we hold; the hash of the live cells that it carries too
 * is redundant, and audits S2.
 *
 * <p><b>Nothing comes back to life.</b> A tombstone t is dropped at r only when r knows of each other member m, alive or not, a
 * set K(m) that m had seen when it was settled, and that m cannot forget (it is on its disk, if it has one), with t in K(m) and
 * K(m) within seen(r). Then:
 *
 * <ol>
 *   <li>A write w that t beats, and that m held before it saw t, is in K(m) (settled), and so is in seen(r). The same holds for
 *       what m finds on its disk when it restarts: only settled states are written there.
 *   <li>A write that m makes after it saw t beats t if it is of the same key. As long as m holds t by the clock's C3; when m has
 *       collected t because it is above {@link #floorStamp}; and a life that begins with nothing writes only after it has
 *       pulled from a peer, of which it has t, or the peer's floorStamp (Replica's R4).
 *   <li>So where t was dropped w is never taken again: it was seen, and is not held (S1).
 *   <li>Where w is still held, or is held again after a restart, t was not seen. But t is in {@link #floors} of r, and who asks r
 *       without having seen all of floors is not told only what it lacks: it is told all that r holds, and drops of what it
 *       holds itself all that r has seen and no longer has ({@link #dropAbsent}). Among that is w. What r has not seen
 *       stays: it is news.
 *   <li>A member that was forgotten (after {@code RetentionConfig}'s time) is no longer waited for; when it returns, 3. holds for
 *       it as well, for all w that t's writer had seen. A write that only the forgotten one knew is news then, as
 *       if it had been made on its return.
 * </ol>
 *
 * <p><b>Strangers.</b> Members that lost their disks do not know for whom they are to wait, and who was forgotten is waited for no more. So K
 * may leave out a replica, and 1. fails. S1 does not rest on it: {@link Adoption} has that proof.
 *
 * <p>Time has no part in this: a member that is dead, and not yet forgotten, keeps all tombstones that it has not seen. The
 * rules:
 *
 * <ul>
 *   <li>S1: as above. So a cell that comes in, was seen, and is not held, was collected: it is ignored. One that was seen and beats
 *       what is held breaks the rule: the frame that brought it is refused (replica.FrameRules), since a peer that is wrong must not
 *       stop a node that may be right. Which of the two it was is for a checker that sees both ({@code check.RegistryInvariants}).
 *   <li>S1 has one exception: sessions are in memory. Nodes that restart together and hear of each other first take up their clients'
 *       sessions without knowing what those collected who went on, and a void session that somebody still holds beats them. The audit of S2
 *       finds it, the void session is taken once more, and whoever stands for the client hears of it and writes above it.
 *   <li>S3: all that was ever collected here, or by whom it was inferred from, is in floors.
 *   <li>S5: what was seen is told apart by number, also of lives that are retired ({@link #hasSeen}): there the floors have the
 *       numbers. A write of a retired life that was not seen before is news, of a stranger, and adopted: its own number can mean nothing
 *       any more. Two that retired a life, and have seen different writes of it, have not seen the same: {@link #closedHash}.
 *   <li>S4: a session of a life that ended is void: neither counted nor shown, and collected like a tombstone. It beats what it
 *       beat before, or two replicas that saw the same would differ by what they saw first.
 * </ul>
 */
public final class CellStore {
    private final CellTable table = new CellTable();
    private final Versions seen = new Versions();
    private final Floors floors = new Floors();
    private final Tallies tallies = new Tallies();
    private final ChangeRing ring;
    private final CellListener listener;
    private final ArrayDeque<Cell> tombstones = new ArrayDeque<>();
    private final Extras extras = new Extras(this::hasSeen);
    private long changes;
    private Versions seenCopy;
    /** Of which set seen, and of which floors, {@link #closedHash} is. */
    private Versions closedOf;

    private long closedFloors;
    private long closedHash;

    /**
     * @param ringCapacity changes remembered; a power of two
     */
    public CellStore(int ringCapacity, CellListener listener) {
        this.ring = new ChangeRing(ringCapacity);
        this.listener = listener;
    }

    // ---- changes

    /** Takes a write of this node: the next of its origin. */
    public void write(Cell cell) {
        Check.that(seen.sequence(cell.origin()) + 1 == cell.sequence(), "writes are numbered", cell.sequence());
        Check.that(
                !seen.isRetired(cell.origin()),
                "a retired origin writes no more",
                cell.origin().life());
        see(cell.origin(), cell.sequence());
        Cell held = table.find(cell.key());
        if (held == null || CellOrder.compare(cell, held) > 0) {
            place(held, cell);
        }
    }

    /**
     * Takes a cell that another replica holds; what that one has seen is joined separately, when all of it has come. One that
     * {@link #contradicts} must not come here: what peers say is judged before.
     *
     * @return whether anything changed
     */
    public boolean merge(Cell cell) {
        Cell held = table.find(cell.key());
        boolean covered = hasSeen(cell);
        if (held == null) {
            if (covered) {
                return false;
            }
        } else if (CellOrder.compare(cell, held) <= 0) {
            return false;
        }
        Check.that(!covered || mayBeatThoughSeen(cell), "S1: what contradicts was judged before", cell.sequence());
        place(held, cell);
        if (!covered) {
            extras.add(cell);
        }
        return true;
    }

    /**
     * Whether a cell breaks S1: it was seen, and beats what is held nevertheless. So either this node has lost what it had, or
     * who tells it says what was never so.
     */
    public boolean contradicts(Cell cell) {
        if (mayBeatThoughSeen(cell) || !hasSeen(cell)) {
            return false;
        }
        Cell held = table.find(cell.key());
        return held != null && CellOrder.compare(cell, held) > 0;
    }

    /** A tombstone may be inferred from the very cell that it beats; of sessions S1 has its exception. */
    private static boolean mayBeatThoughSeen(Cell cell) {
        return cell.isDeleted() || cell.kind() == Kind.SESSION;
    }

    private void place(Cell held, Cell cell) {
        if (held != null) {
            tallies.count(held, -1);
        }
        table.put(cell);
        tallies.count(cell, 1);
        if (cell.isDeleted()) {
            tombstones.add(cell);
        }
        ring.append(cell);
        changes++;
        if (cell.kind() == Kind.LIFE && !cell.isDeleted()) {
            maybeVoid(cell);
        }
        listener.onChange(held, cell);
    }

    /** S4: a life began, so those before it are over. */
    private void maybeVoid(Cell cell) {
        NodeId node = Keys.node(cell.key());
        if (node != null && tallies.begin(node, cell.epoch())) {
            listener.onVoided(node, cell.epoch());
        }
    }

    /** All of the origin's writes up to this one have come, or something that beats them. */
    public void see(Origin origin, long sequence) {
        if (seen.add(origin, sequence)) {
            onSeenChanged();
        }
    }

    /** All that a replica holds has come which had seen this: the end of a pull. */
    public void join(Versions claim) {
        for (Map.Entry<NodeId, Long> entry : claim.retired().entrySet()) {
            floors.raise(seen, entry.getKey(), entry.getValue());
        }
        if (seen.join(claim)) {
            onSeenChanged();
        }
    }

    private void onSeenChanged() {
        seenCopy = null;
        changes++;
    }

    /** Whether the write came here, by its own number: of a life that is retired that is not so of all. */
    public boolean hasSeen(Cell cell) {
        return seen.counts(cell) || seen.isRetired(cell.origin()) && floors.covers(cell);
    }

    /** Whether the life that wrote it is retired: nothing more is taken as it is that was not seen before. */
    boolean isClosed(Cell cell) {
        return seen.isRetired(cell.origin());
    }

    /** S5: the cells that are to be adopted because the life that wrote them is retired, which had not been seen when it was. */
    public List<Cell> closed() {
        List<Cell> closed = extras.takeClosed(seen);
        closed.removeIf(cell -> table.find(cell.key()) != cell || isLive(cell));
        if (tallies.holdsLiveOfRetired(seen)) {
            table.forEach(cell -> {
                if (isLive(cell) && seen.isRetired(cell.origin())) {
                    closed.add(cell);
                }
            });
        }
        return closed;
    }

    /** S3: what the teller collected is collected here too, once all that it holds has come and what it has not was dropped. */
    public void joinFloors(Versions theirs) {
        floors.join(theirs);
        changes++;
        if (!tallies.holdsLiveOfRetired(seen)) {
            return;
        }
        List<Cell> absent = new ArrayList<>();
        table.forEach(cell -> {
            if (!cell.isDeleted() && seen.isRetired(cell.origin()) && theirs.covers(cell)) {
                absent.add(cell);
            }
        });
        absent.forEach(cell -> place(cell, cell.collectedElsewhere()));
    }

    /** What the teller collected had stamps up to this one. */
    public void raiseFloorStamp(long stamp) {
        floors.raiseStamp(stamp);
    }

    /** No tombstone that was collected here, or by whom was pulled from, had a later stamp: what is written is above it. */
    public long floorStamp() {
        return floors.stamp();
    }

    /** S3: of what is held in a range of hashes, what the teller has seen ({@code claim}) and no longer has ({@code present}). */
    public List<Cell> absent(long from, long to, List<Cell> present, Versions claim) {
        TreeSet<Bytes> keys = new TreeSet<>();
        present.forEach(cell -> keys.add(cell.key()));
        List<Cell> absent = new ArrayList<>();
        table.forEach(from, to, cell -> {
            if (!cell.isDeleted() && claim.counts(cell) && !keys.contains(cell.key())) {
                absent.add(cell);
            }
        });
        return absent;
    }

    /**
     * S3: drops what is {@link #absent}, as far as it stands yet, in the event that joins the claim: before, S2 would not hold. A
     * tombstone remains of each. Returns how many were dropped.
     */
    public int dropAbsent(List<Cell> absent) {
        int dropped = 0;
        for (Cell cell : absent) {
            if (table.find(cell.key()) == cell) {
                place(cell, cell.collectedElsewhere());
                dropped++;
            }
        }
        return dropped;
    }

    // ---- collection

    /** Looks at so many tombstones, and drops those whose write is in {@code passed}. Returns how many were dropped. */
    public int collect(Versions passed, int most) {
        int dropped = 0;
        for (int left = Math.min(tombstones.size(), most); left > 0; left--) {
            Cell tombstone = tombstones.poll();
            if (table.find(tombstone.key()) == tombstone) {
                if (passed.covers(tombstone)) {
                    drop(tombstone);
                    dropped++;
                } else {
                    tombstones.add(tombstone);
                }
            }
        }
        return dropped;
    }

    /** S4: drops the void sessions of a range of hashes whose write is in {@code passed}. */
    public int collectVoid(long from, long to, Versions passed) {
        List<Cell> over = new ArrayList<>();
        table.forEach(from, to, cell -> {
            if (isVoid(cell) && !cell.isDeleted() && passed.covers(cell)) {
                over.add(cell);
            }
        });
        over.forEach(this::drop);
        return over.size();
    }

    private void drop(Cell cell) {
        table.remove(cell);
        tallies.count(cell, -1);
        floors.add(cell, seen.isStray(cell.origin(), cell.sequence()));
        changes++;
    }

    /**
     * Retires all origins of a node up to a life: nothing of them may be held.
     *
     * @throws Check.Violation if something is
     */
    public void retire(NodeId node, long life) {
        Check.that(!holdsOf(node, life), "only origins of which nothing is held are retired", life);
        floors.raise(seen, node, life);
        if (seen.retire(node, life)) {
            onSeenChanged();
        }
    }

    /** Forgets how far the floors of retired origins reached: whoever has not retired them is to be told all. */
    public void foldFloors() {
        floors.fold(seen);
    }

    /** Whether cells are held of a node's lives up to one. */
    public boolean holdsOf(NodeId node, long life) {
        return tallies.holdsOf(node, life);
    }

    /** Some cells of an origin that are neither deleted nor void, at most so many: looks through all. */
    public List<Cell> liveOf(Origin origin, int most) {
        List<Cell> found = new ArrayList<>();
        table.forEach(cell -> {
            if (found.size() < most && cell.origin().equals(origin) && isLive(cell)) {
                found.add(cell);
            }
        });
        return found;
    }

    // ---- what can be seen

    public Cell find(Bytes key) {
        return table.find(key);
    }

    /** The cell of a key if it is neither deleted nor void; else null. */
    public Cell findLive(Bytes key) {
        Cell cell = table.find(key);
        return cell == null || !isLive(cell) ? null : cell;
    }

    /** Whether it is neither deleted nor void. */
    boolean isLive(Cell cell) {
        return !cell.isDeleted() && !isVoid(cell);
    }

    /** S4. */
    public boolean isVoid(Cell cell) {
        return tallies.isVoid(cell);
    }

    /** Whether void sessions are still held. */
    public boolean holdsVoid() {
        return tallies.holdsVoid();
    }

    /** The life that a node is said to live; 0 if nothing is said. */
    public long life(NodeId node) {
        return tallies.life(node);
    }

    public CellTable table() {
        return table;
    }

    public ChangeRing ring() {
        return ring;
    }

    /** What was seen, as of now: a copy that nobody changes. */
    public Versions seen() {
        if (seenCopy == null) {
            seenCopy = new Versions(seen);
        }
        return seenCopy;
    }

    /** What was collected, as of now: a copy. */
    public Versions floors() {
        return floors.copy();
    }

    /**
     * S3: whether one that has seen this has seen all that was collected here, so that it may be told only what it lacks. That a life is
     * retired at both does not say that both have seen the same of it.
     *
     * @param closedHash its {@link #closedHash}; 0 if it is of an earlier release, which does not say it
     */
    public boolean knowsCollected(Versions theirs, long closedHash) {
        return floors.isWithin(theirs)
                && (closedHash == 0 || closedHash == closedHash(theirs) || !floors.reaches(theirs));
    }

    /** The hash of what had come of the origins that a set says are retired; not 0. Part of the wire format. */
    public long closedHash(Versions retiring) {
        long hash = floors.closed(seen, retiring).hash();
        return hash == 0 ? 1 : hash;
    }

    /** The same of those that are retired here. */
    public long closedHash() {
        if (closedOf != seen() || closedFloors != floors.hash()) {
            closedOf = seen();
            closedFloors = floors.hash();
            closedHash = closedHash(seen);
        }
        return closedHash;
    }

    /**
     * Says of what came in ahead of its turn, without those before it, that it was seen: S1 holds of each by itself. For when
     * who told it will tell no more.
     *
     * @param most if more came, nothing is done
     */
    public void absorb(int most) {
        if (extras.maybeAbsorb(seen, most)) {
            onSeenChanged();
        }
    }

    /** S2: whether nothing is or was held that was not seen. */
    public boolean isSettled() {
        return extras.isNone();
    }

    /** Of all cells that are neither deleted nor void. */
    public long liveHash() {
        return tallies.liveHash();
    }

    /** Cells of the kind that are neither deleted nor void. */
    public int live(Kind kind) {
        return tallies.live(kind);
    }

    public int liveCells() {
        return tallies.liveCells();
    }

    /** Tombstones that are held, and perhaps some that were held. */
    public int tombstones() {
        return tombstones.size();
    }

    /** Rises with every change of what is held or seen. */
    public long changes() {
        return changes;
    }

    /** Of keys and values. */
    public long bytes() {
        return tallies.bytes();
    }

    /** Numbers in what was seen and in what was collected. */
    public int versionCount() {
        return Math.max(seen.size(), floors.size());
    }

    /** That the sums are those of the cells: looks through all. */
    public void audit() {
        long[] sums = new long[3];
        table.forEach(cell -> {
            sums[0] += cell.length();
            if (isLive(cell)) {
                sums[1] ^= cell.hash();
                sums[2]++;
            }
        });
        Check.that(sums[0] == bytes(), "bytes are counted", sums[0], bytes());
        Check.that(sums[1] == liveHash(), "the hash is of the live cells", sums[1], liveHash());
        Check.that(sums[2] == liveCells(), "live cells are counted", sums[2], liveCells());
    }
}
