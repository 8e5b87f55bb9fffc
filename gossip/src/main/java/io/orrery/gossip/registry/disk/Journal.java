package io.orrery.gossip.registry.disk;

import io.orrery.gossip.registry.RegistryCounters;
import io.orrery.gossip.registry.RegistryCounters.Counter;
import io.orrery.gossip.registry.RegistryMarks;
import io.orrery.gossip.registry.cell.Cell;
import io.orrery.kernel.Check;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Storage;
import io.orrery.kernel.Time;
import io.orrery.kernel.Timer;
import io.orrery.kernel.codec.Bytes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * This node's own writes, in the order of their numbers, in files that succeed each other.
 *
 * <ul>
 *   <li>J1: a write is told durable only after the sync of the block it is in.
 *   <li>J2: one block is on its way at a time, and one that failed is written again at its place before any later: a journal
 *       has no gaps.
 *   <li>J3: with each write whoever took part when it was made is durable, and soon without one: else a life that finds a delete, or
 *       makes one, would not know whom to wait for before it forgets that.
 * </ul>
 */
final class Journal {
    static final String PREFIX = "journal-";

    private static final long RETRY_NANOS = Time.seconds(1);
    private static final int BLOCK_CELLS_MAX = 256;

    private static final class Pending {
        private final Cell cell;
        private SaveCallback callback;

        private Pending(Cell cell, SaveCallback callback) {
            this.cell = cell;
            this.callback = callback;
        }
    }

    private final Kernel kernel;
    private final RegistryCounters counters;
    private final Timer retry;
    private final ArrayDeque<Pending> pending = new ArrayDeque<>();
    private long number;
    private long end;
    private boolean isWriting;
    /** Writes of the block that is on its way, the first of those pending. */
    private int writing;
    /** J3: not in any block that was written; null if nothing changed. */
    private List<NodeId> participants;

    private List<NodeId> participantsWriting;

    private boolean rotates;

    Journal(Kernel kernel, RegistryCounters counters) {
        this.kernel = kernel;
        this.counters = counters;
        this.retry = kernel.timer("journal-retry", this::write);
    }

    static String file(long number) {
        return PREFIX + number;
    }

    /** What is written from now on goes into a file of this number. */
    void rotate(long newNumber) {
        Check.that(newNumber > number, "journals are numbered upwards", newNumber, number);
        number = newNumber;
        end = 0;
        rotates = isWriting;
    }

    /** J3: does not wait for a write to go with. */
    void participants(List<NodeId> nodes) {
        participants = nodes;
        kernel.defer(this::write);
    }

    void append(Cell cell, SaveCallback callback) {
        pending.add(new Pending(cell, callback));
        if (pending.size() == 1) {
            kernel.defer(this::write);
        }
    }

    int pending() {
        return pending.size();
    }

    private void write() {
        if (isWriting || pending.isEmpty() && participants == null || number == 0) {
            return;
        }
        isWriting = true;
        List<Cell> cells = new ArrayList<>();
        for (Pending one : pending) {
            if (cells.size() < BLOCK_CELLS_MAX) {
                cells.add(one.cell);
            }
        }
        writing = cells.size();
        participantsWriting = participants;
        Storage storage = kernel.storage();
        String file = file(number);
        if (end == 0) {
            storage.write(file, 0, BlockFile.header(number), (none, failure) -> {});
            end = BlockFile.HEADER_BYTES;
        }
        Bytes block = BlockFile.block(number, end, Snapshot.journalBlock(participants, cells));
        storage.write(file, end, block, (none, failure) -> {
            if (failure != null) {
                onFailed(failure);
            } else {
                storage.sync(file, (synced, unsynced) -> {
                    if (unsynced != null) {
                        onFailed(unsynced);
                    } else {
                        onWritten(block.length());
                    }
                });
            }
        });
    }

    /** J1. */
    private void onWritten(int length) {
        if (!rotates) {
            end += length;
        }
        rotates = false;
        isWriting = false;
        if (participants == participantsWriting) {
            participants = null;
        }
        List<SaveCallback> durable = new ArrayList<>();
        for (; writing > 0; writing--) {
            SaveCallback callback = pending.remove().callback;
            if (callback != null) {
                durable.add(callback);
            }
        }
        durable.forEach(callback -> callback.onSaved(null));
        write();
    }

    /** J2: at the same place; the header too, if it was with it. */
    private void onFailed(Storage.Failure failure) {
        counters.count(Counter.STORAGE_RETRIES);
        kernel.trace().reached(RegistryMarks.WRITE_UNSAVED);
        kernel.trace().transition("registry-unsaved", failure.reason());
        if (end == BlockFile.HEADER_BYTES) {
            end = 0;
        }
        rotates = false;
        isWriting = false;
        writing = 0;
        List<SaveCallback> told = new ArrayList<>();
        for (Pending one : pending) {
            if (one.callback != null) {
                counters.count(Counter.WRITES_UNSAVED);
                told.add(one.callback);
                one.callback = null;
            }
        }
        retry.restart(RETRY_NANOS);
        told.forEach(callback -> callback.onSaved(failure.reason()));
    }
}
