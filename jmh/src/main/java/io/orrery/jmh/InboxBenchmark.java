package io.orrery.jmh;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.host.InboxDoor;
import io.orrery.kernel.loop.DeliverEvent;
import io.orrery.kernel.loop.NodeEvent;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.GroupThreads;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Control;

/**
 * Frames from a network thread to the node's thread: what one producer and one consumer pass on per second, beside the
 * JDK's bounded queue. Both threads retry without pause, so two free cores are needed for the figure to mean anything.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
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
@State(Scope.Group)
public class InboxBenchmark {
    private static final int FRAME_BYTES = 64;
    private static final int CAPACITY = 65_536;

    private final NodeId from = NodeId.of("producer");
    private final byte[] frame = new byte[FRAME_BYTES];
    private final InboxDoor inbox = new InboxDoor();
    private final ArrayBlockingQueue<NodeEvent> jdk = new ArrayBlockingQueue<>(CAPACITY);

    @TearDown(Level.Iteration)
    public void empty() {
        while (inbox.poll() != null) {
            inbox.release(FRAME_BYTES);
        }
        jdk.clear();
    }

    private NodeEvent event() {
        return new DeliverEvent(null, from, frame, 0, FRAME_BYTES);
    }

    @Benchmark
    @Group("orrery")
    @GroupThreads(1)
    public void orreryOffer(Control control) {
        NodeEvent event = event();
        while (!inbox.offer(event, FRAME_BYTES) && !control.stopMeasurement) {
            Thread.onSpinWait();
        }
    }

    @Benchmark
    @Group("orrery")
    @GroupThreads(1)
    public NodeEvent orreryPoll(Control control) {
        NodeEvent event = inbox.poll();
        while (event == null && !control.stopMeasurement) {
            Thread.onSpinWait();
            event = inbox.poll();
        }
        if (event != null) {
            inbox.release(FRAME_BYTES);
        }
        return event;
    }

    @Benchmark
    @Group("jdk")
    @GroupThreads(1)
    public void jdkOffer(Control control) {
        NodeEvent event = event();
        while (!jdk.offer(event) && !control.stopMeasurement) {
            Thread.onSpinWait();
        }
    }

    @Benchmark
    @Group("jdk")
    @GroupThreads(1)
    public NodeEvent jdkPoll(Control control) {
        NodeEvent event = jdk.poll();
        while (event == null && !control.stopMeasurement) {
            Thread.onSpinWait();
            event = jdk.poll();
        }
        return event;
    }
}
