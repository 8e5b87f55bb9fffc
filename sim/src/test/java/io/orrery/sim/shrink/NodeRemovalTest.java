package io.orrery.sim.shrink;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.NodeId;
import io.orrery.sim.scenario.Scenario;
import org.junit.jupiter.api.Test;

class NodeRemovalTest {
    private static String without(int number, String... lines) {
        String text = "seed 1\nnodes 5\nworkload none\nhorizon 10s\n" + String.join("\n", lines) + "\n";
        Scenario fewer = NodeRemoval.without(Scenario.parse(text), NodeId.of("n" + number));
        assertThat(fewer.nodeCount()).isEqualTo(4);
        return fewer.plan().toString().strip().replace("\n", "; ");
    }

    @Test
    void nodesBehindItMoveUp() {
        assertThat(without(2, "at 1s crash n1", "at 2s crash n3", "at 3s pause n5 800ms"))
                .isEqualTo("at 1s crash n1; at 2s crash n2; at 3s pause n4 800ms");
    }

    @Test
    void linesAboutItAloneGo() {
        assertThat(without(2, "at 1s crash n2", "at 1s disk n2 slow 4ms", "at 2s link n2>n3 cut", "at 3s heal"))
                .isEqualTo("at 3s heal");
        assertThat(without(2, "at 1s link * loss 1000ppm", "at 1s link n1>n3 cut", "at 2s hunt leaders"))
                .isEqualTo("at 1s link * loss 1000ppm; at 1s link n1>n2 cut; at 2s hunt leaders");
    }

    @Test
    void groupsLoseIt() {
        assertThat(without(2, "at 1s partition n1,n2 | n3,n4,n5")).isEqualTo("at 1s partition n1 | n2,n3,n4");
        assertThat(without(2, "at 1s partition n2 | n1 | n3,n4,n5")).isEqualTo("at 1s partition n1 | n2,n3,n4");
        assertThat(without(5, "at 1s partition n1,n2 | n3,n4 | n5")).isEqualTo("at 1s partition n1,n2 | n3,n4");
        assertThat(without(3, "at 1s power-loss n2,n3,n1 syncing")).isEqualTo("at 1s power-loss n2,n1 syncing");
        assertThat(without(1, "at 1s partition n1,n2 > n3,n4")).isEqualTo("at 1s partition n1 > n2,n3");
    }

    @Test
    void whatSaysNothingWithoutItGoes() {
        assertThat(without(2, "at 1s partition n2 > n3,n4", "at 2s isolate n1")).isEqualTo("at 2s isolate n1");
        assertThat(without(3, "at 1s bridge n3 : n1,n2 | n4,n5", "at 2s isolate n1"))
                .isEqualTo("at 2s isolate n1");
    }
}
