package io.orrery.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.Time;
import io.orrery.kernel.trace.Mark;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Many short runs with crashes, partitions, resets and loss. {@code -Dburn.first=N -Dburn.seeds=M} picks others. */
class BrokerBurnTest {
    private static BrokerWorkload run(long seed) {
        BrokerCluster cluster = new BrokerCluster(seed, 3 + (int) (seed % 3));
        BrokerWorkload workload = new BrokerWorkload(cluster);
        cluster.settle();
        workload.start(Time.millis(5));
        for (int i = 0; i < 4; i++) {
            cluster.sim.runFor(Time.millis(700));
            workload.fault();
        }
        cluster.sim.runFor(Time.seconds(2));
        workload.stop();
        workload.demandConvergence();
        return workload;
    }

    @Test
    void promisesToClientsHoldUnderCrashesAndPartitions() {
        long first = Long.getLong("burn.first", 1);
        int seeds = Integer.getInteger("burn.seeds", 100);
        TreeMap<Mark, Long> marks = new TreeMap<>();
        long acknowledged = 0;
        long delivered = 0;
        for (long seed = first; seed < first + seeds; seed++) {
            BrokerWorkload workload;
            try {
                workload = run(seed);
            } catch (RuntimeException | Error failure) {
                throw new AssertionError("seed " + seed + ": " + failure.getMessage(), failure);
            }
            acknowledged += workload.history.acknowledged();
            delivered += workload.history.delivered();
            workload.cluster.sim.marks().forEach((mark, count) -> marks.merge(mark, count, Long::sum));
        }
        assertThat(acknowledged).isGreaterThan(seeds * 100L);
        assertThat(delivered).isGreaterThan(acknowledged);
        assertThat(marks)
                .containsKeys(
                        BrokerMarks.ROUTES_CLEARED,
                        BrokerMarks.FORWARDS_DROPPED,
                        BrokerMarks.FORWARD_RESENT,
                        BrokerMarks.FORWARD_DUPLICATE,
                        BrokerMarks.TAKEN_OVER_ACROSS_NODES);
    }

    @Test
    void runsOfOneSeedAreTheSameRun() {
        BrokerWorkload one = run(3);
        BrokerWorkload other = run(3);
        assertThat(one.cluster.sim.traceHash()).isEqualTo(other.cluster.sim.traceHash());
        assertThat(one.cluster.sim.eventCount()).isEqualTo(other.cluster.sim.eventCount());
    }
}
