package io.orrery.server.node;

import io.orrery.broker.BrokerNode;
import io.orrery.kernel.host.Sealing;
import io.orrery.server.json.JsonWriter;
import java.util.Locale;

/** How a node seals, and whom it does not get on with, in a few words for operators; never a key. */
final class SealView {
    private SealView() {}

    static String words(Sealing sealing) {
        String mode = sealing.mode().name().toLowerCase(Locale.ROOT);
        return sealing.mode().seals()
                ? mode + ", with key " + sealing.ring().primary().name()
                : mode;
    }

    /**
     * Why this node and another last refused each other, if any did; on the node's thread.
     *
     * @param transports what the transport says; if that is nothing, gossip may know
     */
    static void lastRefusal(BrokerNode broker, String transports, JsonWriter out) {
        String told = broker.membership().lastRefusal();
        String last = transports.isEmpty() && told != null ? told : transports;
        if (!last.isEmpty()) {
            out.field("lastRefusal", last);
        }
    }
}
