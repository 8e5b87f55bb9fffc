package io.orrery.kernel.seal;

import io.orrery.kernel.Check;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import java.util.function.Supplier;

/**
 * Seals the frames of one connection, in order.
 *
 * <ul>
 *   <li>I1: each frame takes the next number, whatever key seals it: no number is used twice under one salt.
 * </ul>
 *
 * A change of the ring's primary takes effect with the next frame. For one thread.
 */
public final class StreamSealer {
    private final FlowKeys keys;
    private final byte[] context;
    private final byte[] nonce = new byte[Cipherer.NONCE_BYTES];
    private long number;

    /**
     * @param rings the ring of the moment; not empty
     * @param salt of this connection alone, known to both ends and chosen by both: nobody can make them use it again
     */
    public StreamSealer(SealScope scope, Supplier<KeyRing> rings, NodeId from, NodeId to, byte[] salt) {
        Check.argument(salt.length >= SealHeader.SALT_BYTES, "a salt has at least 16 bytes");
        this.keys = new FlowKeys(scope, rings, salt, Delivery.STREAM);
        this.context = scope.context(from, to);
    }

    /** Writes a frame, sealed, to {@code out}; returns its length, {@link SealHeader#STREAM_OVERHEAD_BYTES} longer. */
    public int seal(byte[] frame, int offset, int length, byte[] out, int at) {
        FlowKeys.Entry key = keys.sealing(number);
        SealHeader.write(out, at, Delivery.STREAM, key, number);
        SealHeader.nonce(nonce, number);
        number++;
        Check.that(number > 0, "I1: numbers do not wrap", number);
        int body = at + SealHeader.BYTES;
        key.aead().seal(nonce, out, at, SealHeader.BYTES, context, frame, offset, length, out, body);
        return length + SealHeader.STREAM_OVERHEAD_BYTES;
    }
}
