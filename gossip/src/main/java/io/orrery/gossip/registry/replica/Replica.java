package io.orrery.gossip.registry.replica;

import io.orrery.gossip.Member;
import io.orrery.gossip.Membership;
import io.orrery.gossip.MembershipListener;
import io.orrery.gossip.registry.RegistryConfig;
import io.orrery.gossip.registry.RegistryCounters;
import io.orrery.gossip.registry.RegistryCounters.Counter;
import io.orrery.gossip.registry.RegistryMarks;
import io.orrery.gossip.registry.cell.Adoption;
import io.orrery.gossip.registry.cell.Cell;
import io.orrery.gossip.registry.cell.CellListener;
import io.orrery.gossip.registry.cell.CellStore;
import io.orrery.gossip.registry.cell.HybridClock;
import io.orrery.gossip.registry.cell.Keys;
import io.orrery.gossip.registry.cell.Kind;
import io.orrery.gossip.registry.cell.Origin;
import io.orrery.gossip.registry.cell.Versions;
import io.orrery.gossip.registry.disk.SaveCallback;
import io.orrery.kernel.Check;
import io.orrery.kernel.Description;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.Timer;
import io.orrery.kernel.codec.Bytes;
import java.util.List;
import java.util.SortedMap;

/**
 * One of the registry's two sets of cells, on this node: its lives and its writes. What is written goes to all at once, what that
 * missed is found by digests and pulled ({@link Talk}).
 *
 * <ul>
 *   <li>R1: nothing is written, told or asked before this life has its origin: its generation is durable, and what the disk
 *       holds is loaded.
 *   <li>R2: no two lives share an origin. One that is found retired, or whose sessions are found void, is followed by another.
 *   <li>R3: what would go beyond a limit is not taken: then this node stops learning, and says so ({@link #isFull}).
 *   <li>R4: a life that begins with nothing writes nothing before it has learnt what there is ({@link PeerBook#hasLearnt}), unless
 *       its node is to found a cluster: else a write with the stamp of a slow clock could be beaten, on some nodes and not on
 *       others, by a tombstone that some have collected.
 *   <li>R5: a node that has left writes nothing until it is back: members forget who has left soon, wait for it no more, and
 *       what it brought then could be older than what they have collected (step 5 of CellStore's proof).
 * </ul>
 *
 * <p>What holds between replicas is told by {@link CellStore}. For the node's thread; give it a kernel scope of its own.
 */
public final class Replica implements Protocol, MembershipListener {
    /** The registry's protocol number; a replica is a group of it. */
    public static final int PROTOCOL = 9;

    private static final long RAISE_MAX = 1 << 20;

    private final Kernel kernel;
    private final Membership membership;
    private final RegistryConfig config;
    private final int cellsMax;
    private final Saved saved;
    private final RegistryCounters counters;
    private final HybridClock clock;
    private final CellStore store;
    private final PeerBook book;
    private final Intake intake;
    private final Talk talk;
    private final Tidy tidy;
    private final FreshWrites fresh;
    private final Timer tidying;
    private Runnable onLife = () -> {};
    private Runnable onLoad = () -> {};
    private final boolean isFounder;
    private boolean isLoaded;
    private boolean isFresh;
    private Origin origin;
    private long storeLife;
    private long sequence;
    private Origin checkedOrigin;
    private long checkedSequence = -1;
    private long checkedChanges = -1;

    /**
     * @param group 0 for settings, 1 for sessions
     * @param cellsMax cells held at most, with tombstones
     * @param isFounder whether this node may be the first of its cluster: it has nobody to learn from
     * @param keepsDisk whether it outlives its node
     */
    public Replica(
            Kernel kernel,
            Membership membership,
            RegistryConfig config,
            int group,
            int cellsMax,
            boolean isFounder,
            boolean keepsDisk,
            CellListener listener) {
        this.kernel = kernel;
        this.membership = membership;
        this.config = config;
        this.cellsMax = cellsMax;
        this.isFounder = isFounder;
        counters = new RegistryCounters();
        clock = new HybridClock(config.driftMillisMax());
        store = new CellStore(config.changesMax(), listener);
        book = new PeerBook(kernel.self(), membership, config.forgottenNanos());
        saved = keepsDisk ? new Saved(kernel, config, store, book, clock, counters) : null;
        intake = new Intake(this, kernel, config, cellsMax, store, clock, counters);
        tidy = new Tidy(this, membership, book, store, counters, kernel.trace());
        fresh = new FreshWrites(store, kernel.timer("fresh", this::flush), config.batchNanos(), config.sliceBytesMax());
        talk = new Talk(this, kernel, membership, config, group, book, intake);
        tidying = kernel.timer("tidy", this::onTidyDue);
        membership.listen(this);
    }

