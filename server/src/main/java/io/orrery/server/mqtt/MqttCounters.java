package io.orrery.server.mqtt;

import java.util.concurrent.atomic.LongAdder;

/** What a listener saw since its start; written and read by any thread. */
public final class MqttCounters {
    final LongAdder accepted = new LongAdder();
    final LongAdder closed = new LongAdder();
    final LongAdder refusedFull = new LongAdder();
    final LongAdder refusedConnects = new LongAdder();
    final LongAdder malformed = new LongAdder();
    final LongAdder protocolErrors = new LongAdder();
    final LongAdder connectTimeouts = new LongAdder();
    final LongAdder keepAliveTimeouts = new LongAdder();
    final LongAdder packetsReceived = new LongAdder();
    final LongAdder packetsSent = new LongAdder();
    final LongAdder inboxFull = new LongAdder();

    /** Connections taken. */
    public long accepted() {
        return accepted.sum();
    }

    /** Connections that are over, of those taken. */
    public long closed() {
        return closed.sum();
    }

    /** Connections closed at once because there were too many. */
    public long refusedFull() {
        return refusedFull.sum();
    }

    /** CONNECTs answered by a refusal. */
    public long refusedConnects() {
        return refusedConnects.sum();
    }

    /** Connections closed for bytes that are no MQTT packet. */
    public long malformed() {
        return malformed.sum();
    }

    /** Connections closed for a packet that the protocol does not allow there. */
    public long protocolErrors() {
        return protocolErrors.sum();
    }

    /** Connections closed because no CONNECT came in time. */
    public long connectTimeouts() {
        return connectTimeouts.sum();
    }

    /** Connections closed because the client was silent for one and a half times its keep-alive. */
    public long keepAliveTimeouts() {
        return keepAliveTimeouts.sum();
    }

    public long packetsReceived() {
        return packetsReceived.sum();
    }

    public long packetsSent() {
        return packetsSent.sum();
    }

    /** Times that a client was held back because the node's inbox was full. */
    public long inboxFull() {
        return inboxFull.sum();
    }
}
