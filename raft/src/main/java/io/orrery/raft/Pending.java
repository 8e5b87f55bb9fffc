package io.orrery.raft;

import io.orrery.kernel.Check;

/**
 * The proposals that are in the leader's log and not answered: of each its index, its weight, and who waits for it under which
 * tag. They lie in arrays, without an object for each.
 *
 * <ul>
 *   <li>I1: their indexes rise.
 * </ul>
 */
final class Pending {
    private static final int SLOTS_MIN = 4;

    private long[] indexes = new long[SLOTS_MIN];
    private int[] sizes = new int[SLOTS_MIN];
    private long[] tags = new long[SLOTS_MIN];
    private Proposal.Listener[] listeners = new Proposal.Listener[SLOTS_MIN];
    private int head;
    private int count;
    private long bytes;

    int count() {
        return count;
    }

    /** See {@link Glance}: places at which the next may be added, or the oldest be taken. */
    long look() {
        return bytes + indexes[head] + sizes[head] + tags[head] + (listeners[head] == null ? 0 : 1);
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

    /** Of the oldest; there is one. */
    long firstTag() {
        return tags[head];
    }

    /** Of the newest; there is one. */
    long lastTag() {
        return tags[slot(count - 1)];
    }

    void add(long index, int size, long tag, Proposal.Listener listener) {
        Check.that(count == 0 || lastIndex() < index, "I1: indexes rise", index);
        if (count == indexes.length) {
            grow();
        }
        int slot = slot(count);
        indexes[slot] = index;
        sizes[slot] = size;
        tags[slot] = tag;
        listeners[slot] = listener;
        count++;
        bytes += size;
    }

    /** Takes the oldest out; who waits for it. */
    Proposal.Listener removeFirst() {
        int slot = head;
        head = slot(1);
        return remove(slot);
    }

    /** Takes the newest out; who waits for it. */
    Proposal.Listener removeLast() {
        return remove(slot(count - 1));
    }

    private Proposal.Listener remove(int slot) {
        Check.that(count > 0, "what is taken out was in", count);
        count--;
        bytes -= sizes[slot];
        Check.that(bytes >= 0, "pending bytes are not negative", bytes);
        Proposal.Listener listener = listeners[slot];
        listeners[slot] = null;
        return listener;
    }

    private int slot(int place) {
        return head + place & indexes.length - 1;
    }

    private void grow() {
        int capacity = indexes.length;
        long[] indexesNow = new long[capacity * 2];
        int[] sizesNow = new int[capacity * 2];
        long[] tagsNow = new long[capacity * 2];
        Proposal.Listener[] listenersNow = new Proposal.Listener[capacity * 2];
        for (int i = 0; i < count; i++) {
            int slot = slot(i);
            indexesNow[i] = indexes[slot];
            sizesNow[i] = sizes[slot];
            tagsNow[i] = tags[slot];
            listenersNow[i] = listeners[slot];
        }
        indexes = indexesNow;
        sizes = sizesNow;
        tags = tagsNow;
        listeners = listenersNow;
        head = 0;
    }
}
