package io.orrery.raft;

import io.orrery.kernel.Check;

/**
 * The proposals that are in the leader's log and not answered: of each its index, its weight, and who waits for it. They lie in
 * arrays, without an object for each.
 *
 * <ul>
 *   <li>I1: their indexes rise.
 * </ul>
 */
final class Pending {
    private static final int SLOTS_MIN = 4;

    private long[] indexes = new long[SLOTS_MIN];
    private int[] sizes = new int[SLOTS_MIN];
    private Proposal.Callback[] callbacks = new Proposal.Callback[SLOTS_MIN];
    private int head;
    private int count;
    private long bytes;

    int count() {
        return count;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** What they weigh against limits in bytes. */
    long bytes() {
        return bytes;
    }

    /** Of the oldest; there is one. */
    long firstIndex() {
        Check.that(count > 0, "there is an oldest proposal");
        return indexes[head];
    }

    /** Of the newest; there is one. */
    long lastIndex() {
        Check.that(count > 0, "there is a newest proposal");
        return indexes[slot(count - 1)];
    }

    void add(long index, int size, Proposal.Callback callback) {
        Check.that(count == 0 || lastIndex() < index, "I1: indexes rise", index);
        if (count == indexes.length) {
            grow();
        }
        int slot = slot(count);
        indexes[slot] = index;
        sizes[slot] = size;
        callbacks[slot] = callback;
        count++;
        bytes += size;
    }

    /** Takes the oldest out; who waits for it. */
    Proposal.Callback removeFirst() {
        int slot = head;
        head = slot(1);
        return remove(slot);
    }

    /** Takes the newest out; who waits for it. */
    Proposal.Callback removeLast() {
        return remove(slot(count - 1));
    }

    private Proposal.Callback remove(int slot) {
        Check.that(count > 0, "what is taken out was in", count);
        count--;
        bytes -= sizes[slot];
        Check.that(bytes >= 0, "pending bytes are not negative", bytes);
        Proposal.Callback callback = callbacks[slot];
        callbacks[slot] = null;
        return callback;
    }

    private int slot(int place) {
        return head + place & indexes.length - 1;
    }

    private void grow() {
        int capacity = indexes.length;
        long[] indexesNow = new long[capacity * 2];
        int[] sizesNow = new int[capacity * 2];
        Proposal.Callback[] callbacksNow = new Proposal.Callback[capacity * 2];
        for (int i = 0; i < count; i++) {
            int slot = slot(i);
            indexesNow[i] = indexes[slot];
            sizesNow[i] = sizes[slot];
            callbacksNow[i] = callbacks[slot];
        }
        indexes = indexesNow;
        sizes = sizesNow;
        callbacks = callbacksNow;
        head = 0;
    }
}
