package io.orrery.jmh.match;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/** Subscribing 100,000 filters to an empty matcher. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
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
public class FillBenchmark {
    @Benchmark
    public Object orrery(MatchBenchmark.Topics topics) {
        return new OrreryMatcher(topics.workload);
    }

    @Benchmark
    public Object hivemq(MatchBenchmark.Topics topics) {
        return new HiveMqMatcher(topics.workload);
    }

    @Benchmark
    public Object moquette(MatchBenchmark.Topics topics) {
        return new MoquetteMatcher(topics.workload, false);
    }
}