    /** Runs whenever this node begins a life here: what it stands for is to be written under it. Set once, before the start. */
    public void onLife(Runnable task) {
        onLife = task;
    }

    /** Runs when what was on disk is held here. Set once, before the start. */
    public void onLoad(Runnable task) {
        onLoad = task;
    }

    // ---- lives

    @Override
    public void start() {
        if (saved != null) {
            saved.load(this::onLoaded);
        } else {
            onLoaded();
        }
    }

    private void onLoaded() {
        isLoaded = true;
        isFresh = !isFounder && (saved == null || saved.isFresh());
        maybeBegin();
        onLoad.run();
    }

    /** R4. */
    void maybeLearnt() {
        if (isFresh && book.hasLearnt()) {
            isFresh = false;
            becomeWritable();
        }
    }

    private void becomeWritable() {
        declareLife(self(), origin.life());
        kernel.defer(onLife);
    }

    /** R1. */
    private void maybeBegin() {
        long generation = membership.self().incarnation().generation();
        if (!isLoaded || generation == 0 || origin != null && origin.life() >= generation) {
            return;
        }
        boolean first = origin == null;
        beginLife(generation);
        if (first) {
            tidying.restart(config.tidyNanos());
            if (saved != null) {
                saved.start();
            }
            talk.start();
        }
    }

    /** R2: a life above all that were ever seen of this node. */
    private void beginLife(long atLeast) {
        Versions seen = store.seen();
        long known = Math.max(store.life(self()), seen.retired().getOrDefault(self(), 0L));
        for (Origin other : seen.sequences().keySet()) {
            known = other.node().equals(self()) ? Math.max(known, other.life()) : known;
        }
        // Drawn, since a life that was forgotten with its disk may have gone on from the very same.
        long life = atLeast > known ? atLeast : known + 1 + kernel.prng().below(RAISE_MAX);
        Origin before = origin;
        flush();
        origin = new Origin(self(), life);
        sequence = 0;
        storeLife = before == null ? life : storeLife;
        if (kernel.trace().isOn()) {
            kernel.trace().transition("registry-life", origin + " after " + before);
        }
        adoptClosed();
        if (!isFresh) {
            becomeWritable();
        }
    }

    /** Sessions that the node wrote in lives before this one are void. */
    void declareLife(NodeId node, long life) {
        Bytes key = Keys.of(Kind.LIFE, node.name());
        Cell held = store.find(key);
        put(key, Bytes.EMPTY, life, stamp(held), false, null);
    }

    /** A stamp for a write over what is held, which may be null: above that, and above all that was collected. */
    public long stamp(Cell held) {
        return Math.max(clock.next(kernel.wallMillis(), held), store.floorStamp() + 1);
    }

    /** R2: whether another life is to begin, because this one is over by what others say. */
    void maybeFollowOn() {
        if (origin != null && (store.seen().isRetired(origin) || store.life(self()) > origin.life())) {
            kernel.trace().reached(RegistryMarks.SESSIONS_REASSERTED);
            beginLife(0);
        }
    }

    // ---- writes

    /** Why nothing can be written now; null if it can. */
    public String whyNotWritable() {
        if (origin == null) {
            return "the registry is not loaded yet";
        }
        if (isFresh) {
            return "this node began with nothing and has not heard yet what the others know";
        }
        if (!membership.self().isLive()) {
            return "this node has left its cluster, which forgets it: nobody would hear of it";
        }
        if (store.table().size() >= cellsMax) {
            return "the registry is full: " + cellsMax + " entries, deleted ones that somebody has not seen among them";
        }
        return saved != null && saved.unsaved() >= config.unsavedMax()
                ? "the disk does not keep up: " + saved.unsaved() + " writes wait for it"
                : null;
    }

    /**
     * Writes a cell. To be asked first: {@link #whyNotWritable}.
     *
     * @param stamp above that of what it replaces
     * @param done told when it is durable; at the end of this event if it is never to be; may be null
     */
    public Cell put(Bytes key, Bytes value, long epoch, long stamp, boolean deleted, SaveCallback done) {
        Check.that(origin != null, "R1: nothing is written before the life has its origin");
        Check.that(!isFresh, "R4: nothing is written before it is known what there is");
        return write(new Cell(key, value, epoch, stamp, deleted, origin, sequence + 1), done);
    }

