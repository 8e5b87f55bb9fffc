package io.orrery.sim.network;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.seal.Cipherer;
import io.orrery.kernel.seal.KeyRing;
import io.orrery.kernel.seal.SealFault;
import io.orrery.kernel.seal.SealKey;
import io.orrery.kernel.seal.SealScope;
import io.orrery.sim.event.Agenda;
import io.orrery.sim.event.WorldAction;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Whether the nodes of a run seal what they send, and the ring of each. An operator changes the rings as one does: on one
 * node after another, and not against what {@code orrery keys} would refuse.
 *
 * <p>A run without trouble takes the same steps sealed as plain: what nodes see of each other's frames is the same.
 */
public final class Seals {
    private static final int KEY_BYTES = 32;
    /** From one node to the next, when an operator changes something everywhere. */
    private static final long STEP_NANOS = 3_000_000;

    private final Agenda agenda;
    private final Network network;
    private final TreeMap<NodeId, KeyRing> rings = new TreeMap<>();
    private final long[] faults = new long[SealFault.values().length];
    private Cipherer ciphers;
    private SealScope scope;
    private KeyRing first;
    private long sealed;
    private long opened;

    Seals(Agenda agenda, Network network) {
        this.agenda = agenda;
        this.network = network;
    }

    /** Gives the run ciphers, without which it cannot seal; null for none. */
    public void ciphers(Cipherer theirs) {
        ciphers = theirs;
    }

    Cipherer ciphers() {
        return ciphers;
    }

    SealScope scope() {
        return scope;
    }

    /** Whether nodes seal. */
    public boolean isOn() {
        return scope != null;
    }

    /**
     * All nodes seal from now on, with one key, number 1.
     *
     * @return whether they do: not without ciphers, nor once something was sent in the clear
     */
    public boolean maybeBegin() {
        if (ciphers == null || network.hasLinks()) {
            return isOn();
        }
        scope = new SealScope(ciphers, "simulated", new byte[0]);
        first = KeyRing.EMPTY.with(key(1));
        return true;
    }

    /** All nodes get one key more; whether they seal at all. */
    public boolean maybeInstall(int number) {
        return isOn() && everywhere(ring -> ring.keys().size() < KeyRing.KEYS_MAX ? ring.with(key(number)) : ring);
    }

    /** All nodes seal with another key; not while one lacks it. */
    public boolean maybeUse(int number) {
        if (!isOn() || !network.nodes().stream().allMatch(node -> has(node, number))) {
            return false;
        }
        return everywhere(ring -> ring.find(key(number).id()) == null
                ? ring
                : ring.using(key(number).id()));
    }

    /** All nodes forget a key; not while one seals with it. */
    public boolean maybeRemove(int number) {
        if (!isOn()
                || network.nodes().stream()
                        .anyMatch(node -> ring(node).primary().equals(key(number)))) {
            return false;
        }
        return everywhere(ring -> ring.primary().equals(key(number))
                ? ring
                : ring.without(key(number).id()));
    }

    private boolean has(NodeId node, int number) {
        return ring(node).find(key(number).id()) != null;
    }

    private boolean everywhere(UnaryOperator<KeyRing> change) {
        long at = agenda.nowNanos();
        for (NodeId node : network.nodes()) {
            agenda.push(at, new WorldAction(() -> rings.put(node, change.apply(ring(node)))));
            at += STEP_NANOS;
        }
        return true;
    }

    /** A node's keys; they outlive its crashes. */
    public KeyRing ring(NodeId node) {
        KeyRing ring = rings.get(node);
        return ring == null ? first : ring;
    }

    private SealKey key(int number) {
        Check.argument(number >= 1, "keys count from 1");
        byte[] material = new byte[KEY_BYTES];
        for (int i = 0; i < KEY_BYTES; i++) {
            material[i] = (byte) (number * 113 + i * 29);
        }
        return SealKey.of(ciphers, material);
    }

    void onSealed() {
        sealed++;
    }

    /**
     * @param fault null for a frame that opened
     */
    void onOpened(SealFault fault) {
        if (fault == null) {
            opened++;
        } else {
            faults[fault.ordinal()]++;
        }
    }

    /** Frames sealed, each once. */
    public long sealed() {
        return sealed;
    }

    /** Frames that opened. */
    public long opened() {
        return opened;
    }

    /** Frames that did not open, for this reason. */
    public long faults(SealFault fault) {
        return faults[fault.ordinal()];
    }

    /** Frames that did not open. */
    public long faults() {
        long sum = 0;
        for (long one : faults) {
            sum += one;
        }
        return sum;
    }
}
