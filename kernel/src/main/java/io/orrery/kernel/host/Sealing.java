package io.orrery.kernel.host;

import io.orrery.kernel.Check;
import io.orrery.kernel.seal.Cipherer;
import io.orrery.kernel.seal.EncryptionMode;
import io.orrery.kernel.seal.KeyRing;

/**
 * How a node seals its cluster traffic: the mode, for its life, and the key ring of the moment, which operators change. For
 * any thread; transports ask for the ring at each frame.
 *
 * <ul>
 *   <li>I1: a node that seals has a primary key, always.
 * </ul>
 */
public final class Sealing {
    private final EncryptionMode mode;
    private final Cipherer ciphers = new JdkCipherer();
    private volatile KeyRing ring;

    /**
     * @param ring not empty, unless the mode is off
     */
    public Sealing(EncryptionMode mode, KeyRing ring) {
        Check.argument(mode.seals() != ring.isEmpty(), "a node has keys if and only if it seals");
        this.mode = mode;
        this.ring = ring;
    }

    /** No sealing at all. */
    public static Sealing off() {
        return new Sealing(EncryptionMode.OFF, KeyRing.EMPTY);
    }

    public EncryptionMode mode() {
        return mode;
    }

    public Cipherer ciphers() {
        return ciphers;
    }

    /** The keys of the moment. */
    public KeyRing ring() {
        return ring;
    }

    /** Takes other keys; each frame from now on goes by them. */
    public void ring(KeyRing other) {
        Check.that(mode.seals(), "a node that does not seal has no keys to change");
        Check.that(!other.isEmpty(), "I1: a node that seals has a primary key");
        ring = other;
    }
}
