package io.orrery.kernel.host;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ObjLongConsumer;

/** What a node's host did and refused since it was made, for a metrics page. May be read by any thread. */
public final class HostCounters {
    final AtomicLong cycles = new AtomicLong();
    final AtomicLong events = new AtomicLong();
    final AtomicLong sleeps = new AtomicLong();
    final AtomicLong cycleNanosMax = new AtomicLong();
    final AtomicLong cycleEventsMax = new AtomicLong();
    final LongAdder framesTaken = new LongAdder();
    final LongAdder framesRefused = new LongAdder();
    final LongAdder tasksTaken = new LongAdder();
    final LongAdder tasksRefused = new LongAdder();
    final AtomicLong storageOperations = new AtomicLong();
    final AtomicLong storageFailures = new AtomicLong();
    final AtomicLong storageWrittenBytes = new AtomicLong();
    final AtomicLong storageReadBytes = new AtomicLong();
    final AtomicLong storageBatches = new AtomicLong();
    final AtomicLong storageForces = new AtomicLong();
    final AtomicLong storageForceNanos = new AtomicLong();
    final AtomicLong storageForceNanosMax = new AtomicLong();
    final AtomicLong journalBytes = new AtomicLong();
    final LongAdder journalsEnded = new LongAdder();

    /** Duty cycles. */
    public long cycles() {
        return cycles.get();
    }

    /** Events run. */
    public long events() {
        return events.get();
    }

    /** Times the thread went to sleep. */
    public long sleeps() {
        return sleeps.get();
    }

    /** Frames that the inbox took. */
    public long framesTaken() {
        return framesTaken.sum();
    }

    /** Times a frame found the inbox full. A stream offers the same frame again later. */
    public long framesRefused() {
        return framesRefused.sum();
    }

    /** Tasks refused because the inbox was full. */
    public long tasksRefused() {
        return tasksRefused.sum();
    }

    /** Storage operations performed. */
    public long storageOperations() {
        return storageOperations.get();
    }

    /** Forces of a file to the device; many syncs share one. */
    public long storageForces() {
        return storageForces.get();
    }

    /** Bytes written to the node's journal; 0 if none is kept. */
    public long journalBytes() {
        return journalBytes.get();
    }

    /** Journals that ended before their node did: at their limit, or because they could not be kept. */
    public long journalsEnded() {
        return journalsEnded.sum();
    }

    /** The longest cycle in nanoseconds since the start, or since this was last called: for benchmarks. */
    public long takeCycleNanosMax() {
        return cycleNanosMax.getAndSet(0);
    }

    /** Calls {@code consumer} with each counter's name and value, in a fixed order. */
    public void forEach(ObjLongConsumer<String> consumer) {
        consumer.accept("cycles", cycles.get());
        consumer.accept("events", events.get());
        consumer.accept("sleeps", sleeps.get());
        consumer.accept("cycle_nanos_max", cycleNanosMax.get());
        consumer.accept("cycle_events_max", cycleEventsMax.get());
        consumer.accept("inbox_frames_taken", framesTaken.sum());
        consumer.accept("inbox_frames_refused", framesRefused.sum());
        consumer.accept("inbox_tasks_taken", tasksTaken.sum());
        consumer.accept("inbox_tasks_refused", tasksRefused.sum());
        consumer.accept("storage_operations", storageOperations.get());
        consumer.accept("storage_failures", storageFailures.get());
        consumer.accept("storage_written_bytes", storageWrittenBytes.get());
        consumer.accept("storage_read_bytes", storageReadBytes.get());
        consumer.accept("storage_batches", storageBatches.get());
        consumer.accept("storage_forces", storageForces.get());
        consumer.accept("storage_force_nanos", storageForceNanos.get());
        consumer.accept("storage_force_nanos_max", storageForceNanosMax.get());
        consumer.accept("journal_bytes", journalBytes.get());
        consumer.accept("journals_ended", journalsEnded.sum());
    }

    /** Adds to a counter that one thread alone writes. */
    static void add(AtomicLong counter, long amount) {
        counter.lazySet(counter.getPlain() + amount);
    }

    /** Raises a maximum that one thread alone writes. */
    static void raise(AtomicLong maximum, long value) {
        if (value > maximum.getPlain()) {
            maximum.lazySet(value);
        }
    }
}
