package io.orrery.raft.log;

import io.orrery.kernel.Storage;
import io.orrery.kernel.Storage.Failure;
import io.orrery.kernel.codec.Bytes;
import java.util.function.Consumer;

/**
 * Reads a file of which some sectors may be unreadable: those are given as zeros, which no checksum accepts, so that the rest
 * is not lost with them.
 */
final class CarefulReader {
    private static final int SECTOR_BYTES = 512;

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
                bySector(file, offset, new byte[length], 0, done);
            }
        });
    }

    private void bySector(String file, long offset, byte[] into, int at, Consumer<Bytes> done) {
        if (at >= into.length) {
            done.accept(Bytes.wrap(into));
            return;
        }
        int length = (int) Math.min(into.length - at, SECTOR_BYTES - (offset + at) % SECTOR_BYTES);
        storage.read(file, offset + at, length, (Bytes bytes, Failure failure) -> {
            if (failure != null) {
                unreadable++;
            } else if (bytes.length() < length) {
                System.arraycopy(bytes.array(), bytes.offset(), into, at, bytes.length());
                done.accept(Bytes.wrap(into, 0, at + bytes.length()));
                return;
            } else {
                System.arraycopy(bytes.array(), bytes.offset(), into, at, length);
            }
            bySector(file, offset, into, at + length, done);
        });
    }
}
