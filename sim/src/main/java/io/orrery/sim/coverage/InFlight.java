package io.orrery.sim.coverage;

/**
 * Which kinds of messages are on their way, by counting sends against arrivals and losses.
 *
 * <ul>
 *   <li>I1: a message counts once, though it be duplicated, and until it first arrives or is lost.
 * </ul>
 *
 * <p>Bounded: of more than {@value #MESSAGES_MAX} messages the oldest count as gone.
 */
final class InFlight {
    static final int MESSAGES_MAX = 1 << 13;

    private final byte[] kinds = new byte[MESSAGES_MAX];
    private final int[] counts = new int[Abstraction.KINDS_MAX];

    void sent(long message, int kind) {
        int slot = slot(message);
        counts[kinds[slot]]--;
        kinds[slot] = (byte) kind;
        counts[kind]++;
    }

    /** The message arrived or was lost. */
    void ended(long message) {
        int slot = slot(message);
        counts[kinds[slot]]--;
        kinds[slot] = 0;
        counts[0]++;
    }

    /** A bit for each kind of which a message is on its way. */
    int present() {
        int bits = 0;
        for (int kind = 1; kind < counts.length; kind++) {
            bits |= counts[kind] > 0 ? 1 << kind : 0;
        }
        return bits;
    }

    private static int slot(long message) {
        return (int) (message & MESSAGES_MAX - 1);
    }
}
