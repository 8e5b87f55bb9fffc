package io.orrery.kernel.seal;

import io.orrery.kernel.Check;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Seals the datagrams of one node from its start to its end, to whomever.
 *
 * <ul>
 *   <li>I1: each takes the next number, whoever it is for and whatever key seals it: no number is used twice under the salt.
 * </ul>
 *
 * For one thread.
 */
public final class DatagramSealer {
    private final SealScope scope;
    private final FlowKeys keys;
    private final NodeId self;
    private final byte[] salt;
    private final byte[] nonce = new byte[Cipherer.NONCE_BYTES];
    private NodeId lastTo;
    private byte[] context;
    private long number;

    /**
     * @param salt 16 random bytes of this start alone
     */
    public DatagramSealer(SealScope scope, Supplier<KeyRing> rings, NodeId self, byte[] salt) {
        Check.argument(salt.length == SealHeader.SALT_BYTES, "a datagram's salt has 16 bytes");
        this.scope = scope;
        this.self = self;
        this.salt = salt.clone();
        this.keys = new FlowKeys(scope, rings, this.salt, Delivery.DATAGRAM);
    }

    /** Writes a frame, sealed, to {@code out}; returns its length, {@link SealHeader#DATAGRAM_OVERHEAD_BYTES} longer. */
    public int seal(NodeId to, byte[] frame, int offset, int length, byte[] out, int at) {
        if (!to.equals(lastTo)) {
            lastTo = to;
            context = scope.context(self, to);
        }
        FlowKeys.Entry key = keys.sealing(number);
        SealHeader.write(out, at, Delivery.DATAGRAM, key, number);
        System.arraycopy(salt, 0, out, at + SealHeader.BYTES, SealHeader.SALT_BYTES);
        SealHeader.nonce(nonce, number);
        number++;
        Check.that(number > 0, "I1: numbers do not wrap", number);
        int head = SealHeader.BYTES + SealHeader.SALT_BYTES;
        key.aead().seal(nonce, out, at, head, context, frame, offset, length, out, at + head);
        return length + SealHeader.DATAGRAM_OVERHEAD_BYTES;
    }

    /** The salt of this start. */
    public byte[] salt() {
        return Arrays.copyOf(salt, salt.length);
    }
}
