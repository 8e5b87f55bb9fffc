package io.orrery.jmh;

import io.orrery.kernel.Prng;
import io.orrery.kernel.loop.EventQueue;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One event out of a queue and one in, the queue staying as long as it is: what a simulation does all the time. Beside
 * the JDK's heap of event objects.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {
            "--add-opens",
            "java.base/jdk.internal.misc=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-Xms1g",
            "-Xmx1g"
        })
@State(Scope.Thread)
public class EventQueueBenchmark {
    private static final int DELAYS = 8192;
    private static final long DELAY_NANOS_MAX = 1_000_000;

    @Param({"64", "1024", "65536"})
    public int waiting;

    private final EventQueue<Object> queue = new EventQueue<>();
    private final PriorityQueue<Event> heap = new PriorityQueue<>();
    private final long[] delays = new long[DELAYS];
    private final Object event = new Object();
    private int next;
    private long sequence;

    /** An entry of the JDK's heap: the same order, as an object. */
    private record Event(long time, long sequence, Object event) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(time, other.time);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }
    }

    @Setup(Level.Trial)
    public void fill() {
        Prng prng = new Prng(1);
        for (int i = 0; i < DELAYS; i++) {
            delays[i] = prng.below(DELAY_NANOS_MAX);
        }
        for (int i = 0; i < waiting; i++) {
            queue.push(delay(), queue.nextSequence(), event);
            heap.add(new Event(delay(), sequence++, event));
        }
    }

    private long delay() {
        return delays[next++ & DELAYS - 1];
    }

    @Benchmark
    public Object orreryPopPush() {
        long now = queue.firstTime();
        Object popped = queue.pop();
        queue.push(now + delay(), queue.nextSequence(), popped);
        return popped;
    }

    @Benchmark
    public Object jdkPopPush() {
        Event popped = heap.remove();
        heap.add(new Event(popped.time() + delay(), sequence++, popped.event()));
        return popped;
    }
}
