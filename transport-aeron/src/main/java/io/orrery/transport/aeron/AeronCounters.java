package io.orrery.transport.aeron;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.ObjLongConsumer;

/** What a transport did, dropped and refused since it was made. Read by any thread, a little late. */
public final class AeronCounters {
    private final AtomicLongArray counts = new AtomicLongArray(AeronCount.values().length);
    private final AtomicLongArray refusals = new AtomicLongArray(Refusal.values().length);

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
