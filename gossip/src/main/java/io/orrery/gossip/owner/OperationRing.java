package io.orrery.gossip.owner;

import io.orrery.gossip.owner.message.Operation;
import io.orrery.kernel.Check;

/** A queue of operations with access by position; grows as needed, never shrinks. */
final class OperationRing {
    private Operation[] slots = new Operation[16];
    private int head;
    private int size;

    void addLast(Operation operation) {
        if (size == slots.length) {
            grow();
        }
        slots[head + size & slots.length - 1] = operation;
        size++;
    }

    Operation removeFirst() {
        Check.that(size > 0, "an empty ring has no first operation");
        Operation first = slots[head];
        slots[head] = null;
        head = head + 1 & slots.length - 1;
        size--;
        return first;
    }

    /** The operation at a position, the oldest at 0. */
    Operation at(long position) {
        Check.that(position >= 0 && position < size, "a position is within the ring", position, size);
        return slots[head + (int) position & slots.length - 1];
    }

    int size() {
        return size;
    }

    private void grow() {
        Operation[] larger = new Operation[slots.length * 2];
        for (int i = 0; i < size; i++) {
            larger[i] = at(i);
        }
        slots = larger;
        head = 0;
    }
}
