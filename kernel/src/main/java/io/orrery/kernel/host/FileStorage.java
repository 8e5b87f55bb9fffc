package io.orrery.kernel.host;

import io.orrery.kernel.Check;
import io.orrery.kernel.Storage;
import io.orrery.kernel.loop.NodeKernel;
import java.util.function.Consumer;

/**
 * A node's files: the node's thread issues operations here, {@link DiskThread} performs them, their completions come back
 * through the inbox.
 *
 * <p>Operations issued in one duty cycle reach the disk together at its end ({@link #flush}), and whatever piles up while
 * the device is busy is performed as one batch: one force per file serves all its syncs.
 *
 * <ul>
 *   <li>I1: operations in flight are bounded in number and bytes; a protocol that does not wait for its disk halts.
 * </ul>
 *
 * <p>For the node's thread.
 */
final class FileStorage implements AutoCloseable {
    private final HostConfig config;
    private final DiskQueue queue;
    private final DiskThread disk;
    private int operationsInFlight;
    private long bytesInFlight;

    /**
     * @param onBatch posts completions to the node, in order
     * @param onBroken a sync failed: the node must halt before any later completion
     */
    FileStorage(
            String node,
            DataDirectory directory,
            HostConfig config,
            HostCounters counters,
            Consumer<Iterable<DiskOperation>> onBatch,
            Consumer<Throwable> onBroken) {
        this.config = config;
        this.queue = new DiskQueue(config.storageOperationsMax());
        this.disk = new DiskThread(node, directory, queue, config, counters, onBatch, onBroken);
        disk.start();
    }

    Storage scope(NodeKernel node, String path) {
        return new ScopeStorage(node, this, path);
    }

    void issue(DiskOperation operation) {
        operationsInFlight++;
        bytesInFlight += operation.dataBytes();
        Check.that(
                operationsInFlight <= config.storageOperationsMax(),
                "I1: a protocol waits for its disk (storageOperationsMax)",
                operationsInFlight);
        Check.that(
                bytesInFlight <= config.storageBytesMax(),
                "I1: a protocol waits for its disk (storageBytesMax)",
                bytesInFlight);
        Check.that(queue.offer(operation), "I1: the queue holds every operation in flight");
    }

    /** An operation's completion is about to run. */
    void over(DiskOperation operation) {
        operationsInFlight--;
        bytesInFlight -= operation.dataBytes();
        Check.that(operationsInFlight >= 0, "an operation completes once", operationsInFlight);
    }

    /** Hands to the disk what was issued since the last call. */
    void flush() {
        if (queue.maybeRelease()) {
            disk.wakeUp();
        }
    }

    /** Performs what was issued, closes all files and unlocks the directory. */
    @Override
    public void close() {
        flush();
        disk.finish(config.stopNanosMax());
    }

    /** Lower-case letters, digits, dot and hyphen, not starting with a dot. */
    static boolean isFileName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '.' && i > 0)) {
                return false;
            }
        }
        return !name.isEmpty() && name.length() <= 255;
    }
}
