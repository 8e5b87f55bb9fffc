package io.orrery.kernel.host;

import io.orrery.kernel.Check;
import java.util.List;
import org.jctools.queues.varhandle.SpscVarHandleArrayQueue;

/**
 * Operations on their way from a node's thread to its disk's. What is issued is seen on the other side once it is released:
 * all of a duty cycle at once, however early the disk looks, so that one force serves all the cycle's syncs of a file.
 *
 * <p>{@link #drain} and {@link #hasReleased} are for the disk's thread, all else for the node's.
 */
final class DiskQueue {
    private final SpscVarHandleArrayQueue<DiskOperation> queue;
    private long issued;
    private volatile long released;
    private long drained;

    /**
     * @param operationsMax issued and not drained, at least
     */
    DiskQueue(int operationsMax) {
        this.queue = new SpscVarHandleArrayQueue<>(operationsMax);
    }

    /** Issues one; false if the queue is full. */
    boolean offer(DiskOperation operation) {
        if (!queue.offer(operation)) {
            return false;
        }
        issued++;
        return true;
    }

    /** Lets the disk have what was issued; whether there was anything new. */
    boolean maybeRelease() {
        if (released == issued) {
            return false;
        }
        released = issued;
        return true;
    }

    /** Whether there is something to drain. */
    boolean hasReleased() {
        return released != drained;
    }

    /**
     * Takes what was released, in order.
     *
     * @return how many were taken
     */
    int drain(List<DiskOperation> into, int operationsMax) {
        int count = (int) Math.min(operationsMax, released - drained);
        for (int i = 0; i < count; i++) {
            DiskOperation operation = queue.poll();
            Check.that(operation != null, "what was released is in the queue", drained);
            into.add(operation);
            drained++;
        }
        return count;
    }
}
