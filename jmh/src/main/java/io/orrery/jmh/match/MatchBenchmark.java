package io.orrery.jmh.match;

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
 * One match of a topic against 100,000 filters: Orrery beside HiveMQ CE and Moquette, one thread, each in a JVM of its
 * own. {@code Raw} yields every matching subscription, {@code Merged} every client once with its highest QoS; HiveMQ
 * knows the latter alone. The topics are 65,536 strings in turn, so that no cache of results helps anyone.
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
            "-Dlogback.configurationFile=io/orrery/jmh/quiet-logback.xml",
            "-XX:+UseSerialGC",
            "-Xms3g",
            "-Xmx3g"
        })
public class MatchBenchmark {
    private static final int TOPICS = 65_536;

    /** The topics in turn. */
    @State(Scope.Thread)
    public static class Topics {
        @Param({"EXACT", "DEVICE", "MIXED"})
        public TopicShape shape;

        @Param("100000")
        public int filters;

        Workload workload;
        private int next;

        @Setup(Level.Trial)
        public void draw() {
            workload = Workload.of(shape, filters, TOPICS);
        }

        String next() {
            return workload.topics()[next++ & TOPICS - 1];
        }
    }

    @State(Scope.Thread)
    public static class Orrery {
        private OrreryMatcher matcher;

        @Setup(Level.Trial)
        public void fill(Topics topics) {
            matcher = new OrreryMatcher(topics.workload);
        }
    }

    @State(Scope.Thread)
    public static class HiveMq {
        private HiveMqMatcher matcher;

        @Setup(Level.Trial)
        public void fill(Topics topics) {
            matcher = new HiveMqMatcher(topics.workload);
        }
    }

    @State(Scope.Thread)
    public static class MoquetteRaw {
        private MoquetteMatcher matcher;

        @Setup(Level.Trial)
        public void fill(Topics topics) {
            matcher = new MoquetteMatcher(topics.workload, false);
        }
    }

    @State(Scope.Thread)
    public static class MoquetteMerged {
        private MoquetteMatcher matcher;

        @Setup(Level.Trial)
        public void fill(Topics topics) {
            matcher = new MoquetteMatcher(topics.workload, true);
        }
    }

    @Benchmark
    public Object orreryRaw(Topics topics, Orrery peer) {
        return peer.matcher.matchRaw(topics.next());
    }

    @Benchmark
    public Object orreryMerged(Topics topics, Orrery peer) {
        return peer.matcher.matchMerged(topics.next());
    }

    @Benchmark
    public Object hivemqMerged(Topics topics, HiveMq peer) {
        return peer.matcher.matchMerged(topics.next());
    }

    @Benchmark
    public Object moquetteRaw(Topics topics, MoquetteRaw peer) {
        return peer.matcher.matchRaw(topics.next());
    }

    @Benchmark
    public Object moquetteMerged(Topics topics, MoquetteMerged peer) {
        return peer.matcher.matchMerged(topics.next());
    }
}
