package io.orrery.sim.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.orrery.kernel.Check;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ClogTest {
    private final LetterWorld world = new LetterWorld(5, 5);

    @Test
    void clogHoldsBackEverythingAndLosesNothing() {
        world.fault("link n1>n2 clog");
        world.send(Delivery.DATAGRAM, "n1", "n2", 0, 100).send(Delivery.STREAM, "n1", "n2", 100, 100);
        world.pass(Time.seconds(10));
        assertEquals(List.of(), world.received("n2"));
        world.fault("link n1>n2 unclog").pass(Time.millis(1));
        assertEquals(
                LetterWorld.numbers(0, 200),
                world.received("n2").stream().sorted().toList());
        assertEquals(100, world.sim.network().counters().clogged());
        assertEquals(0, world.sim.network().counters().connectionsBroken());
    }

    @Test
    void releasedStreamKeepsItsOrderAndDatagramsTheOneInWhichTheyCame() {
        LetterWorld open = new LetterWorld(5, 5);
        for (LetterWorld each : List.of(world, open)) {
            if (each == world) {
                each.fault("link n1>n2 clog");
            }
            each.send(Delivery.DATAGRAM, "n1", "n2", 0, 50).pass(Time.millis(5));
            each.send(Delivery.STREAM, "n1", "n2", 100, 50).pass(Time.seconds(1));
            each.fault("link n1>n2 unclog").pass(Time.millis(1));
        }
        assertEquals(open.received("n2").subList(0, 50), below100(world));
        assertEquals(LetterWorld.numbers(100, 50), above100(world));
    }

    @Test
    void clogOfOneDirectionLeavesTheOtherAlone() {
        assertEquals(
                "n1:2345 n2:345 n3:1245 n4:1235 n5:1234",
                world.fault("link n1>n2 clog").reach());
    }

    @Test
    void clogThatIsCutLosesItsDatagramsWhenItOpens() {
        world.fault("link n1>n2 clog")
                .send(Delivery.DATAGRAM, "n1", "n2", 0, 10)
                .pass(Time.millis(5));
        world.fault("link n1>n2 cut").fault("link n1>n2 unclog").pass(Time.millis(5));
        assertEquals(List.of(), world.received("n2"));
        assertEquals(10, world.sim.network().counters().cut());
    }

    @Test
    void fullClogRefusesInsteadOfGrowing() {
        world.fault("link n1>n2 clog").send(Delivery.DATAGRAM, "n1", "n2", 0, Link.DATAGRAMS_MAX);
        world.pass(Time.seconds(1)).send(Delivery.DATAGRAM, "n1", "n2", 0, 3);
        assertEquals(3, world.sim.network().counters().refused());
    }

    private static List<Long> below100(LetterWorld world) {
        return world.received("n2").stream().filter(number -> number < 100).toList();
    }

    private static List<Long> above100(LetterWorld world) {
        return world.received("n2").stream().filter(number -> number >= 100).toList();
    }

    /** The nodes whose links are clogged, by their links to n5, which no test swizzles. */
    private static String clogged(LetterWorld world) {
        NodeId n5 = NodeId.of("n5");
        StringBuilder text = new StringBuilder();
        for (NodeId node : world.sim.nodes()) {
            if (!node.equals(n5) && world.sim.network().isClogged(node, n5)) {
                Check.that(world.sim.network().isClogged(n5, node), "a stopped node neither hears nor is heard");
                text.append(node);
            }
        }
        return text.toString();
    }

    @Test
    void swizzledNodesStopOneByOneAndAreReleasedOneByOne() {
        List<String> seen = new ArrayList<>();
        world.fault("swizzle n1,n2,n3 600ms").pass(Time.millis(50));
        for (int i = 0; i < 7; i++) {
            seen.add(clogged(world));
            world.pass(Time.millis(100));
        }
        assertEquals(List.of("n1", "n1n2", "n1n2n3", "n1n2n3"), seen.subList(0, 4));
        assertEquals(
                List.of(4, 2, 0),
                seen.subList(4, 7).stream().map(String::length).toList());
    }

    @Test
    void orderOfReleaseIsDrawn() {
        TreeSet<String> seen = new TreeSet<>();
        for (int seed = 0; seed < 20; seed++) {
            seen.add(clogged(
                    new LetterWorld(seed, 5).fault("swizzle n1,n2 400ms").pass(Time.millis(350))));
        }
        assertEquals(new TreeSet<>(List.of("n1", "n2")), seen);
    }

    @Test
    void linkBetweenTwoStoppedNodesOpensWhenBothAreReleased() {
        world.fault("swizzle n1,n2 400ms").pass(Time.millis(350));
        world.send(Delivery.STREAM, "n1", "n2", 0, 5).pass(Time.millis(40));
        assertEquals(List.of(), world.received("n2"));
        world.pass(Time.millis(20));
        assertEquals(LetterWorld.numbers(0, 5), world.received("n2"));
    }

    @Test
    void healingAllEndsClogsAndSwizzles() {
        world.fault("link n4>n5 clog")
                .fault("swizzle n1,n2 2s")
                .fault("swizzle n2,n3 2s")
                .pass(Time.millis(900));
        world.sim.healAll();
        for (int i = 0; i < 4; i++) {
            assertEquals("n1:2345 n2:1345 n3:1245 n4:1235 n5:1234", world.reach());
            world.pass(Time.millis(400));
        }
    }
}
