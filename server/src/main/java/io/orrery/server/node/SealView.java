package io.orrery.server.node;

import io.orrery.kernel.host.Sealing;
import java.util.Locale;

/** How a node seals, in a few words for operators; never a key. */
final class SealView {
    private SealView() {}

    static String words(Sealing sealing) {
        String mode = sealing.mode().name().toLowerCase(Locale.ROOT);
        return sealing.mode().seals()
                ? mode + ", with key " + sealing.ring().primary().name()
                : mode;
    }
}
