package io.orrery.gossip.registry.disk;

import io.orrery.gossip.registry.RegistryCounters;
import io.orrery.gossip.registry.RegistryCounters.Counter;
import io.orrery.gossip.registry.RegistryMarks;
import io.orrery.gossip.registry.cell.Cell;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Storage;
import io.orrery.kernel.Time;
import io.orrery.kernel.codec.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A replica on disk: {@code state}, the last snapshot, and {@code journal-N}, this node's own writes since.
 *
 * <ul>
 *   <li>D1: a snapshot replaces the one before it by a rename of a file that was synced: there is always a whole one.
 *   <li>D2: a snapshot is begun by rotating the journal, and the journals before it are deleted after its rename: each own
 *       write that was told durable is in one of the two.
 *   <li>D3: what cannot be read counts as lost, and is counted. The replica then has seen less, which its peers mend.
 * </ul>
 */
public final class RegistryDisk {
    private static final String STATE = "state";
    private static final String FRESH = "state.new";
    private static final int BLOCK_CELLS = 512;
    private static final long RETRY_NANOS = Time.seconds(1);

    /**
     * What a boot finds.
     *
     * @param journal this node's own writes, in the order in which they were made; some may be in the snapshot too
     * @param participants the nodes whose word is needed before a tombstone of the journal is collected
     */
    public record Loaded(Snapshot snapshot, List<Cell> journal, SortedSet<NodeId> participants) {}

    private final Kernel kernel;
    private final RegistryCounters counters;
    private final Journal journal;
    private final TreeSet<Long> journals = new TreeSet<>();
    private long number;
    private boolean isBusy;

    public RegistryDisk(Kernel kernel, RegistryCounters counters) {
        this.kernel = kernel;
        this.counters = counters;
        this.journal = new Journal(kernel, counters);
    }

    // ---- reading

    /** Reads all there is, and hands it over in an event of its own. */
    public void load(Consumer<Loaded> done) {
        kernel.storage().list((files, failure) -> {
            if (failure != null) {
                counters.count(Counter.STORAGE_RETRIES);
                kernel.timer("list-retry", () -> load(done)).restart(RETRY_NANOS);
                return;
            }
            files.forEach(file -> note(file.name()));
            FileReader.read(kernel.storage(), STATE, content -> onState(content, files, done));
        });
    }

    private void note(String file) {
        if (file.startsWith(Journal.PREFIX)) {
            try {
                journals.add(Long.parseLong(file.substring(Journal.PREFIX.length())));
            } catch (NumberFormatException e) {
                kernel.trace().transition("registry-odd-file", file);
            }
        }
    }

    private void onState(BlockFile.Content content, List<Storage.FileStat> files, Consumer<Loaded> done) {
        Snapshot snapshot = Snapshot.parse(content.blocks());
        boolean exists = files.stream().anyMatch(file -> file.name().equals(STATE));
        if (snapshot == null && exists) {
            counters.count(Counter.FILES_DAMAGED);
            kernel.trace().reached(RegistryMarks.SNAPSHOT_DAMAGED);
        }
        number = content.number();
        Snapshot found = snapshot == null ? Snapshot.empty() : snapshot;
        readJournals(new ArrayList<>(journals), 0, new Loaded(found, new ArrayList<>(), new TreeSet<>()), done);
    }

    private void readJournals(List<Long> numbers, int next, Loaded loaded, Consumer<Loaded> done) {
        if (next == numbers.size()) {
            number = Math.max(number, numbers.isEmpty() ? 0 : numbers.get(next - 1)) + 1;
            journal.rotate(number);
            journals.add(number);
            done.accept(loaded);
            return;
        }
        FileReader.read(kernel.storage(), Journal.file(numbers.get(next)), content -> {
            Snapshot.parseJournal(content.blocks(), loaded.journal(), loaded.participants());
            readJournals(numbers, next + 1, loaded, done);
        });
    }

    // ---- writing

    /** Makes an own write durable; before {@link #load} is over too. */
    public void append(Cell cell, SaveCallback callback) {
        journal.append(cell, callback);
    }

    /** Who takes part from now on: durable before the next own write is, whether one comes or not. */
    public void participants(List<NodeId> nodes) {
        journal.participants(nodes);
    }

    /** Own writes that are not durable yet. */
    public int unsaved() {
        return journal.pending();
    }

    public boolean isBusy() {
        return isBusy;
    }

    /**
     * D2: writes a snapshot of what is held now.
     *
     * @param done runs when that is over, with whether it was written
     */
    public void write(Snapshot snapshot, Consumer<Boolean> done) {
        isBusy = true;
        number++;
        journal.rotate(number);
        journals.add(number);
        long mine = number;
        Storage storage = kernel.storage();
        storage.truncate(FRESH, 0, (none, failure) -> {
            if (!maybeFail(failure, done)) {
                storage.write(FRESH, 0, BlockFile.header(mine), (written, unwritten) -> {
                    if (!maybeFail(unwritten, done)) {
                        writeOn(snapshot, mine, 0, BlockFile.HEADER_BYTES, done);
                    }
                });
            }
        });
    }

    private void writeOn(Snapshot snapshot, long mine, int from, long offset, Consumer<Boolean> done) {
        int to = Math.min(snapshot.cells().size(), from + BLOCK_CELLS);
        boolean isLast = from == to;
        Bytes content = isLast
                ? snapshot.endBlock()
                : Snapshot.cellsBlock(snapshot.cells().subList(from, to));
        Bytes block = BlockFile.block(mine, offset, content);
        kernel.storage().write(FRESH, offset, block, (none, failure) -> {
            if (maybeFail(failure, done)) {
                return;
            }
            if (isLast) {
                finish(mine, done);
            } else {
                writeOn(snapshot, mine, to, offset + block.length(), done);
            }
        });
    }

    /** D1. */
    private void finish(long mine, Consumer<Boolean> done) {
        Storage storage = kernel.storage();
        storage.sync(FRESH, (synced, unsynced) -> {
            if (!maybeFail(unsynced, done)) {
                storage.rename(FRESH, STATE, (renamed, stuck) -> {
                    if (!maybeFail(stuck, done)) {
                        for (long old : journals.headSet(mine)) {
                            storage.delete(Journal.file(old), (deleted, kept) -> {});
                        }
                        journals.headSet(mine).clear();
                        counters.count(Counter.SNAPSHOTS_WRITTEN);
                        isBusy = false;
                        done.accept(true);
                    }
                });
            }
        });
    }

    private boolean maybeFail(Storage.Failure failure, Consumer<Boolean> done) {
        if (failure == null) {
            return false;
        }
        counters.count(Counter.STORAGE_RETRIES);
        kernel.trace().transition("registry-snapshot-failed", failure.reason());
        kernel.storage().delete(FRESH, (none, kept) -> {});
        isBusy = false;
        done.accept(false);
        return true;
    }
}
