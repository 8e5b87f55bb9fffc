package io.orrery.server.mqtt;

import java.util.BitSet;

/**
 * Publishes of QoS 2 from clients of MQTT 3.1 and 3.1.1 (section 4.3.3), which cannot be told that the server grants QoS
 * 1 only: the exchange with the client is kept, so that a repeated PUBLISH goes on once; towards subscribers the message
 * is one of QoS 1. For the node's thread.
 */
final class ExactlyOnceInbound {
    /** Packet ids whose message was handed on and whose PUBREL has not come. */
    private final BitSet open = new BitSet();
    /** Of those, the ids whose PUBREC is still owed. */
    private final BitSet owed = new BitSet();

    /** What to do with a PUBLISH of QoS 2. */
    enum Arrival {
        /** It is new: hand it on. */
        NEW,
        /** It was handed on and answered: answer again. */
        ANSWERED,
        /** It was handed on and will be answered: nothing. */
        PENDING
    }

    Arrival onPublish(int packetId) {
        if (!open.get(packetId)) {
            open.set(packetId);
            owed.set(packetId);
            return Arrival.NEW;
        }
        return owed.get(packetId) ? Arrival.PENDING : Arrival.ANSWERED;
    }

    /** The node has taken the message; whether it was one of QoS 2, which is answered by PUBREC. */
    boolean onTaken(int packetId) {
        boolean wasOwed = owed.get(packetId);
        owed.clear(packetId);
        return wasOwed;
    }

    /** The client let go of the id; it may use it again. */
    void onPubRel(int packetId) {
        if (!owed.get(packetId)) {
            open.clear(packetId);
        }
    }

    /** How many the client has not let go. */
    int size() {
        return open.cardinality();
    }
}
