package io.orrery.raft.snapshot;

import io.orrery.kernel.Kernel;
import io.orrery.kernel.Storage;
import io.orrery.kernel.Storage.Failure;
import io.orrery.kernel.StorageHaltException;
import io.orrery.kernel.codec.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The snapshots of one group on this node's disk: at most two complete ones, of which the older is there for replicas that
 * are still fetching it.
 *
 * <ul>
 *   <li>F1: a complete snapshot is deleted only when a later one is complete.
 * </ul>
 *
 * <p>For the node's thread.
 */
public final class SnapshotFiles {
    private static final int READS_MAX = 16;

    /** A file that was complete once, whatever it holds now. */
    public record Found(String name, long index, long term, long length) {}

    private final Kernel kernel;
    private final Storage storage;
    private final long group;

    /** Names of the files that are being fetched. */
    private final TreeSet<String> parts = new TreeSet<>();

    private SnapshotId latest;
    private SnapshotId previous;
    private long latestNanos;
    private SnapshotId damaged;
    private int reading;

    public SnapshotFiles(Kernel kernel, long group) {
        this.kernel = kernel;
        this.storage = kernel.storage();
        this.group = group;
    }

    /** Lists what there is, oldest first, and removes what was being taken when the node stopped. */
    public void find(Consumer<List<Found>> done) {
        storage.list((files, failure) -> {
            if (failure != null) {
                throw StorageHaltException.of(failure, "list the snapshots");
            }
            List<Found> found = new ArrayList<>();
            for (Storage.FileStat file : files) {
                String name = file.name();
                if (SnapshotName.isComplete(name)) {
                    found.add(new Found(name, SnapshotName.index(name), SnapshotName.term(name), file.length()));
                } else if (SnapshotName.isInstalling(name)) {
                    parts.add(name);
                } else if (SnapshotName.isTaking(name)) {
                    delete(name);
                }
            }
            done.accept(found);
        });
    }

    /** The latest complete snapshot that is intact, as far as this node knows; null if there is none. */
    public SnapshotId latest() {
        return latest;
    }

    /** When this node came to have it. */
    public long latestNanos() {
        return latestNanos;
    }

    /** A snapshot is complete, and durable. */
    public void onComplete(SnapshotId id) {
        damaged = id.equals(damaged) ? null : damaged;
        if (latest != null && latest.index() >= id.index()) {
            return;
        }
        deletePrevious();
        previous = latest;
        latest = id;
        latestNanos = kernel.nowNanos();
    }

    /** Makes room for another. */
    void deletePrevious() {
        if (previous != null) {
            delete(SnapshotName.complete(previous.index(), previous.term()));
            previous = null;
        }
    }

    /** F1: removes those of the files that are older than the latest. */
    public void deleteOlder(List<Found> files) {
        for (Found file : files) {
            boolean isServed = previous != null && previous.index() == file.index;
            if (latest != null && file.index < latest.index() && !isServed) {
                delete(file.name);
            }
        }
    }

    /** The complete file of this snapshot. */
    public Found found(SnapshotId id) {
        long length = SnapshotFormat.footerOffset(id) + SnapshotFormat.FOOTER_BYTES;
        return new Found(SnapshotName.complete(id.index(), id.term()), id.index(), id.term(), length);
    }

    /** The latest is damaged, and serves nobody from here on; its file stays until a later one is complete. */
    public void onDamaged(SnapshotId id) {
        damaged = id;
        if (id.equals(latest)) {
            latest = null;
        }
        if (id.equals(previous)) {
            deletePrevious();
        }
    }

    /** Whether the file of this snapshot is there and damaged, so that some of its slices may be intact. */
    boolean isDamaged(SnapshotId id) {
        return id.equals(damaged);
    }

    /** Whether some of this snapshot was fetched already; other parts are removed. */
    boolean hasPart(SnapshotId id) {
        String name = SnapshotName.installing(id);
        for (String part : new ArrayList<>(parts)) {
            if (!part.equals(name)) {
                deletePart(part);
            }
        }
        return !parts.add(name);
    }

    void deletePart(String name) {
        parts.remove(name);
        delete(name);
    }

    void onPartRenamed(String name) {
        parts.remove(name);
    }

    public boolean holds(SnapshotId id) {
        return id.equals(latest) || id.equals(previous);
    }

    /** Whether so many reads are under way that more must wait. */
    public boolean isBusy() {
        return reading >= READS_MAX;
    }

    /** Takes what was read: null if it is damaged. */
    public interface SliceReader {
        void onSlice(Bytes payload);
    }

    /** Reads one slice of a complete file. */
    public void read(SnapshotId id, int slice, SliceReader done) {
        reading++;
        read(SnapshotName.complete(id.index(), id.term()), id, slice, payload -> {
            reading--;
            done.onSlice(payload);
        });
    }

    void read(String name, SnapshotId id, int slice, SliceReader done) {
        int length = id.sliceLength(slice);
        long offset = SnapshotFormat.sliceOffset(id.sliceBytes(), slice);
        storage.read(
                name,
                offset,
                length + SnapshotFormat.CRC_BYTES,
                (framed, failure) -> done.onSlice(
                        failure != null ? null : SnapshotFormat.payload(framed, length, group, id.index(), slice)));
    }

    void readRaw(String name, long offset, int length, SliceReader done) {
        storage.read(name, offset, length, (bytes, failure) -> done.onSlice(failure == null ? bytes : null));
    }

    void write(String name, long offset, Bytes bytes, Consumer<Failure> done) {
        storage.write(name, offset, bytes, (nothing, failure) -> done.accept(failure));
    }

    void sync(String name, Consumer<Failure> done) {
        storage.sync(name, (nothing, failure) -> done.accept(failure));
    }

    void rename(String from, String to, Consumer<Failure> done) {
        storage.rename(from, to, (nothing, failure) -> done.accept(failure));
    }

    /** What cannot be deleted is deleted when the node starts again, or takes room. */
    void delete(String name) {
        storage.delete(name, (nothing, failure) -> {});
    }

    long group() {
        return group;
    }
}
