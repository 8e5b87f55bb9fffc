package io.orrery.kernel.seal;

import io.orrery.kernel.Check;
import java.util.ArrayList;
import java.util.List;

/**
 * The keys of a node: one primary, which seals, and others, which only open. Immutable; a change is a new ring, so that a
 * node's thread may be handed one by another thread.
 *
 * <ul>
 *   <li>I1: a ring that is not empty has a primary, its first key.
 *   <li>I2: at most {@value #KEYS_MAX} keys, no two of one id.
 * </ul>
 */
public final class KeyRing {
    public static final int KEYS_MAX = 8;
    public static final KeyRing EMPTY = new KeyRing(List.of());

    private final List<SealKey> keys;

    private KeyRing(List<SealKey> keys) {
        Check.that(keys.size() <= KEYS_MAX, "I2: a ring is bounded", keys.size());
        this.keys = keys;
    }

    /**
     * @param keys the primary first
     * @throws IllegalArgumentException if they are too many, or two have one id
     */
    public static KeyRing of(List<SealKey> keys) {
        KeyRing ring = EMPTY;
        for (SealKey key : keys) {
            ring = ring.with(key);
        }
        return ring;
    }

    public boolean isEmpty() {
        return keys.isEmpty();
    }

    /** The primary first. */
    public List<SealKey> keys() {
        return keys;
    }

    /** The key that seals; null if the ring is empty. */
    public SealKey primary() {
        return keys.isEmpty() ? null : keys.get(0);
    }

    /** The key of an id, or null. */
    public SealKey find(int id) {
        for (int i = 0; i < keys.size(); i++) {
            if (keys.get(i).id() == id) {
                return keys.get(i);
            }
        }
        return null;
    }

    /**
     * This ring and one key more, which becomes the primary of an empty ring; the same ring if it is there already.
     *
     * @throws IllegalArgumentException if the ring is full, or another key has its id
     */
    public KeyRing with(SealKey key) {
        SealKey known = find(key.id());
        if (key.equals(known)) {
            return this;
        }
        Check.argument(known == null, "another key has the id", key.name());
        Check.argument(keys.size() < KEYS_MAX, "a ring holds at most 8 keys: remove one first");
        List<SealKey> more = new ArrayList<>(keys);
        more.add(key);
        return new KeyRing(List.copyOf(more));
    }

    /**
     * The same keys with another primary.
     *
     * @throws IllegalArgumentException if the key is not there
     */
    public KeyRing using(int id) {
        SealKey chosen = find(id);
        Check.argument(chosen != null, "the ring has no key", SealKey.name(id));
        List<SealKey> reordered = new ArrayList<>(keys);
        reordered.remove(chosen);
        reordered.add(0, chosen);
        return new KeyRing(List.copyOf(reordered));
    }

    /**
     * This ring without a key; the same ring if it is not there.
     *
     * @throws IllegalArgumentException if it is the primary
     */
    public KeyRing without(int id) {
        SealKey known = find(id);
        if (known == null) {
            return this;
        }
        Check.argument(!known.equals(primary()), "the primary cannot be removed: use another key first");
        List<SealKey> fewer = new ArrayList<>(keys);
        fewer.remove(known);
        return new KeyRing(List.copyOf(fewer));
    }

    /** Ids alone. */
    @Override
    public String toString() {
        return keys.toString();
    }
}
