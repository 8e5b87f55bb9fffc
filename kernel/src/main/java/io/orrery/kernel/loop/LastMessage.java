package io.orrery.kernel.loop;

import io.orrery.kernel.codec.Decoder;

/**
 * The last short message that a port decoded, with its bytes. Nodes at rest say the same again and again, heartbeats and
 * their answers before all; messages are immutable, so the one that was made of the same bytes may be handed over again.
 *
 * <ul>
 *   <li>I1: a message that may hold slices of its frame is not remembered: it would keep the frame. Nor is one that borrows
 *       from it: another frame may lie there soon.
 * </ul>
 */
final class LastMessage<M> {
    /** Longer payloads seldom recur, and take longer to compare. */
    static final int BYTES_MAX = 48;

    private final byte[] payload = new byte[BYTES_MAX];
    private int length;
    private int version;
    private M message;

    /** The message that is all the rest of the input, which is read then; null if it is another one. */
    M read(Decoder in) {
        return message != null && version == in.version() && in.maybeSkip(payload, length) ? message : null;
    }

    /** Notes what is about to be decoded. */
    void begin(Decoder in) {
        message = null;
        length = in.remaining();
        version = in.version();
        if (length <= BYTES_MAX) {
            in.copyRemaining(payload);
        }
    }

    /** Notes what was made of it. */
    void end(Decoder in, M decoded) {
        if (length <= BYTES_MAX && !in.isSliced() && !in.isBorrowed()) {
            message = decoded;
        }
    }
}
