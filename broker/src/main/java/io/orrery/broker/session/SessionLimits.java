package io.orrery.broker.session;

import io.orrery.kernel.Check;

/**
 * The limits of one session.
 *
 * @param inFlightMax QoS 1 messages sent to a client and not yet acknowledged, if its Receive Maximum allows as many;
 *     more raises throughput over long links and the memory a silent client holds
 * @param queuedMax messages that wait for a client: the window, or its socket, is full; 0 queues nothing
 * @param overflow what happens beyond it
 * @param subscriptionsMax filters of one client; more is refused with QUOTA_EXCEEDED
 * @param publishesMax QoS 1 messages of one client that are not yet acknowledged to it; the listener announces it as the
 *     server's Receive Maximum. A MQTT 5 client that exceeds it is disconnected; of an older one nothing is read until
 *     half are acknowledged, and it is disconnected at eight times as many
 * @param messageBytesMax topic, payload and properties of a message; a client that sends more is disconnected. At most 8
 *     MiB, so that a message fits a frame between nodes
 */
public record SessionLimits(
        int inFlightMax,
        int queuedMax,
        OverflowPolicy overflow,
        int subscriptionsMax,
        int publishesMax,
        int messageBytesMax) {
    public static final SessionLimits DEFAULT =
            new SessionLimits(256, 1_000, OverflowPolicy.DROP_NEWEST, 10_000, 1_024, 1024 * 1024);

    public SessionLimits {
        Check.argument(inFlightMax >= 1 && inFlightMax <= 65_535, "inFlightMax is between 1 and 65535");
        Check.argument(queuedMax >= 0, "queuedMax is not negative");
        Check.argument(subscriptionsMax >= 1, "subscriptionsMax is positive");
        Check.argument(publishesMax >= 1 && publishesMax <= 65_535, "publishesMax is between 1 and 65535");
        Check.argument(messageBytesMax >= 1 && messageBytesMax <= 8 * 1024 * 1024, "messageBytesMax is at most 8 MiB");
    }
}
