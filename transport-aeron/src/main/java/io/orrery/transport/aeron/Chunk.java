package io.orrery.transport.aeron;

/**
 * The wire: each Aeron message is one chunk, a kind byte and what the kind says. A frame that does not fit one message
 * is cut by us, not by Aeron, so that it is put together in the array that goes to the node, copied once.
 *
 * <pre>
 *  kind
 *  1 HELLO  a {@link Hello}; the first of a session, and only there
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

    /** Bytes of a chunk before the frame's: the kind. */
    static final int KIND_BYTES = 1;
    /** The same for the first of several. */
    static final int FIRST_BYTES = 5;

    private Chunk() {}
}
