package io.orrery.kernel.journal;

/**
 * Between a node and what it cannot compute: on a live node it notes what came, in a replay it says what came then. Code
 * that hands a node something from outside calls it in both worlds alike.
 *
 * <p>For the node's thread, inside an event of it.
 */
public interface Tape {
    /** Whether anything is noted, or replayed. Once false it stays so. */
    boolean isOn();

    /**
     * A yes or no that the outside gave within an event, such as whether a send buffer took a frame.
     *
     * @param actual what the outside says now; without meaning in a replay
     * @return what counts: the same when live, what was noted in a replay
     */
    boolean answer(boolean actual);

    /** Something from outside is about to be done to the node, as data that says it wholly; the bytes are copied. */
    void input(byte[] array, int offset, int length);

    /** The node did something to the outside that does not pass through its kernel, such as a packet to a client. */
    void effect(long digest);

    /** The hash of all that happened. */
    NodeHash hash();
}
