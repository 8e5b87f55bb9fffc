package io.orrery.transport.aeron;

import io.orrery.kernel.Delivery;
import io.orrery.kernel.host.CounterSink;
import io.orrery.kernel.seal.SealFault;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLongArray;

/** What a transport did, dropped and refused since it was made. Read by any thread, a little late. */
public final class AeronCounters {
    private final AtomicLongArray counts = new AtomicLongArray(AeronCount.values().length);
    private final AtomicLongArray refusals = new AtomicLongArray(Refusal.values().length);

    private final AtomicLongArray faults = new AtomicLongArray(SealFault.values().length * 2);

    /** Frames that did not open, for this reason. */
    public long faults(Delivery delivery, SealFault fault) {
        return faults.get(at(delivery, fault));
    }

    private static int at(Delivery delivery, SealFault fault) {
        return 2 * fault.ordinal() + delivery.ordinal();
    }

    void addFault(Delivery delivery, SealFault fault) {
        int at = at(delivery, fault);
        faults.lazySet(at, faults.getPlain(at) + 1);
    }

    public long value(AeronCount count) {
        return counts.get(count.ordinal());
    }

    /** Inbound sessions refused for this reason. */
    public long refused(Refusal reason) {
        return refusals.get(reason.ordinal());
    }

    /** Hands over each counter. */
    public void forEach(CounterSink sink) {
        for (AeronCount count : AeronCount.values()) {
            if (count != AeronCount.SESSIONS_REFUSED) {
                sink.counter(count.metric(), count.help(), value(count));
            }
        }
        String datagrams = "Datagrams that arrived and were dropped, and why.";
        for (SealFault fault : SealFault.values()) {
            sink.refusals("datagrams_refused", datagrams, fault.metric(), faults(Delivery.DATAGRAM, fault));
        }
        String frames = "Stream frames that did not open and ended their session, and why.";
        for (SealFault fault : SealFault.values()) {
            sink.refusals("stream_frames_refused", frames, fault.metric(), faults(Delivery.STREAM, fault));
        }
        String sessions = "Inbound sessions that this node refused, and why.";
        for (Refusal reason : Refusal.values()) {
            sink.refusals("sessions_refused", sessions, reason.name().toLowerCase(Locale.ROOT), refused(reason));
        }
    }

    void add(AeronCount count) {
        add(count, 1);
    }

    /** Under the transport's lock, so one writer at a time. */
    void add(AeronCount count, long amount) {
        int at = count.ordinal();
        counts.lazySet(at, counts.getPlain(at) + amount);
    }

    /** For the few counts that several threads write. */
    void addFromAnyThread(AeronCount count) {
        counts.getAndIncrement(count.ordinal());
    }

    void addRefusal(Refusal reason) {
        add(AeronCount.SESSIONS_REFUSED);
        int at = reason.ordinal();
        refusals.lazySet(at, refusals.getPlain(at) + 1);
    }
}
