package io.orrery.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.sim.network.LinkPolicy;
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
}
