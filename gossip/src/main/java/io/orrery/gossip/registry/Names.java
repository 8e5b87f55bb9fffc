package io.orrery.gossip.registry;

import io.orrery.kernel.Check;
import io.orrery.kernel.codec.Utf8;

/** What may be a name. */
final class Names {
    static final int NAME_BYTES_MAX = 128;
    static final int CLIENT_BYTES_MAX = 512;

    private Names() {}

    /** A namespace or a field: letters, digits, and {@code . _ -}. */
    static void check(String name) {
        boolean plain = !name.isEmpty() && name.length() <= NAME_BYTES_MAX;
        for (int i = 0; plain && i < name.length(); i++) {
            char c = name.charAt(i);
            plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "._-".indexOf(c) >= 0;
        }
        Check.argument(plain, "a name has 1 to 128 letters, digits, dots, hyphens or underscores, unlike", name);
    }

    /** Whether it is a client's identifier that fits. */
    static boolean isClient(String id) {
        return !id.isEmpty() && Utf8.length(id) <= CLIENT_BYTES_MAX;
    }

    static void checkClient(String id) {
        Check.argument(isClient(id), "a client's identifier has 1 to 512 bytes");
    }
}
