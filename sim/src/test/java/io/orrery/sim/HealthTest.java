package io.orrery.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.sim.network.LinkPolicy;
import io.orrery.sim.scenario.Scenario;
import org.junit.jupiter.api.Test;

class HealthTest {
    private final Simulation sim = new Simulation(3);
    private final Health health = new Health(sim);
    private final NodeId one = sim.addNode("n1", kernel -> () -> {});
    private final NodeId two = sim.addNode("n2", kernel -> () -> {});
    private final NodeId three = sim.addNode("n3", kernel -> () -> {});

    private void pass(long millis) {
        for (long passed = 0; passed < millis; passed += 50) {
            sim.runFor(Time.millis(50));
            health.look();
        }
    }

    private boolean areWell() {
        return health.areWell(one, two, Time.millis(500));
    }

    @Test
    void undisturbedNodesAreWellOnceLongEnough() {
        pass(400);
        assertThat(areWell()).isFalse();
        pass(200);
        assertThat(areWell()).isTrue();
        assertThat(health.isInCore(three, Time.millis(500))).isTrue();
    }

    @Test
    void aCrashAPauseAndTheirEndsCountFromTheEnd() {
        pass(1_000);
        sim.crash(one);
        assertThat(areWell()).isFalse();
        sim.restart(one);
        pass(400);
        assertThat(areWell()).isFalse();
        pass(200);
        assertThat(areWell()).isTrue();
        sim.pause(two, Time.millis(100));
        assertThat(areWell()).isFalse();
        pass(400);
        assertThat(areWell()).isFalse();
        pass(300);
        assertThat(areWell()).isTrue();
    }

    @Test
    void aCutOneWayOrALossyLinkMakesTheLinkUnwellAndNotTheNode() {
        pass(1_000);
        sim.network().cut(two, one);
        pass(50);
        assertThat(areWell()).isFalse();
        assertThat(health.isWell(one, Time.millis(500))).isTrue();
        assertThat(health.isInCore(one, Time.millis(500))).isTrue();
        sim.network().policy(one, three, LinkPolicy.LAN.loss(300_000));
        pass(50);
        assertThat(health.isInCore(one, Time.millis(500))).isFalse();
        sim.network().heal();
        pass(600);
        assertThat(areWell()).isTrue();
    }

    @Test
    void aFaultOfUnknownBoundsMakesAllUnwellUntilTheCalm() {
        pass(1_000);
        sim.note("fault", "earthquake n1");
        pass(1_000);
        assertThat(areWell()).isFalse();
        sim.note("calm", "");
        pass(600);
        assertThat(areWell()).isTrue();
    }

    @Test
    void aClockThatRunsFastMakesItsNodeUnwell() {
        pass(1_000);
        sim.note("fault", "clock n2 drift +100000ppm");
        pass(1_000);
        assertThat(areWell()).isFalse();
        sim.note("fault", "clock n2 drift -200ppm");
        pass(600);
        assertThat(areWell()).isTrue();
    }

    @Test
    void delaysAreKnownWhateverTheirShapeAndADistanceCounts() {
        for (String mild : new String[] {"exp 500us", "tail 200us..800us 1000ppm 100ms", "1ms..4ms"}) {
            apply("link * delay " + mild);
            pass(600);
            assertThat(areWell()).as(mild).isTrue();
        }
        for (String slow : new String[] {"delay exp 30ms", "delay tail 1ms..2ms 100000ppm 100ms", "far 30ms"}) {
            apply("link n1>n2 " + slow);
            pass(600);
            assertThat(areWell()).as(slow).isFalse();
            assertThat(health.areWell(one, three, Time.millis(500))).isTrue();
            apply("link n1>n2 healthy");
            apply("link n1>n2 far 0ms");
            pass(600);
        }
    }

    @Test
    void otherReleasesAndFlappingPartitionsLeaveKnownWhoIsWell() {
        apply("version n1 1");
        apply("flap n1,n2 | n3 every 300ms for 5s");
        pass(900);
        assertThat(areWell()).isTrue();
        assertThat(health.areWell(one, three, Time.millis(500))).isFalse();
    }

    @Test
    void nodeThatIsBusyIsUnwellAndTheOthersAreNot() {
        apply("busy n2 3ms for 1s");
        pass(2_000);
        assertThat(areWell()).isFalse();
        assertThat(health.areWell(one, three, Time.millis(500))).isTrue();
    }

    private void apply(String line) {
        Scenario scenario = Scenario.parse("seed 1 nodes 3 workload w horizon 9s\nat 0ms " + line);
        scenario.plan().faults().get(0).fault().apply(sim);
        sim.note("fault", line);
    }
}
