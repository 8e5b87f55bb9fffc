package io.orrery.gossip.registry.cell;

import io.orrery.kernel.Check;
import io.orrery.kernel.codec.Bytes;

/**
 * The keys that changed last, in the order in which they did: who has all that was here at a position needs no more than what
 * follows it. A position is of one boot.
 */
public final class ChangeRing {
    private final int capacity;
    private Cell[] ring;
    private long end;

    public ChangeRing(int capacity) {
        Check.argument(capacity > 0 && Integer.bitCount(capacity) == 1, "a ring's capacity is a power of two");
        this.capacity = capacity;
        this.ring = new Cell[Math.min(capacity, 64)];
    }

    void append(Cell cell) {
        if (end == ring.length && ring.length < capacity) {
            grow();
        }
        ring[(int) (end & ring.length - 1)] = cell;
        end++;
    }

    private void grow() {
        Cell[] larger = new Cell[ring.length * 2];
        System.arraycopy(ring, 0, larger, 0, ring.length);
        ring = larger;
    }

    /** The position behind the last change. */
    public long end() {
        return end;
    }

    /** Whether all changes from the position on are remembered. */
    public boolean reaches(long position) {
        return position <= end && position >= end - ring.length && position >= 0;
    }

    /** The key that changed at a position that is remembered. */
    public Bytes key(long position) {
        return cell(position).key();
    }

    /** What was put there then. */
    public Cell cell(long position) {
        Check.that(reaches(position) && position < end, "a position that is remembered", position, end);
        return ring[(int) (position & ring.length - 1)];
    }
}
