package io.orrery.kernel.host;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

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

    /** Hands over each counter. */
    public void forEach(CounterSink sink) {
        sink.counter(
                "cycles",
                "Duty cycles of the node's thread: it takes what came, runs what is due, and writes once.",
                cycles.get());
        sink.counter(
                "events",
                "Events that the node's program ran: messages, timers, completions of the disk.",
                events.get());
        sink.counter("sleeps", "Times that the node's thread had nothing to do and waited.", sleeps.get());
        sink.gauge(
                "cycle_nanos_max",
                "The longest duty cycle since the start, in nanoseconds: for so long the node answered nobody.",
                cycleNanosMax.get());
        sink.gauge("cycle_events_max", "The most events in one duty cycle since the start.", cycleEventsMax.get());
        sink.counter("inbox_frames_taken", "Frames of other nodes that the inbox took.", framesTaken.sum());
        sink.counter(
                "inbox_frames_refused",
                "Times that a frame found the inbox full; a stream offers it again later, a datagram is lost.",
                framesRefused.sum());
        sink.counter(
                "inbox_tasks_taken",
                "Tasks of other threads, such as those of MQTT and of the admin interface, that the inbox took.",
                tasksTaken.sum());
        sink.counter(
                "inbox_tasks_refused",
                "Tasks of other threads that found the inbox full and were refused.",
                tasksRefused.sum());
        sink.counter(
                "storage_operations",
                "Operations on the node's files that ended, well or not.",
                storageOperations.get());
        sink.counter("storage_failures", "Operations on the node's files that failed.", storageFailures.get());
        sink.counter("storage_written_bytes", "Bytes written to the node's files.", storageWrittenBytes.get());
        sink.counter("storage_read_bytes", "Bytes read from the node's files.", storageReadBytes.get());
        sink.counter(
                "storage_batches", "Batches of operations that the storage thread took at once.", storageBatches.get());
        sink.counter(
                "storage_forces",
                "Forces of a file to the device; syncs that wait together share one.",
                storageForces.get());
        sink.counter(
                "storage_force_nanos", "Nanoseconds spent in forces, all of them together.", storageForceNanos.get());
        sink.gauge(
                "storage_force_nanos_max",
                "The longest force since the start, in nanoseconds.",
                storageForceNanosMax.get());
        sink.counter(
                "journal_bytes", "Bytes written to the journal of record.file; 0 if none is kept.", journalBytes.get());
        sink.counter(
                "journals_ended",
                "Journals that ended before their node did: at record.bytes-max, or because the disk did not take them.",
                journalsEnded.sum());
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
