package io.orrery.sim.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.sim.Letters;
import io.orrery.sim.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class NetworkTest {
    private static final NodeId N1 = NodeId.of("n1");
    private static final NodeId N2 = NodeId.of("n2");
    private static final NodeId N3 = NodeId.of("n3");

    private final Simulation sim = three(7);

    private static Simulation three(long seed) {
        Simulation sim = new Simulation(seed);
        sim.addNode("n1", Letters::new);
        sim.addNode("n2", Letters::new);
        sim.addNode("n3", Letters::new);
        sim.runFor(Time.millis(1));
        return sim;
    }

    private static void send(Simulation sim, Delivery delivery, NodeId from, NodeId to, int first, int count) {
        sim.onNode(from, () -> {
            for (int i = 0; i < count; i++) {
                sim.protocol(from, Letters.class).send(delivery, to, first + i);
            }
        });
    }

    private static List<Long> received(Simulation sim, NodeId node) {
        return sim.protocol(node, Letters.class).numbers();
    }

    private static List<Long> numbers(int first, int count) {
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add((long) first + i);
        }
        return numbers;
    }

    @Test
    void healthyNetworkLosesAndDuplicatesNothing() {
        send(sim, Delivery.DATAGRAM, N1, N2, 0, 1000);
        sim.runFor(Time.seconds(1));
        assertEquals(numbers(0, 1000), received(sim, N2).stream().sorted().toList());
    }

    @Test
    void lossTakesItsShareOfDatagrams() {
        sim.network().policy(LinkPolicy.LAN.loss(300_000));
        send(sim, Delivery.DATAGRAM, N1, N2, 0, 2000);
        sim.runFor(Time.seconds(1));
        int arrived = received(sim, N2).size();
        assertTrue(arrived > 1300 && arrived < 1500, "about 1400 of 2000, not " + arrived);
        assertEquals(2000 - arrived, sim.network().counters().lost());
    }

    @Test
    void duplicationDeliversSomeDatagramsTwice() {
        sim.network().policy(LinkPolicy.LAN.duplicate(200_000));
        send(sim, Delivery.DATAGRAM, N1, N2, 0, 1000);
        sim.runFor(Time.seconds(1));
        List<Long> arrived = received(sim, N2);
        assertEquals(1000, new TreeSet<>(arrived).size());
        assertTrue(arrived.size() > 1150 && arrived.size() < 1250, "about 1200, not " + arrived.size());
    }

    @Test
    void lossAndDuplicationAreDrawnApart() {
        sim.network().policy(LinkPolicy.LAN.loss(500_000).duplicate(500_000));
        send(sim, Delivery.DATAGRAM, N1, N2, 0, 2000);
        sim.runFor(Time.seconds(1));
        int arrived = received(sim, N2).size();
        assertTrue(arrived > 1400 && arrived < 1600, "about 1500, not " + arrived);
    }

    @Test
    void reorderingHoldsDatagramsBack() {
        LinkPolicy steady = LinkPolicy.LAN.delay(Time.millis(1), Time.millis(1));
        sim.network().policy(steady);
        send(sim, Delivery.DATAGRAM, N1, N2, 0, 500);
        sim.runFor(Time.seconds(1));
        assertEquals(numbers(0, 500), received(sim, N2), "equal delays keep the order");
        sim.network().policy(steady.reorder(100_000));
        send(sim, Delivery.DATAGRAM, N1, N3, 0, 500);
        sim.runFor(Time.seconds(1));
        assertNotEquals(numbers(0, 500), received(sim, N3));
        assertEquals(numbers(0, 500), received(sim, N3).stream().sorted().toList());
    }

    @Test
    void delaysLieBetweenTheirBounds() {
        sim.network().policy(N1, N2, LinkPolicy.LAN.delay(Time.millis(3), Time.millis(9)));
        long origin = sim.clockNanos(N2) - sim.nowNanos();
        long sent = sim.nowNanos();
        send(sim, Delivery.DATAGRAM, N1, N2, 0, 1000);
        sim.runFor(Time.seconds(1));
        long least = Long.MAX_VALUE;
        long most = 0;
        for (Letters.Letter letter : sim.protocol(N2, Letters.class).received()) {
            long delay = letter.atNanos() - origin - sent;
            least = Math.min(least, delay);
            most = Math.max(most, delay);
        }
        assertTrue(least >= Time.millis(3) && least < Time.micros(3100), "least " + least);
        assertTrue(most <= Time.millis(9) && most > Time.micros(8900), "most " + most);
    }

    @Test
    void distanceIsAddedWhateverThePolicy() {
        sim.network().distance(N1, N2, Time.millis(30));
        for (long delayMillis : new long[] {1, 8}) {
            sim.network().policy(LinkPolicy.LAN.delay(Time.millis(delayMillis), Time.millis(delayMillis)));
            int before = received(sim, N2).size();
            send(sim, Delivery.DATAGRAM, N1, N2, 0, 1);
            send(sim, Delivery.STREAM, N1, N2, 1, 1);
            send(sim, Delivery.DATAGRAM, N2, N1, 2, 1);
            sim.runFor(Time.millis(30 + delayMillis) - 1);
            assertEquals(before, received(sim, N2).size());
            assertEquals(1 + before / 2, received(sim, N1).size(), "the way back is as it was");
            sim.runFor(1);
            assertEquals(before + 2, received(sim, N2).size());
        }
        sim.network().distance(N1, N2, 0);
        send(sim, Delivery.DATAGRAM, N1, N2, 0, 1);
        sim.runFor(Time.millis(8));
        assertEquals(5, received(sim, N2).size());
    }

    @Test
    void streamIsClearWhenWhatABadLinkHeldUpHasArrivedThoughTheLinkIsWellAgain() {
        assertEquals(0, sim.network().streamsClearNanos());
        sim.network().policy(LinkPolicy.LAN.loss(900_000));
        send(sim, Delivery.STREAM, N1, N2, 0, 50);
        sim.runFor(1);
        sim.network().healAll();
        long clearNanos = sim.network().streamsClearNanos();
        assertTrue(clearNanos > sim.nowNanos() + Time.seconds(1), "some are sent again more than once");
        sim.runFor(clearNanos - 1 - sim.nowNanos());
        assertTrue(received(sim, N2).size() < 50, "not all have arrived before");
        sim.runFor(1);
        assertEquals(numbers(0, 50), received(sim, N2));
        assertEquals(0, sim.network().streamsClearNanos());
    }

    @Test
    void streamKeepsItsOrderUnderEveryCondition() {
        sim.network()
                .policy(LinkPolicy.LAN
                        .delay(0, Time.millis(50))
                        .loss(100_000)
                        .duplicate(500_000)
                        .reorder(500_000));
        for (int i = 0; i < 100; i++) {
            send(sim, Delivery.STREAM, N1, N2, i * 10, 10);
            sim.runFor(Time.millis(7));
        }
        sim.runFor(Time.seconds(60));
        assertEquals(numbers(0, 1000), received(sim, N2));
        assertTrue(sim.network().counters().retransmitted() > 50, "loss makes stream frames late");
    }

    @Test
    void partitionStopsBothWaysBetweenGroupsAndNothingWithin() {
        sim.network().partition(List.of(List.of(N1), List.of(N2, N3)));
        send(sim, Delivery.DATAGRAM, N1, N2, 1, 1);
        send(sim, Delivery.DATAGRAM, N2, N1, 2, 1);
        send(sim, Delivery.DATAGRAM, N2, N3, 3, 1);
        sim.runFor(Time.seconds(1));
        assertEquals(List.of(), received(sim, N1));
        assertEquals(List.of(), received(sim, N2));
        assertEquals(List.of(3L), received(sim, N3));
        sim.network().heal();
        send(sim, Delivery.DATAGRAM, N1, N2, 4, 1);
        sim.runFor(Time.seconds(1));
        assertEquals(List.of(4L), received(sim, N2));
    }

    @Test
    void nodesInNoGroupFormOneOfTheirOwn() {
        sim.network().partition(List.of(List.of(N1)));
        assertTrue(sim.network().isCut(N1, N2));
        assertTrue(sim.network().isCut(N3, N1));
        assertFalse(sim.network().isCut(N2, N3));
    }

    @Test
    void nodeAddedDuringAPartitionIsInTheGroupOfTheUnnamed() {
        sim.network().partition(List.of(List.of(N1)));
        NodeId n4 = sim.addNode("n4", Letters::new);
        assertTrue(sim.network().isCut(N1, n4));
        assertFalse(sim.network().isCut(n4, N2));
    }

    @Test
    void cutStopsOneWayOnly() {
        sim.network().cut(N1, N2);
        send(sim, Delivery.DATAGRAM, N1, N2, 1, 1);
        send(sim, Delivery.DATAGRAM, N2, N1, 2, 1);
        sim.runFor(Time.seconds(1));
        assertEquals(List.of(), received(sim, N2));
        assertEquals(List.of(2L), received(sim, N1));
        sim.network().mend(N1, N2);
        send(sim, Delivery.DATAGRAM, N1, N2, 3, 1);
        sim.runFor(Time.seconds(1));
        assertEquals(List.of(3L), received(sim, N2));
    }

    @Test
    void isolationOutlivesThePartitionAndEndsWithHealing() {
        sim.network().isolate(N3);
        sim.network().partition(List.of(List.of(N1, N3), List.of(N2)));
        assertTrue(sim.network().isCut(N1, N3));
        sim.network().heal();
        assertFalse(sim.network().isCut(N1, N3));
        assertFalse(sim.network().isCut(N3, N2));
    }

    @Test
    void datagramsUnderWayWhenTheLinkIsCutAreLost() {
        sim.network().policy(LinkPolicy.LAN.delay(Time.millis(10), Time.millis(10)));
        send(sim, Delivery.DATAGRAM, N1, N2, 1, 1);
        sim.runFor(Time.millis(5));
        sim.network().cut(N1, N2);
        sim.runFor(Time.seconds(1));
        assertEquals(List.of(), received(sim, N2));
    }

    @Test
    void shortCutMakesStreamFramesLate() {
        sim.network().cut(N1, N2);
        send(sim, Delivery.STREAM, N1, N2, 0, 5);
        sim.runFor(Time.seconds(2));
        assertEquals(List.of(), received(sim, N2));
        sim.network().mend(N1, N2);
        sim.runFor(Time.millis(10));
        assertEquals(numbers(0, 5), received(sim, N2));
        assertEquals(0, sim.network().counters().streamFramesLost());
    }

    @Test
    void longCutBreaksTheConnectionAndLaterFramesGetThrough() {
        send(sim, Delivery.STREAM, N1, N2, 0, 5);
        sim.runFor(Time.seconds(1));
        sim.network().cut(N1, N2);
        send(sim, Delivery.STREAM, N1, N2, 5, 5);
        sim.runFor(StreamPipe.TIMEOUT_NANOS + 1);
        sim.network().mend(N1, N2);
        send(sim, Delivery.STREAM, N1, N2, 10, 5);
        sim.runFor(Time.seconds(1));
        List<Long> expected = numbers(0, 5);
        expected.addAll(numbers(10, 5));
        assertEquals(expected, received(sim, N2));
        assertEquals(5, sim.network().counters().streamFramesLost());
    }

    @Test
    void framesSentLateInALongCutBelongToANewConnection() {
        sim.network().cut(N1, N2);
        send(sim, Delivery.STREAM, N1, N2, 0, 5);
        sim.runFor(StreamPipe.TIMEOUT_NANOS + 1);
        send(sim, Delivery.STREAM, N1, N2, 5, 5);
        sim.runFor(Time.seconds(1));
        sim.network().mend(N1, N2);
        sim.runFor(Time.seconds(1));
        assertEquals(numbers(5, 5), received(sim, N2));
    }

    @Test
    void resetLosesASuffixOfWhatIsUnderWay() {
        boolean someKept = false;
        boolean someLost = false;
        for (long seed = 0; seed < 20; seed++) {
            Simulation own = three(seed);
            own.network().policy(LinkPolicy.LAN.delay(Time.millis(10), Time.millis(20)));
            send(own, Delivery.STREAM, N1, N2, 0, 20);
            own.runFor(Time.millis(1));
            own.network().reset(N1, N2);
            send(own, Delivery.STREAM, N1, N2, 100, 5);
            own.runFor(Time.seconds(1));
            List<Long> arrived = received(own, N2);
            int kept = arrived.size() - 5;
            assertEquals(numbers(0, kept), arrived.subList(0, kept));
            assertEquals(numbers(100, 5), arrived.subList(kept, kept + 5), "the new connection lines up behind");
            someKept |= kept > 0;
            someLost |= kept < 20;
        }
        assertTrue(someKept && someLost);
    }

    @Test
    void newIncarnationGetsNoFrameOfAnOldConnection() {
        sim.network().policy(LinkPolicy.LAN.delay(Time.millis(10), Time.millis(20)));
        send(sim, Delivery.STREAM, N1, N2, 0, 20);
        sim.runFor(Time.millis(1));
        sim.crash(N2);
        sim.restart(N2);
        send(sim, Delivery.STREAM, N1, N2, 100, 5);
        sim.runFor(Time.seconds(1));
        assertEquals(numbers(100, 5), received(sim, N2));
    }

    @Test
    void datagramsOutliveTheCrashOfTheirSender() {
        sim.network().policy(LinkPolicy.LAN.delay(Time.millis(10), Time.millis(20)));
        send(sim, Delivery.DATAGRAM, N1, N2, 0, 5);
        sim.crash(N1);
        sim.runFor(Time.seconds(1));
        assertEquals(5, received(sim, N2).size());
    }

    @Test
    void framesToANodeThatIsDownAreLost() {
        sim.crash(N2);
        send(sim, Delivery.STREAM, N1, N2, 0, 5);
        send(sim, Delivery.DATAGRAM, N1, N2, 0, 5);
        sim.runFor(Time.seconds(1));
        sim.restart(N2);
        sim.runFor(Time.seconds(1));
        assertEquals(List.of(), received(sim, N2));
        assertEquals(5, sim.network().counters().unheard());
        send(sim, Delivery.STREAM, N1, N2, 9, 1);
        sim.runFor(Time.seconds(1));
        assertEquals(List.of(9L), received(sim, N2));
    }

    @Test
    void sendIsRefusedWhenTooMuchIsUnderWay() {
        List<Boolean> taken = new ArrayList<>();
        sim.onNode(N1, () -> {
            Letters letters = sim.protocol(N1, Letters.class);
            for (int i = 0; i <= StreamPipe.FRAMES_MAX; i++) {
                taken.add(letters.send(Delivery.STREAM, N2, i));
            }
            for (int i = 0; i <= Link.DATAGRAMS_MAX; i++) {
                taken.add(letters.send(Delivery.DATAGRAM, N2, i));
            }
        });
        assertEquals(2, taken.stream().filter(sent -> !sent).count());
        assertFalse(taken.get(StreamPipe.FRAMES_MAX));
        assertEquals(2, sim.network().counters().refused());
        sim.runFor(Time.seconds(1));
        assertEquals(
                StreamPipe.FRAMES_MAX + Link.DATAGRAMS_MAX, received(sim, N2).size());
    }

    @Test
    void sendToAnUnknownNodeIsRefused() {
        sim.onNode(
                N1, () -> assertFalse(sim.protocol(N1, Letters.class).send(Delivery.STREAM, NodeId.of("nobody"), 1)));
    }

    @Test
    void trafficOnOneLinkShiftsNothingOnAnother() {
        Simulation busy = three(7);
        busy.network().policy(N1, N3, LinkPolicy.LAN.loss(500_000).duplicate(500_000));
        send(busy, Delivery.DATAGRAM, N1, N3, 0, 100);
        for (Simulation each : List.of(sim, busy)) {
            each.network().policy(N1, N2, LinkPolicy.LAN.loss(200_000).delay(0, Time.millis(9)));
            send(each, Delivery.DATAGRAM, N1, N2, 0, 100);
            each.runFor(Time.seconds(1));
        }
        assertEquals(
                sim.protocol(N2, Letters.class).received(),
                busy.protocol(N2, Letters.class).received());
    }

    @Test
    void changeOfPolicyDoesNotShiftTheLuckOfLaterFrames() {
        Simulation disturbed = three(7);
        disturbed
                .network()
                .policy(N1, N2, LinkPolicy.LAN.loss(400_000).duplicate(300_000).reorder(100_000));
        for (Simulation each : List.of(sim, disturbed)) {
            send(each, Delivery.DATAGRAM, N1, N2, 0, 100);
            each.runFor(Time.seconds(1));
            each.network().policy(LinkPolicy.LAN);
            send(each, Delivery.DATAGRAM, N1, N2, 1000, 100);
            each.runFor(Time.seconds(1));
        }
        assertEquals(late(sim), late(disturbed));
    }

    private static List<Letters.Letter> late(Simulation sim) {
        return sim.protocol(N2, Letters.class).received().stream()
                .filter(letter -> letter.number() >= 1000)
                .toList();
    }

    @Test
    void partitionNamesEachNodeOnce() {
        assertThrows(
                IllegalArgumentException.class, () -> sim.network().partition(List.of(List.of(N1), List.of(N1, N2))));
        assertThrows(
                IllegalArgumentException.class, () -> sim.network().partition(List.of(List.of(NodeId.of("nobody")))));
    }

    @Test
    void nodesBeyondTheFirstEightHaveLinksToo() {
        for (int i = 4; i <= 20; i++) {
            sim.addNode("n" + i, Letters::new);
        }
        NodeId last = NodeId.of("n20");
        send(sim, Delivery.STREAM, last, N1, 1, 1);
        send(sim, Delivery.STREAM, N2, last, 2, 1);
        sim.runFor(Time.seconds(1));
        assertEquals(List.of(1L), received(sim, N1));
        assertEquals(List.of(2L), received(sim, last));
    }
}
