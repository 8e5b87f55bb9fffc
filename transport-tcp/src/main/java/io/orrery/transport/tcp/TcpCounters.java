package io.orrery.transport.tcp;

import io.orrery.kernel.Delivery;
import io.orrery.kernel.seal.SealFault;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ObjLongConsumer;

/** What the transport carried, refused and lost since it was made. Written by the node's thread, read by any. */
public final class TcpCounters {
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
    final AtomicLong lostBytes = new AtomicLong();
    final AtomicLong datagramsSent = new AtomicLong();
    final AtomicLong datagramsReceived = new AtomicLong();
    final AtomicLong datagramsForged = new AtomicLong();
    final AtomicLong datagramsDropped = new AtomicLong();
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

    /** Datagrams dropped because they were not this cluster's, or not for this protocol; {@link #faults} has them by reason. */
    public long datagramsForged() {
        return datagramsForged.get();
    }

    void refused(Refusal refusal) {
        add(refusals[refusal.ordinal()], 1);
    }

    /** Adds to a counter that one thread alone writes. */
    static void add(AtomicLong counter, long amount) {
        counter.lazySet(counter.getPlain() + amount);
    }

    /** Calls {@code consumer} with each counter's name and value, in a fixed order. */
    public void forEach(ObjLongConsumer<String> consumer) {
        consumer.accept("connections_accepted", accepted.get());
        consumer.accept("connections_accepted_open", acceptedOpen.get());
        consumer.accept("connections_over_limit", overLimit.get());
        consumer.accept("connections_garbage", garbage.get());
        consumer.accept("connections_handshake_timeouts", handshakeTimeouts.get());
        consumer.accept("connections_idle_timeouts", idleTimeouts.get());
        consumer.accept("connections_replaced", replaced.get());
        consumer.accept("connections_dialed", dials.get());
        consumer.accept("connections_dial_failures", dialFailures.get());
        consumer.accept("connections_dialed_open", dialedOpen.get());
        consumer.accept("connections_broken", breaks.get());
        consumer.accept("stream_frames_sent", framesSent.get());
        consumer.accept("stream_bytes_sent", bytesSent.get());
        consumer.accept("stream_frames_received", framesReceived.get());
        consumer.accept("stream_bytes_received", bytesReceived.get());
        consumer.accept("stream_stalls", stalls.get());
        consumer.accept("stream_bytes_lost", lostBytes.get());
        consumer.accept("send_refused_unknown", refusedUnknown.get());
        consumer.accept("send_refused_full", refusedFull.get());
        consumer.accept("send_refused_apart", refusedApart.get());
        consumer.accept("send_refused_too_long", refusedTooLong.get());
        consumer.accept("datagrams_sent", datagramsSent.get());
        consumer.accept("datagrams_received", datagramsReceived.get());
        consumer.accept("datagrams_forged", datagramsForged.get());
        consumer.accept("datagrams_dropped", datagramsDropped.get());
        consumer.accept("resolve_failures", resolveFailures.get());
        consumer.accept("peers_unlearnt", peersUnlearnt.get());
        for (SealFault fault : SealFault.values()) {
            consumer.accept("datagrams_refused_" + fault.metric(), faults(Delivery.DATAGRAM, fault));
        }
        for (SealFault fault : SealFault.values()) {
            consumer.accept("stream_frames_refused_" + fault.metric(), faults(Delivery.STREAM, fault));
        }
        for (Refusal refusal : Refusal.values()) {
            consumer.accept("handshakes_refused_" + refusal.name().toLowerCase(Locale.ROOT), refusals(refusal));
        }
    }
}
