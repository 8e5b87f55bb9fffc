package io.orrery.sim.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.sim.Letters;
import io.orrery.sim.scenario.ScenarioException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SplitTest {
    private static final String ALL = "n1:2345 n2:1345 n3:1245 n4:1235 n5:1234";

    private final LetterWorld world = new LetterWorld(3, 5);

    private void assertSplitThatHeals(String line, String reach) {
        assertEquals(ALL, world.reach());
        assertEquals(reach, world.fault(line).reach());
        assertEquals(ALL, world.fault("heal").pass(Time.seconds(1)).reach());
    }

    @Test
    void partitionIntoManyGroupsKeepsEachAmongItself() {
        assertSplitThatHeals("partition n1,n2 | n3,n4 | n5", "n1:2 n2:1 n3:4 n4:3 n5:");
    }

    @Test
    void nodesNotNamedFormAGroupOfTheirOwn() {
        assertSplitThatHeals("partition n1,n2", "n1:2 n2:1 n3:45 n4:35 n5:34");
    }

    @Test
    void isolatedNodeNeitherHearsNorIsHeard() {
        assertSplitThatHeals("isolate n2", "n1:345 n2: n3:145 n4:135 n5:134");
    }

    @Test
    void oneWayPartitionStopsOneDirectionAlone() {
        assertSplitThatHeals("partition n1,n2 > n3,n4", "n1:2345 n2:1345 n3:45 n4:35 n5:1234");
    }

    @Test
    void bridgeIsSeenFromBothSides() {
        assertSplitThatHeals("bridge n3 : n1,n2 | n4,n5", "n1:23 n2:13 n3:1245 n4:35 n5:34");
    }

    @Test
    void nodeInARingSeesItsTwoNeighbours() {
        assertSplitThatHeals("ring n1,n3,n5,n2,n4", "n1:34 n2:45 n3:15 n4:12 n5:23");
    }

    @Test
    void nodesOutsideARingSeeEachOther() {
        assertSplitThatHeals("ring n1,n2,n3", "n1:23 n2:13 n3:12 n4:5 n5:4");
    }

    @Test
    void newPartitionReplacesTheOneBeforeItWhateverItsShape() {
        world.fault("ring n1,n2,n3,n4,n5").fault("partition n1 > n2").fault("bridge n5 : n1,n2 | n3,n4");
        assertEquals("n1:25 n2:15 n3:45 n4:35 n5:1234", world.reach());
    }

    @Test
    void flappingPartitionComesAndGoesAndIsOverInTheEnd() {
        world.fault("flap n1,n2 | n3,n4,n5 every 300ms for 1500ms");
        StringBuilder seen = new StringBuilder();
        for (int i = 0; i < 9; i++) {
            seen.append(world.sim.network().isCut(NodeId.of("n1"), NodeId.of("n3")) ? 'x' : '-');
            world.pass(Time.millis(250));
        }
        assertEquals("xx-x-x---", seen.toString());
        assertEquals(ALL, world.reach());
    }

    @Test
    void healingEndsAFlappingPartitionForGood() {
        world.fault("flap n1 | n3 every 300ms for 60s").pass(Time.millis(700)).fault("heal");
        for (int i = 0; i < 10; i++) {
            assertTrue(!world.sim.network().isCut(NodeId.of("n1"), NodeId.of("n3")));
            world.pass(Time.millis(300));
        }
    }

    @Test
    void nodeThatIsAddedDuringAPartitionBelongsToThoseNotNamed() {
        world.fault("partition n1,n2");
        world.sim.addNode("n6", Letters::new);
        assertEquals("n1:2 n2:1 n3:456 n4:356 n5:346 n6:345", world.reach());
    }

    @Test
    void nodeHasOnePlaceInAPartition() {
        for (String line : List.of(
                "partition n1,n1", "partition n1 > n1", "bridge n1 : n2 | n1", "ring n1,n2,n1", "flap n1 | n1")) {
            assertThrows(ScenarioException.class, () -> world.fault(line), line);
        }
    }
}
