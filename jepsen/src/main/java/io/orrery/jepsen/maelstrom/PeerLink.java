package io.orrery.jepsen.maelstrom;

import io.orrery.jepsen.json.Json;
import io.orrery.jepsen.peer.Segment;
import io.orrery.jepsen.peer.StreamReceiver;
import io.orrery.jepsen.peer.StreamSender;
import io.orrery.kernel.NodeId;
import java.util.List;
import java.util.function.Consumer;

/** Both ends of the traffic with one peer: its stream to us, ours to it, and datagrams as they are. */
final class PeerLink {
    private final NodeId peer;
    private final StreamSender sender;
    private final StreamReceiver receiver = new StreamReceiver();
    private boolean owesAck;

    PeerLink(NodeId peer, long firstEpoch) {
        this.peer = peer;
        this.sender = new StreamSender(firstEpoch);
    }

    NodeId peer() {
        return peer;
    }

    StreamSender sender() {
        return sender;
    }

    StreamReceiver receiver() {
        return receiver;
    }

    /** Takes a message of the peer and hands over the frames that are ready. */
    void onMessage(String type, Json.Obj body, long nowNanos, Consumer<byte[]> deliver) {
        switch (type) {
            case PeerMessages.DATAGRAM -> deliver.accept(PeerMessages.readDatagram(body));
            case PeerMessages.SEGMENT -> {
                receiver.onSegment(PeerMessages.readSegment(body), deliver);
                owesAck = true;
            }
            case PeerMessages.ACK -> sender.onAck(PeerMessages.readAck(body), nowNanos);
            default -> throw new MalformedMessageException("no message between peers: " + type);
        }
    }

    /** Emits what is due: fresh frames, frames to be sent again, one acknowledgement for all that came. */
    void flush(long nowNanos, Consumer<Json.Obj> out) {
        emit(sender.onTick(nowNanos), out);
        emit(sender.fresh(nowNanos), out);
        if (owesAck) {
            owesAck = false;
            out.accept(PeerMessages.ack(receiver.ack()));
        }
    }

    private static void emit(List<Segment> segments, Consumer<Json.Obj> out) {
        for (Segment segment : segments) {
            out.accept(PeerMessages.segment(segment));
        }
    }
}
