package io.orrery.kernel.host;

import io.orrery.kernel.Check;
import io.orrery.kernel.loop.NodeEvent;
import java.util.concurrent.atomic.AtomicLong;
import org.jctools.queues.varhandle.MpscVarHandleArrayQueue;
import org.jctools.queues.varhandle.SpscVarHandleArrayQueue;

/**
 * Where other threads leave events for a node's thread.
 *
 * <ul>
 *   <li>I1: frames and tasks are bounded in number and bytes, and refused beyond that.
 *   <li>I2: storage completions have a queue of their own with room for every operation in flight, so none is refused.
 *   <li>I3: an event offered while the consumer sleeps wakes it.
 * </ul>
 *
 * <p>Any thread offers; one thread, the storage's, completes; the node's thread takes.
 */
final class Inbox {
    private final MpscVarHandleArrayQueue<NodeEvent> items;
    private final SpscVarHandleArrayQueue<NodeEvent> completions;
    private final AtomicLong queuedBytes = new AtomicLong();
    private final long bytesMax;

    Inbox(int itemsMax, long bytesMax, int completionsMax) {
        items = new MpscVarHandleArrayQueue<>(itemsMax);
        completions = new SpscVarHandleArrayQueue<>(completionsMax);
        this.bytesMax = bytesMax;
    }

    /**
     * @param bytes held by the event; to be given back by {@link #release} once it ran
     * @return false if it found no room
     */
    boolean offer(NodeEvent event, int bytes) {
        long after = queuedBytes.addAndGet(bytes);
        if (after > bytesMax && after > bytes || !items.offer(event)) {
            queuedBytes.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    void complete(NodeEvent event) {
        Check.that(completions.offer(event), "I2: a completion always finds room");
    }

    /** The next completion, else the next item, else null. */
    NodeEvent poll() {
        NodeEvent completion = completions.relaxedPoll();
        return completion != null ? completion : items.relaxedPoll();
    }

    /** Gives back the bytes of frames taken. */
    void release(long bytes) {
        if (bytes != 0) {
            queuedBytes.addAndGet(-bytes);
        }
    }

    boolean isEmpty() {
        return completions.isEmpty() && items.isEmpty();
    }

    int size() {
        return items.size() + completions.size();
    }

    long queuedBytes() {
        return queuedBytes.get();
    }
}
