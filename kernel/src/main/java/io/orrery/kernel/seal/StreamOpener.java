package io.orrery.kernel.seal;

import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import java.util.function.Supplier;

/**
 * Opens the frames of one connection.
 *
 * <ul>
 *   <li>I1: a frame opens only if it is the next of its connection: none before it is missing, repeated or moved.
 *   <li>I2: after the first fault nothing opens any more; the connection is to be ended.
 * </ul>
 *
 * For one thread.
 */
public final class StreamOpener {
    private final FlowKeys keys;
    private final byte[] context;
    private final byte[] nonce = new byte[Cipherer.NONCE_BYTES];
    private long number;
    private SealFault fault;

    /**
     * @param salt the one of the connection's {@link StreamSealer}
     */
    public StreamOpener(SealScope scope, Supplier<KeyRing> rings, NodeId from, NodeId to, byte[] salt) {
        this.keys = new FlowKeys(scope, rings, salt, Delivery.STREAM);
        this.context = scope.context(from, to);
    }

    /**
     * Opens a frame.
     *
     * @return the frame, in an array of its length; or null, and then {@link #fault} says why
     */
    public byte[] open(byte[] sealed, int offset, int length) {
        if (fault == null) {
            fault = check(sealed, offset, length);
        }
        if (fault != null) {
            return null;
        }
        FlowKeys.Entry key = keys.opening(SealHeader.key(sealed, offset), number);
        fault = faultOf(key, sealed, offset);
        if (fault != null) {
            return null;
        }
        SealHeader.nonce(nonce, number);
        byte[] frame = new byte[length - SealHeader.STREAM_OVERHEAD_BYTES];
        int body = offset + SealHeader.BYTES;
        boolean isOpen = key.aead()
                .open(
                        nonce,
                        sealed,
                        offset,
                        SealHeader.BYTES,
                        context,
                        sealed,
                        body,
                        length - SealHeader.BYTES,
                        frame,
                        0);
        if (!isOpen) {
            fault = SealFault.FORGED;
            return null;
        }
        number++;
        return frame;
    }

    private SealFault check(byte[] sealed, int offset, int length) {
        if (!SealHeader.isSealed(sealed, offset, length)) {
            return SealFault.UNSEALED;
        }
        SealFault shape = SealHeader.fault(sealed, offset, length, Delivery.STREAM);
        if (shape != null) {
            return shape;
        }
        return SealHeader.number(sealed, offset) == number ? null : SealFault.OUT_OF_ORDER;
    }

    /** What a header's claims say is wrong, before any deciphering; a stranger may lie there, and gains nothing by it. */
    static SealFault faultOf(FlowKeys.Entry key, byte[] sealed, int offset) {
        if (key == null) {
            return SealFault.WRONG_KEY;
        }
        if (SealHeader.clusterTag(sealed, offset) != key.clusterTag()) {
            return SealFault.WRONG_CLUSTER;
        }
        return SealHeader.cookieTag(sealed, offset) == key.cookieTag() ? null : SealFault.WRONG_COOKIE;
    }

    /** Why the last frame did not open. */
    public SealFault fault() {
        return fault;
    }
}
