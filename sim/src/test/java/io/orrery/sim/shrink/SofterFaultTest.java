package io.orrery.sim.shrink;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.sim.scenario.Fault;
import io.orrery.sim.scenario.FaultPlan;
import java.util.List;
import org.junit.jupiter.api.Test;

class SofterFaultTest {
    private static Fault fault(String line) {
        return FaultPlan.parse("at 1s " + line, 5).faults().get(0).fault();
    }

    private static List<String> softer(String line) {
        return SofterFault.of(fault(line)).stream().map(Fault::toString).toList();
    }

    @Test
    void aLesserFaultOfEachKindIsOffered() {
        assertThat(softer("pause n3 800ms")).containsExactly("pause n3 400ms");
        assertThat(softer("crash n3 syncing")).containsExactly("crash n3");
        assertThat(softer("power-loss n2,n1 syncing"))
                .containsExactly("power-loss n2,n1", "power-loss n2 syncing", "power-loss n1 syncing");
        assertThat(softer("power-loss n2")).containsExactly("crash n2");
        assertThat(softer("flap n1 | n2 every 300ms for 5s")).containsExactly("partition n1 | n2");
        assertThat(softer("clock n5 step -3s")).containsExactly("clock n5 step -1500ms");
        assertThat(softer("link n1>n2 loss 7ppm duplicate 3ppm")).hasSize(2);
        assertThat(softer("crash n3")).isEmpty();
        assertThat(softer("heal")).isEmpty();
    }

    @Test
    void softeningComesToAnEnd() {
        for (String line : List.of(
                "pause n3 60s",
                "power-loss n1,n2,n3,n4,n5 syncing",
                "link * delay 5ms..60ms loss 9ppm duplicate 9ppm reorder 9ppm corrupt 9ppm forge 9ppm",
                "clock n1 drift -500ppm",
                "clock n1 step +60s",
                "swizzle n1,n2 20s",
                "disk n2 slow 3s",
                "link n1>n2 far 30s")) {
            Fault fault = fault(line);
            int steps = 0;
            while (!SofterFault.of(fault).isEmpty()) {
                fault = SofterFault.of(fault).get(0);
                steps++;
                assertThat(steps).as(line).isLessThan(40);
            }
            assertThat(steps).as(line).isPositive();
        }
    }
}
