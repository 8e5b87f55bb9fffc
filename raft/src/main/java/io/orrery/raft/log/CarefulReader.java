package io.orrery.raft.log;

import io.orrery.kernel.Storage;
import io.orrery.kernel.Storage.Failure;
import io.orrery.kernel.codec.Bytes;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Reads a file of which some sectors may be unreadable: those are given as zeros, which no checksum accepts, so that the rest
 * is not lost with them.
 */
final class CarefulReader {
    private static final int SECTOR_BYTES = 512;
    private static final int FIRST_BYTES = 8 * SECTOR_BYTES;

    private final Storage storage;
    private long unreadable;

    CarefulReader(Storage storage) {
        this.storage = storage;
    }

    /** How many sectors could not be read so far. */
    long unreadable() {
        return unreadable;
    }

    void read(String file, long offset, int length, Consumer<Bytes> done) {
        storage.read(file, offset, length, (bytes, failure) -> {
            if (failure == null) {
                done.accept(bytes);
            } else {
                bySector(file, offset, length, new byte[Math.min(length, FIRST_BYTES)], 0, done);
            }
        });
    }

    /** The file may end long before {@code length}: the array grows with what there is. */
    private void bySector(String file, long offset, int length, byte[] into, int at, Consumer<Bytes> done) {
        if (at >= length) {
            done.accept(Bytes.wrap(into, 0, length));
            return;
        }
        int wanted = (int) Math.min(length - at, SECTOR_BYTES - (offset + at) % SECTOR_BYTES);
        byte[] room = at + wanted <= into.length ? into : Arrays.copyOf(into, Math.min(length, 2 * into.length));
        storage.read(file, offset + at, wanted, (Bytes bytes, Failure failure) -> {
            if (failure != null) {
                unreadable++;
            } else if (bytes.length() < wanted) {
                System.arraycopy(bytes.array(), bytes.offset(), room, at, bytes.length());
                done.accept(Bytes.wrap(room, 0, at + bytes.length()));
                return;
            } else {
                System.arraycopy(bytes.array(), bytes.offset(), room, at, wanted);
            }
            bySector(file, offset, length, room, at + wanted, done);
        });
    }
}
