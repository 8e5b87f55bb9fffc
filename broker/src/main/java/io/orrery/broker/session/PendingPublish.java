package io.orrery.broker.session;

import io.orrery.kernel.Check;

/**
 * A QoS 1 message of a client on its way to the nodes that want it. The PUBACK goes out when every part is over.
 */
public final class PendingPublish {
    private final ClientSession session;
    private final int packetId;
    private ReasonCode reason = ReasonCode.SUCCESS;
    private int parts = 1;

    PendingPublish(ClientSession session, int packetId) {
        this.session = session;
        this.packetId = packetId;
    }

    /** One part more must be over before the PUBACK: a node the message is forwarded to. */
    public void await() {
        Check.that(parts > 0, "a finished publish awaits nothing more", packetId);
        parts++;
    }

    /** One part is over: its node acknowledged, or is no longer part of the cluster. */
    public void partDone() {
        Check.that(parts > 0, "each part of a publish ends once", packetId);
        if (--parts == 0) {
            session.onPublishDone();
        }
    }

    void refuse(ReasonCode why) {
        reason = why;
    }

    boolean isDone() {
        return parts == 0;
    }

    int packetId() {
        return packetId;
    }

    ReasonCode reason() {
        return reason;
    }
}
