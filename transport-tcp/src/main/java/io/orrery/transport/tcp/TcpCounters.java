package io.orrery.transport.tcp;

import io.orrery.kernel.Delivery;
import io.orrery.kernel.host.CounterSink;
import io.orrery.kernel.seal.SealFault;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** What the transport carried, refused and lost since it was made. Written by the node's thread, read by any. */
public final class TcpCounters {
    private static final String DATAGRAMS = "Datagrams that arrived and were dropped, and why.";
    private static final String FRAMES = "Stream frames that did not open and ended their connection, and why.";
    private static final String HANDSHAKES =
            "Handshakes that came to nothing, and connections that were ended later, and why;"
                    + " said by this node or by the other one.";

    final AtomicLong accepted = new AtomicLong();
    final AtomicLong acceptedOpen = new AtomicLong();
    final AtomicLong overLimit = new AtomicLong();
    final AtomicLong garbage = new AtomicLong();
    final AtomicLong handshakeTimeouts = new AtomicLong();
    final AtomicLong idleTimeouts = new AtomicLong();
    final AtomicLong replaced = new AtomicLong();
    final AtomicLong dials = new AtomicLong();
    final AtomicLong dialFailures = new AtomicLong();
    final AtomicLong dialedOpen = new AtomicLong();
    final AtomicLong breaks = new AtomicLong();
    final AtomicLong framesSent = new AtomicLong();
    final AtomicLong bytesSent = new AtomicLong();
    final AtomicLong framesReceived = new AtomicLong();
    final AtomicLong bytesReceived = new AtomicLong();
    final AtomicLong stalls = new AtomicLong();
    final AtomicLong refusedUnknown = new AtomicLong();
    final AtomicLong refusedFull = new AtomicLong();
    final AtomicLong refusedApart = new AtomicLong();
    final AtomicLong refusedTooLong = new AtomicLong();
    final AtomicLong refusedWithoutUdp = new AtomicLong();
    final AtomicLong lostBytes = new AtomicLong();
    final AtomicLong datagramsSent = new AtomicLong();
    final AtomicLong datagramsReceived = new AtomicLong();
    final AtomicLong datagramsDropped = new AtomicLong();
    final AtomicLong datagramsErrors = new AtomicLong();
    final AtomicLong resolveFailures = new AtomicLong();
    final AtomicLong peersUnlearnt = new AtomicLong();
    private final AtomicLong[] refusals = fresh(Refusal.values().length);
    private final AtomicLong[] streamFaults = fresh(SealFault.values().length);
    private final AtomicLong[] datagramFaults = fresh(SealFault.values().length);

    TcpCounters() {}

    private static AtomicLong[] fresh(int count) {
        AtomicLong[] all = new AtomicLong[count];
        for (int i = 0; i < count; i++) {
            all[i] = new AtomicLong();
        }
        return all;
    }

    /** Frames that were not taken for this reason. */
    public long faults(Delivery delivery, SealFault fault) {
        return faultsOf(delivery)[fault.ordinal()].get();
    }

    void fault(Delivery delivery, SealFault fault) {
        add(faultsOf(delivery)[fault.ordinal()], 1);
    }

    private AtomicLong[] faultsOf(Delivery delivery) {
        return delivery == Delivery.STREAM ? streamFaults : datagramFaults;
    }

    /** Handshakes that ended with this refusal, said by either end. */
    public long refusals(Refusal refusal) {
        return refusals[refusal.ordinal()].get();
    }

    /** Connections closed because what they sent was not this protocol. */
    public long garbage() {
        return garbage.get();
    }

    /** Accepted connections that are open and have proved the cookie. */
    public long acceptedOpen() {
        return acceptedOpen.get();
    }

    /** Connections closed at once because there were too many. */
    public long overLimit() {
        return overLimit.get();
    }

    /** Connections closed because their handshake took too long. */
    public long handshakeTimeouts() {
        return handshakeTimeouts.get();
    }

    /** Connections given up because the other end fell silent. */
    public long idleTimeouts() {
        return idleTimeouts.get();
    }

    /** Connection attempts made. */
    public long dials() {
        return dials.get();
    }

    /** Times a full inbox made a connection stop reading. */
    public long stalls() {
        return stalls.get();
    }

    /** Datagrams that were not sent, since this node has no UDP. */
    public long sendsRefusedWithoutUdp() {
        return refusedWithoutUdp.get();
    }

    void refused(Refusal refusal) {
        add(refusals[refusal.ordinal()], 1);
    }

