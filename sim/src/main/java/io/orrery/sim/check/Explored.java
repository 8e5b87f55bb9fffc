package io.orrery.sim.check;

import io.orrery.kernel.Prng;
import java.util.BitSet;
import java.util.Objects;

/**
 * The configurations that a search has been in: a hash table that is asked and never iterated, so that what states hash to
 * is of no consequence but for speed. Exact: a configuration is known only if an equal one was added.
 */
final class Explored {
    private static final int ENTRY_BYTES = 200;

    /**
     * What was explored.
     *
     * @param full certain calls below this number had happened, and the one of this number had not
     * @param rest which of the later ones had, numbered from there
     * @param uncertain which uncertain calls had
     * @param state the model's, after all of them
     */
    private record Configuration(int full, BitSet rest, BitSet uncertain, Object state, long hash) {
        private boolean isSame(Configuration other) {
            return hash == other.hash
                    && full == other.full
                    && rest.equals(other.rest)
                    && uncertain.equals(other.uncertain)
                    && state.equals(other.state);
        }
    }

    private Configuration[] slots = new Configuration[1024];
    private int size;
    private long bytes;

    /** Adds one; false if it is there already. The sets are copied. */
    boolean add(int full, BitSet rest, BitSet uncertain, Object state) {
        BitSet later = rest.get(full, rest.length());
        long hash = Prng.mix(full * 31L + later.hashCode());
        hash = Prng.mix(hash ^ uncertain.hashCode() * 31L ^ (long) Objects.hashCode(state) << 32);
        Configuration wanted = new Configuration(full, later, (BitSet) uncertain.clone(), state, hash);
        int at = slotOf(wanted);
        if (slots[at] != null) {
            return false;
        }
        slots[at] = wanted;
        size++;
        bytes += ENTRY_BYTES + later.size() / 8 + wanted.uncertain.size() / 8;
        if (size * 2 > slots.length) {
            grow();
        }
        return true;
    }

    int size() {
        return size;
    }

    /** Memory taken, roughly; states are counted as small. */
    long bytes() {
        return bytes;
    }

    private int slotOf(Configuration wanted) {
        int mask = slots.length - 1;
        int at = (int) wanted.hash & mask;
        while (slots[at] != null && !slots[at].isSame(wanted)) {
            at = at + 1 & mask;
        }
        return at;
    }

    private void grow() {
        Configuration[] old = slots;
        slots = new Configuration[old.length * 2];
        for (Configuration one : old) {
            if (one != null) {
                slots[slotOf(one)] = one;
            }
        }
    }
}
