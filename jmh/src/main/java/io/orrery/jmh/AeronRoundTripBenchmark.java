package io.orrery.jmh;

import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import io.orrery.transport.aeron.AeronConfig;
import io.orrery.transport.aeron.AeronTransport;
import java.nio.charset.StandardCharsets;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A frame there and back between two Aeron transports over UDP on the loopback, both driven by one thread: two media
 * drivers, four system calls and no wake-up of any thread. The floor under what two nodes can do.
 */
@BenchmarkMode(Mode.AverageTime)
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
@State(Scope.Thread)
public class AeronRoundTripBenchmark {
    private static final NodeId HERE = NodeId.of("here");
    private static final NodeId THERE = NodeId.of("there");

    @Param({"64", "1024", "65536"})
    public int bytes;

    private AeronTransport here;
    private AeronTransport there;
    private byte[] frame;
    private int back;

    @Setup(Level.Trial)
    public void start() {
        frame = new byte[bytes];
        here = transport(HERE);
        there = transport(THERE);
        here.start((from, delivery, received, offset, length) -> {
            back++;
            return true;
        });
        there.start((from, delivery, received, offset, length) ->
                there.send(HERE, Delivery.STREAM, received, offset, length));
        here.learn(THERE, there.address());
        there.learn(HERE, here.address());
        roundTrip();
    }

    private static AeronTransport transport(NodeId node) {
        return new AeronTransport(new AeronConfig(node, "benchmark", "cookie".getBytes(StandardCharsets.UTF_8)));
    }

    @TearDown(Level.Trial)
    public void stop() {
        here.close();
        there.close();
    }

    @Benchmark
    public int roundTrip() {
        int expected = back + 1;
        if (!here.send(THERE, Delivery.STREAM, frame, 0, bytes)) {
            throw new IllegalStateException("a frame was refused");
        }
        while (back != expected) {
            here.poll();
            there.poll();
        }
        return back;
    }
}
