package io.orrery.raft;

import io.orrery.kernel.Check;

/**
 * The groups of a node by their ids, for looking up one after another with each message: open addressing, so that a look-up
 * touches two places in memory, and not one for each level of a tree. In no order, so nothing goes over it.
 *
 * <ul>
 *   <li>T1: at most half of the places are taken, so that a search ends soon.
 * </ul>
 */
final class PulseTable {
    private long[] ids = new long[16];
    private Pulse[] pulses = new Pulse[16];
    private int size;

    /** Null if there is no such group. */
    Pulse of(long group) {
        return pulses[placeOf(group)];
    }

    void put(long group, Pulse pulse) {
        if ((size + 1) * 2 > ids.length) {
            grow();
        }
        int place = placeOf(group);
        Check.that(pulses[place] == null, "a group is added once", group);
        ids[place] = group;
        pulses[place] = pulse;
        size++;
        Check.that(size * 2 <= ids.length, "T1: half of the places are free", size);
    }

    /** Where the group is, or would be. */
    private int placeOf(long group) {
        int mask = ids.length - 1;
        int place = (int) (group * 0x9E3779B97F4A7C15L >>> 32) & mask;
        while (pulses[place] != null && ids[place] != group) {
            place = place + 1 & mask;
        }
        return place;
    }

    private void grow() {
        long[] idsBefore = ids;
        Pulse[] before = pulses;
        ids = new long[idsBefore.length * 2];
        pulses = new Pulse[before.length * 2];
        for (int i = 0; i < before.length; i++) {
            if (before[i] != null) {
                int place = placeOf(idsBefore[i]);
                ids[place] = idsBefore[i];
                pulses[place] = before[i];
            }
        }
    }
}
