package io.orrery.broker.check;

import io.orrery.broker.session.ClientLink;
import io.orrery.broker.session.ClientSession;
import io.orrery.broker.session.Message;
import io.orrery.broker.session.ReasonCode;
import io.orrery.kernel.Kernel;
import java.util.ArrayList;
import java.util.List;

/**
 * A client without a network: it notes what it gets, and acknowledges by itself unless told not to. For simulations and
 * tests, on the node's thread.
 */
public final class RecordingClient implements ClientLink {
    /** A PUBLISH that the client got. */
    public record Received(Message message, int qos, boolean retain, int packetId, int[] subscriptionIds) {
        public String text() {
            return message.payload().utf8();
        }
    }

    /** A PUBACK that the client got. */
    public record Acknowledged(int packetId, ReasonCode reason) {}

    /** Hears what the client gets, as it comes. */
    public interface Observer {
        void onReceived(RecordingClient client, Received received);

        void onAcknowledged(RecordingClient client, Acknowledged acknowledged);
    }

    private static final int[] NO_IDS = {};

    private final Kernel kernel;
    private final Observer observer;
    private final List<Received> received = new ArrayList<>();
    private final List<Acknowledged> acknowledged = new ArrayList<>();
    private ClientSession session;
    private boolean acknowledges = true;
    private boolean writable = true;
    private boolean takes = true;
    private boolean paused;
    private ReasonCode closed;

    public RecordingClient(Kernel kernel) {
        this(kernel, null);
    }

    /**
     * @param observer null for none
     */
    public RecordingClient(Kernel kernel, Observer observer) {
        this.kernel = kernel;
        this.observer = observer;
    }

    /** Tells the client its session, once it is connected. */
    public void session(ClientSession opened) {
        session = opened;
    }

    public ClientSession session() {
        return session;
    }

    /** Whether it sends a PUBACK for each QoS 1 message; it does from the start. */
    public void acknowledges(boolean does) {
        acknowledges = does;
    }

    /** Whether its socket takes more; turning it on tells the session. */
    public void writable(boolean now) {
        writable = now;
        if (now && session != null) {
            session.onWritable();
        }
    }

    /** Whether it takes packets at all, as a client does that allows only small ones. */
    public void takes(boolean now) {
        takes = now;
    }

    public List<Received> received() {
        return received;
    }

    /** The payloads it got, as text. */
    public List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (Received one : received) {
            texts.add(one.text());
        }
        return texts;
    }

    public List<Acknowledged> acknowledged() {
        return acknowledged;
    }

    /** Why the broker closed the connection; null while it has not. */
    public ReasonCode closed() {
        return closed;
    }

    /** Whether the broker reads nothing from it at the moment. */
    public boolean isPaused() {
        return paused;
    }

    @Override
    public boolean publish(
            Message message, int qos, boolean retain, int packetId, boolean duplicate, int[] subscriptionIds) {
        if (!takes) {
            return false;
        }
        Received one = new Received(message, qos, retain, packetId, copyOf(subscriptionIds));
        received.add(one);
        if (observer != null) {
            observer.onReceived(this, one);
        }
        if (qos > 0 && acknowledges) {
            kernel.defer(() -> session.onPubAck(packetId));
        }
        return true;
    }

    private static int[] copyOf(int[] ids) {
        return ids.length == 0 ? NO_IDS : ids.clone();
    }

    @Override
    public void pubAck(int packetId, ReasonCode reason) {
        Acknowledged one = new Acknowledged(packetId, reason);
        acknowledged.add(one);
        if (observer != null) {
            observer.onAcknowledged(this, one);
        }
    }

    @Override
    public boolean isWritable() {
        return writable;
    }

    @Override
    public void pauseReading(boolean pause) {
        paused = pause;
    }

    @Override
    public void close(ReasonCode reason) {
        closed = reason;
    }
}
