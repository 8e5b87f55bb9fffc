package io.orrery.sim.network;

import io.orrery.kernel.Check;

/**
 * The links of one sender, by the receiver's index: open addressing, so that a row takes room for the links that there are. Of ten
 * thousand nodes each talks by stream with a few, and asks for a link before each packet to any.
 */
final class LinkRow {
    private static final int SLOTS_MIN = 4;

    private int[] receivers = new int[SLOTS_MIN];
    private Link[] links = new Link[SLOTS_MIN];
    private int size;

    /** The link to a receiver, or null. */
    Link find(int to) {
        return links[slotOf(to)];
    }

    void add(int to, Link link) {
        Check.that(find(to) == null, "a pair has one link each way", to);
        if ((size + 1) * 2 > links.length) {
            grow();
        }
        int slot = slotOf(to);
        receivers[slot] = to;
        links[slot] = link;
        size++;
    }

    private int slotOf(int to) {
        int mask = links.length - 1;
        int slot = to * 0x9E3779B9 >>> 16 & mask;
        while (links[slot] != null && receivers[slot] != to) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        int[] oldReceivers = receivers;
        Link[] oldLinks = links;
        receivers = new int[oldLinks.length * 2];
        links = new Link[oldLinks.length * 2];
        for (int i = 0; i < oldLinks.length; i++) {
            if (oldLinks[i] != null) {
                int slot = slotOf(oldReceivers[i]);
                receivers[slot] = oldReceivers[i];
                links[slot] = oldLinks[i];
            }
        }
    }
}
