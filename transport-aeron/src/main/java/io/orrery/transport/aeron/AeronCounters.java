package io.orrery.transport.aeron;

import io.orrery.kernel.Delivery;
import io.orrery.kernel.seal.SealFault;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.ObjLongConsumer;

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

    /** Calls {@code consumer} with each counter's name and value, in a fixed order. */
    public void forEach(ObjLongConsumer<String> consumer) {
        for (AeronCount count : AeronCount.values()) {
            consumer.accept(count.metric(), value(count));
        }
        for (SealFault fault : SealFault.values()) {
            consumer.accept("datagrams_refused_" + fault.metric(), faults(Delivery.DATAGRAM, fault));
        }
        for (SealFault fault : SealFault.values()) {
            consumer.accept("stream_frames_refused_" + fault.metric(), faults(Delivery.STREAM, fault));
        }
        for (Refusal reason : Refusal.values()) {
            consumer.accept("sessions_refused_" + reason.name().toLowerCase(Locale.ROOT), refused(reason));
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