    /** Adds to a counter that one thread alone writes. */
    static void add(AtomicLong counter, long amount) {
        counter.lazySet(counter.getPlain() + amount);
    }

    /** Hands over each counter. */
    public void forEach(CounterSink sink) {
        forEachOfConnections(sink);
        forEachOfFrames(sink);
        String unsent =
                "Frames that were not sent, and why: the other node's address is not known, too much waits for it already,"
                        + " there is no connection to it for now, the frame is too long, or datagrams are off.";
        sink.refusals("sends_refused", unsent, "unknown", refusedUnknown.get());
        sink.refusals("sends_refused", unsent, "full", refusedFull.get());
        sink.refusals("sends_refused", unsent, "apart", refusedApart.get());
        sink.refusals("sends_refused", unsent, "too_long", refusedTooLong.get());
        sink.refusals("sends_refused", unsent, "without_udp", refusedWithoutUdp.get());
        for (SealFault fault : SealFault.values()) {
            sink.refusals("datagrams_refused", DATAGRAMS, fault.metric(), faults(Delivery.DATAGRAM, fault));
        }
        for (SealFault fault : SealFault.values()) {
            sink.refusals("stream_frames_refused", FRAMES, fault.metric(), faults(Delivery.STREAM, fault));
        }
        for (Refusal refusal : Refusal.values()) {
            sink.refusals("handshakes_refused", HANDSHAKES, refusal.name().toLowerCase(Locale.ROOT), refusals(refusal));
        }
    }

    private void forEachOfConnections(CounterSink sink) {
        sink.counter(
                "connections_accepted",
                "Connections of other nodes that were accepted, before they proved anything.",
                accepted.get());
        sink.gauge(
                "connections_accepted_open",
                "Accepted connections that are open and whose other end has proved who it is.",
                acceptedOpen.get());
        sink.counter(
                "connections_over_limit",
                "Accepted connections closed at once, because too many are open or have not proved themselves yet.",
                overLimit.get());
        sink.counter(
                "connections_garbage",
                "Connections closed because what came is not this protocol: something else talks to this port.",
                garbage.get());
        sink.counter(
                "connections_handshake_timeouts",
                "Accepted connections closed because their handshake took too long.",
                handshakeTimeouts.get());
        sink.counter(
                "connections_idle_timeouts",
                "Connections given up because the other end fell silent and did not even answer keep-alives.",
                idleTimeouts.get());
        sink.counter(
                "connections_replaced",
                "Accepted connections closed because the same node made a later one.",
                replaced.get());
        sink.counter("connections_dialed", "Attempts of this node to connect to another.", dials.get());
        sink.counter(
                "connections_dial_failures",
                "Attempts to connect that failed, before or in the handshake.",
                dialFailures.get());
        sink.gauge("connections_dialed_open", "Connections that this node made and that are open.", dialedOpen.get());
        sink.counter(
                "connections_broken",
                "Open connections that this node had made and that ended, for whatever reason.",
                breaks.get());
    }

    private void forEachOfFrames(CounterSink sink) {
        sink.counter("stream_frames_sent", "Stream frames written to connections.", framesSent.get());
        sink.counter("stream_bytes_sent", "Bytes of these frames.", bytesSent.get());
        sink.counter(
                "stream_frames_received",
                "Stream frames that arrived and were handed to the node.",
                framesReceived.get());
        sink.counter("stream_bytes_received", "Bytes of these frames.", bytesReceived.get());
        sink.counter("stream_stalls", "Times that the node's full inbox made a connection stop reading.", stalls.get());
        sink.counter(
                "stream_bytes_lost",
                "Bytes that waited to be sent when their connection failed or broke; nothing old is sent over a later one.",
                lostBytes.get());
        sink.counter("datagrams_sent", "Datagrams handed to the operating system.", datagramsSent.get());
        sink.counter(
                "datagrams_received",
                "Datagrams that arrived, proved themselves, and were handed to the node.",
                datagramsReceived.get());
        sink.counter(
                "datagrams_dropped",
                "Good datagrams dropped because the node's inbox was full.",
                datagramsDropped.get());
        sink.counter(
                "datagrams_errors",
                "Errors that the operating system reported at the UDP socket.",
                datagramsErrors.get());
        sink.counter(
                "resolve_failures",
                "Times that the host name of another node did not resolve to an address.",
                resolveFailures.get());
        sink.counter(
                "peers_unlearnt",
                "Addresses of other nodes that were not noted: not of the form host:port, or of too many nodes.",
                peersUnlearnt.get());
    }
}