    /** Writes what is held once more, as it stands, under this life. */
    void rewrite(Cell cell) {
        write(cell.rewritten(origin, sequence + 1), null);
    }

    /**
     * CellStore's S5. Also before it is known what there is: R4 is about stamps.
     *
     * @param floorStamp that it is to be above; 0 for none
     */
    void adopt(Cell cell, long floorStamp) {
        write(Adoption.of(cell, floorStamp, origin, sequence + 1), null);
        counters.count(Counter.CELLS_ADOPTED);
        kernel.trace().reached(RegistryMarks.ADOPTED);
    }

    /** CellStore's S5: what is held of lives that are retired. */
    void adoptClosed() {
        store.closed().forEach(cell -> adopt(cell, 0));
    }

    private Cell write(Cell cell, SaveCallback done) {
        if (fresh.isFull(origin)) {
            flush();
        }
        store.write(cell);
        sequence = cell.sequence();
        fresh.add(cell);
        counters.count(Counter.WRITES);
        if (saved != null) {
            saved.append(cell, done);
        } else if (done != null) {
            kernel.defer(() -> done.onSaved(null));
        }
        return cell;
    }

    void flush() {
        fresh.flush(membership.cluster(), clock.last(), talk::sendFresh);
    }

    // ---- members

    @Override
    public void onChange(Member before, Member after) {
        if (after.node().equals(self())) {
            maybeBegin();
            return;
        }
        book.addParticipants(List.of(after.node()));
        noteParticipants();
        talk.onMember(before, after);
    }

    @Override
    public void onReaped(Member last) {
        if (membership.member(last.node()) == null) {
            book.forget(last.node());
        }
    }

    private void noteParticipants() {
        if (saved != null && origin != null) {
            saved.noteParticipants();
        }
    }

    /** What this node had seen when it was settled, and no crash takes away: what forgets all is another life, and knows it. */
    Versions kept() {
        return saved != null ? saved.kept() : store.seen();
    }

    /** As a pull says it; null if nothing can be said now. */
    Versions keptToTell(boolean distrusts) {
        if (saved != null) {
            return saved.kept();
        }
        return !distrusts && store.isSettled() ? store.seen() : null;
    }

    /** The life of this boot's store, to which positions of its changes belong. */
    long storeLife() {
        return storeLife;
    }

    // ---- upkeep

    private void onTidyDue() {
        noteParticipants();
        tidy.run(kernel.nowNanos());
        if (store.versionCount() > config.versionsMax() / 2) {
            store.foldFloors();
        }
        tidying.restart(config.tidyNanos());
    }

    // ---- what can be seen

    public NodeId self() {
        return kernel.self();
    }

    /** How many writes this life has made. */
    long sequence() {
        return sequence;
    }

    /** Whose words were refused because they cannot be so, and why; empty once this node agrees with them. */
    public SortedMap<NodeId, String> refusals() {
        return talk.refusals();
    }

    /** The origin of this life; null before it has begun. */
    public Origin origin() {
        return origin;
    }

    public CellStore store() {
        return store;
    }

    public HybridClock clock() {
        return clock;
    }

    public RegistryCounters counters() {
        return counters;
    }

    public PeerBook book() {
        return book;
    }

    /** Whether this node may be the first of its cluster. */
    boolean isFounder() {
        return isFounder;
    }

    /** R4: whether it began with nothing, and has not learnt from anybody yet. */
    public boolean isFresh() {
        return isFresh;
    }

    /** R3: whether the last of what peers sent was refused because it would not fit. */
    public boolean isFull() {
        return intake.isFull();
    }

    @Override
    public void describe(Description out) {
        out.value("life", origin == null ? 0 : origin.life());
        out.value("sequence", sequence);
        out.value("seen", store.seen().hash());
        out.value("live", store.liveCells());
        out.value("hash", store.liveHash());
        out.value("tombstones", store.tombstones());
    }

    /** Looks only when something has changed on which the answer depends: it is asked after every event. */
    @Override
    public void checkInvariants() {
        if (checkedChanges == store.changes() && checkedSequence == sequence && checkedOrigin == origin) {
            return;
        }
        checkedChanges = store.changes();
        checkedSequence = sequence;
        checkedOrigin = origin;
        Check.that(origin == null || isLoaded, "R1: a life begins when the disk is loaded");
        Check.that(
                origin == null
                        || sequence <= store.seen().sequence(origin)
                        || store.seen().isRetired(origin),
                "S1: own writes are seen",
                sequence);
    }
}
