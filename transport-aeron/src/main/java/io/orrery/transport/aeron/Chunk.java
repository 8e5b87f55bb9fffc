package io.orrery.transport.aeron;

/**
 * The wire: each Aeron message is one chunk, a kind byte and what the kind says. A frame that does not fit one message
 * is cut by us, not by Aeron, so that it is put together in the array that goes to the node, copied once.
 *
 * <pre>
 *  kind
 *  1 HELLO  a {@link Hello}; the first of a session, and only there
 *  5 KNOCK  a {@link Hello} to nobody by name; the only one of its session
 *  6 ANSWER number u64 little-endian of a knock of the receiver's
 *  2 WHOLE  a frame
 *  3 FIRST  length u32 little-endian of the frame, then its first bytes
 *  4 NEXT   further bytes of it
 * </pre>
 */
final class Chunk {
    static final int HELLO = 1;
    static final int WHOLE = 2;
    static final int FIRST = 3;
    static final int NEXT = 4;
    static final int KNOCK = 5;
    static final int ANSWER = 6;

    /** Bytes of a chunk before the frame's: the kind. */
    static final int KIND_BYTES = 1;
    /** The same for the first of several. */
    static final int FIRST_BYTES = 5;
    /** A whole answer. */
    static final int ANSWER_BYTES = 9;

    private Chunk() {}
}
