package io.orrery.server.keys;

import io.orrery.kernel.seal.KeyRing;
import io.orrery.kernel.seal.SealKey;
import java.util.List;

/**
 * A node's answer.
 *
 * @param why it did not do what it was asked; empty if it did
 * @param keys names of the keys it has now, the primary first; empty if it has none
 */
public record KeyState(String why, List<String> keys) {
    /** Done, with this ring afterwards. */
    static KeyState done(KeyRing ring) {
        return refused("", ring);
    }

    static KeyState refused(String why, KeyRing ring) {
        return new KeyState(why, ring.keys().stream().map(SealKey::name).toList());
    }

    public boolean isDone() {
        return why.isEmpty();
    }

    /** Whether the node has a key. */
    public boolean has(String key) {
        return keys.contains(key);
    }

    /** The key it seals with; empty if it has none. */
    public String primary() {
        return keys.isEmpty() ? "" : keys.get(0);
    }
}
