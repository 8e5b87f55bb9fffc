package io.orrery.raft.progress;

import io.orrery.kernel.Check;
import java.util.Arrays;

/**
 * The AppendEntries that are on their way to one peer: their last indexes, rising, and their bytes.
 *
 * <ul>
 *   <li>I1: at most as many as the limit; bytes may pass theirs by one message, so that any message can be sent.
 * </ul>
 */
public final class Inflights {
    private final int messagesMax;
    private final long bytesMax;
    private long[] lastIndexes = new long[4];
    private int[] sizes = new int[4];
    private int head;
    private int count;
    private long bytes;

    public Inflights(int messagesMax, long bytesMax) {
        this.messagesMax = messagesMax;
        this.bytesMax = bytesMax;
    }

    public int count() {
        return count;
    }

    public long bytes() {
        return bytes;
    }

    public boolean isEmpty() {
        return count == 0;
    }

    public boolean isFull() {
        return count == messagesMax || bytes >= bytesMax;
    }

    /** Notes a message whose last entry is at {@code lastIndex}. */
    public void add(long lastIndex, int size) {
        Check.that(!isFull(), "I1: a message is sent within the limits", count, bytes);
        Check.that(count == 0 || lastIndex > newest(), "messages in flight have rising indexes", lastIndex);
        if (count == lastIndexes.length) {
            grow();
        }
        int slot = head + count & lastIndexes.length - 1;
        lastIndexes[slot] = lastIndex;
        sizes[slot] = size;
        count++;
        bytes += size;
    }

    /** Forgets the messages whose entries are all acknowledged. */
    public void freeTo(long index) {
        while (count > 0 && lastIndexes[head] <= index) {
            bytes -= sizes[head];
            head = head + 1 & lastIndexes.length - 1;
            count--;
        }
        Check.that(bytes >= 0, "bytes in flight are not negative", bytes);
    }

    /** The last index of the oldest message under way; any where there is none. */
    public long oldest() {
        return lastIndexes[head];
    }

    public void clear() {
        head = 0;
        count = 0;
        bytes = 0;
    }

    private long newest() {
        return lastIndexes[head + count - 1 & lastIndexes.length - 1];
    }

    private void grow() {
        int capacity = lastIndexes.length;
        long[] indexes = Arrays.copyOf(lastIndexes, capacity * 2);
        int[] bytesEach = Arrays.copyOf(sizes, capacity * 2);
        for (int i = 0; i < count; i++) {
            indexes[i] = lastIndexes[head + i & capacity - 1];
            bytesEach[i] = sizes[head + i & capacity - 1];
        }
        lastIndexes = indexes;
        sizes = bytesEach;
        head = 0;
    }
}
