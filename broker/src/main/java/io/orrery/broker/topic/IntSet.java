package io.orrery.broker.topic;

import io.orrery.kernel.Prng;

/** A set of non-negative ints, eight to thirty-two bytes each. For one thread. */
public final class IntSet {
    private final HashSlots slots = new HashSlots();

    /** Adds an int that is not in the set. */
    public void add(int item) {
        slots.insert(hash(item), item);
    }

    /** False if it was not in the set. */
    public boolean remove(int item) {
        return slots.remove(hash(item), item);
    }

    public int size() {
        return slots.size();
    }

    /** Moves up to {@code limit} items out of the set, whichever are at hand. */
    public void drain(int limit, IntCollector out) {
        int from = out.size();
        slots.collect(limit, out);
        for (int i = from; i < out.size(); i++) {
            remove(out.at(i));
        }
    }

    /** Adds all items, in no order that means anything. */
    public void collect(IntCollector out) {
        slots.collect(Integer.MAX_VALUE, out);
    }

    private static int hash(int item) {
        return (int) Prng.mix(item);
    }
}
