package io.orrery.kernel;

import io.orrery.kernel.codec.Bytes;
import java.util.List;

/**
 * Files of one scope, asynchronous and low on purpose: logs, checksums and recovery are our own code, so that they run
 * under the simulator's faults.
 *
 * <p>What holds:
 *
 * <ul>
 *   <li>Operations on one file take effect in the order they were issued, and complete in that order.
 *   <li>Only {@link #sync} makes writes and truncations of a file durable. Until its completion a crash may lose, keep
 *       or tear any of them, sector by sector.
 *   <li>{@link #rename} and {@link #delete} are atomic, and durable once complete.
 *   <li>A failed sync halts the node before its completion would run: what the disk holds is unknown, and a second try
 *       that succeeds proves nothing.
 * </ul>
 *
 * <p>A protocol releases a vote or an acknowledgement only from the completion that made it durable. File names are
 * lower-case letters, digits, dot and hyphen.
 */
public interface Storage {
    /**
     * Writes at an offset, extending the file as needed (a gap reads as zeros); creates the file. Once this write and a sync
     * issued after it are complete, the array behind {@code data} may be used again: whoever keeps the bytes longer copies them.
     */
    void write(String file, long offset, Bytes data, Completion<Void> done);

    /** Makes all earlier operations on the file durable, and the file's name too if it is new. */
    void sync(String file, Completion<Void> done);

    /** Reads up to {@code length} bytes; fewer at the end of the file, none if it does not exist. */
    void read(String file, long offset, int length, Completion<Bytes> done);

    /** Cuts, or extends with zeros, to {@code length} bytes; creates the file. */
    void truncate(String file, long length, Completion<Void> done);

    /** Replaces {@code to}, if it exists, by {@code from}. */
    void rename(String from, String to, Completion<Void> done);

    /** Removes a file; no failure if there is none. */
    void delete(String file, Completion<Void> done);

    /** Lists the scope's own files (not its children's), sorted by name. */
    void list(Completion<List<FileStat>> done);

    /** A file's name and length in bytes. */
    record FileStat(String name, long length) {}

    /** Why an operation failed. The text is for people. */
    record Failure(Kind kind, String reason) {
        public enum Kind {
            /** No space left; nothing was written beyond what the device took. */
            FULL,
            /** The device refused; the range is to be taken as unreadable or unwritten. */
            IO
        }
    }

    /**
     * Runs as an event of its own when an operation is over.
     *
     * @param <T> what the operation yields
     */
    @FunctionalInterface
    interface Completion<T> {
        /**
         * @param value the result; null for operations without one, and after a failure
         * @param failure null if it succeeded
         */
        void onComplete(T value, Failure failure);
    }
}
