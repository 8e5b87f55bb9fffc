package io.orrery.gossip.registry.replica;

import io.orrery.gossip.registry.RegistryConfig;
import io.orrery.gossip.registry.RegistryCounters;
import io.orrery.gossip.registry.RegistryMarks;
import io.orrery.gossip.registry.cell.Cell;
import io.orrery.gossip.registry.cell.CellStore;
import io.orrery.gossip.registry.cell.HybridClock;
import io.orrery.gossip.registry.cell.Versions;
import io.orrery.gossip.registry.disk.RegistryDisk;
import io.orrery.gossip.registry.disk.SaveCallback;
import io.orrery.gossip.registry.disk.Snapshot;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.Timer;
import java.util.ArrayList;
import java.util.List;

/**
 * What of a replica outlives its node.
 *
 * <ul>
 *   <li>D4: only a settled replica is written, as it is at one instant. So whatever a life finds on its disk it has seen, and says
 *       so: CellStore's proof needs it.
 *   <li>D5: the journal's writes are taken in the order of their numbers; behind a gap they are held and not claimed.
 *   <li>D6: who takes part is written when it changes, whether something else is to be written or not: a life must wait for whom
 *       the one before it knew. It is of use for replicas without a disk, too.
 * </ul>
 */
final class Saved {
    private final Kernel kernel;
    private final RegistryConfig config;
    private final CellStore store;
    private final PeerBook book;
    private final HybridClock clock;
    private final RegistryDisk disk;
    private final Timer snapshot;
    private long savedChanges = -1;
    private Versions kept = new Versions();
    private boolean isFresh;
    private long savedParticipants;
    private long snapshotParticipants = -1;

    Saved(
            Kernel kernel,
            RegistryConfig config,
            CellStore store,
            PeerBook book,
            HybridClock clock,
            RegistryCounters counters) {
        this.kernel = kernel;
        this.config = config;
        this.store = store;
        this.book = book;
        this.clock = clock;
        this.disk = new RegistryDisk(kernel, counters);
        this.snapshot = kernel.timer("snapshot", this::onSnapshotDue);
    }

    /** Loads what there is; {@code done} runs in the event in which that is over. */
    void load(Runnable done) {
        disk.load(loaded -> {
            onLoaded(loaded);
            done.run();
        });
    }

    private void onLoaded(RegistryDisk.Loaded loaded) {
        Snapshot found = loaded.snapshot();
        found.cells().forEach(store::merge);
        store.join(found.seen());
        store.joinFloors(found.floors());
        store.raiseFloorStamp(found.floorStamp());
        kept = found.seen();
        isFresh = found.stamp() == 0 && loaded.journal().isEmpty();
        book.addParticipants(found.participants());
        book.addParticipants(loaded.participants());
        clock.observe(found.stamp(), kernel.wallMillis());
        boolean replayed = false;
        for (Cell cell : loaded.journal()) {
            if (!store.hasSeen(cell)) {
                replayed = true;
                store.merge(cell);
                if (store.seen().sequence(cell.origin()) + 1 == cell.sequence()) {
                    store.see(cell.origin(), cell.sequence());
                }
            }
        }
        if (replayed) {
            kernel.trace().reached(RegistryMarks.JOURNAL_REPLAYED);
        }
    }

    /** From now on snapshots are written. */
    void start() {
        noteParticipants();
        snapshot.restart(config.snapshotNanos());
    }

    void append(Cell cell, SaveCallback done) {
        noteParticipants();
        disk.append(cell, done);
    }

    /** D6. */
    void noteParticipants() {
        if (savedParticipants != book.participantChanges()) {
            savedParticipants = book.participantChanges();
            disk.participants(book.participants());
        }
    }

    /** What the replica on disk had seen: no crash takes it away. */
    Versions kept() {
        return kept;
    }

    /** Whether the disk held nothing. */
    boolean isFresh() {
        return isFresh;
    }

    int unsaved() {
        return disk.unsaved();
    }

    /** D4. */
    private void onSnapshotDue() {
        snapshot.restart(config.snapshotNanos());
        book.look(kernel.nowNanos());
        boolean isSame = savedChanges == store.changes() && snapshotParticipants == book.participantChanges();
        if (disk.isBusy() || isSame || !store.isSettled()) {
            return;
        }
        List<Cell> cells = new ArrayList<>(store.table().size());
        store.table().forEach(cells::add);
        long changes = store.changes();
        long participants = book.participantChanges();
        Snapshot now = new Snapshot(
                cells, store.seen(), store.floors(), clock.last(), store.floorStamp(), book.participants());
        disk.write(now, written -> {
            savedChanges = written ? changes : -1;
            snapshotParticipants = written ? participants : -1;
            kept = written ? now.seen() : kept;
        });
    }
}
