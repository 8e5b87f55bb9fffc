package io.orrery.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orrery.kernel.Channel;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Port;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.Time;
import io.orrery.kernel.Timer;
import io.orrery.kernel.loop.NodeEvent;
import io.orrery.sim.network.LinkPolicy;
import io.orrery.sim.network.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ObserverTest {
    private static final NodeId N1 = NodeId.of("n1");

    /** Sends a number to all others every ten milliseconds. */
    private static final class Chatter implements Protocol {
        static final Channel CHANNEL = new Channel(1000, 0, Delivery.DATAGRAM);

        private final Kernel kernel;
        private final Port<Long> port;
        private final Timer again;

        Chatter(Kernel kernel) {
            this.kernel = kernel;
            port = kernel.open(CHANNEL, PingPong.NUMBERS, (from, number) -> {});
            again = kernel.timer("again", this::start);
        }

        @Override
        public void start() {
            for (String name : List.of("n1", "n2", "n3")) {
                if (!kernel.self().name().equals(name)) {
                    port.send(NodeId.of(name), 7L);
                }
            }
            again.restart(Time.millis(10));
        }
    }

    /** Follows each frame from its sender to where it ends. */
    private static final class Frames implements Observer {
        final TreeMap<Long, Long> sentInEvent = new TreeMap<>();
        final TreeMap<Long, Integer> arrivals = new TreeMap<>();
        final TreeMap<Long, Integer> losses = new TreeMap<>();
        final TreeMap<Loss, Integer> reasons = new TreeMap<>();
        final List<Observer.Life> lives = new ArrayList<>();
        long event;

        @Override
        public void onEvent(long number, NodeId node, NodeEvent.Kind kind, String subject, long message) {
            assertEquals(event + 1, number);
            event = number;
            if (message > 0) {
                assertEquals(NodeEvent.Kind.DELIVER, kind);
                assertTrue(sentInEvent.get(message) < number, "a frame arrives after it was sent");
                arrivals.merge(message, 1, Integer::sum);
            }
        }

        @Override
        public void onSend(long message, NodeId from, NodeId to, Channel channel, int bytes, Object body) {
            assertEquals(sentInEvent.size() + 1, message);
            sentInEvent.put(message, event);
            assertEquals(Chatter.CHANNEL, channel);
            assertEquals(7L, body);
        }

        @Override
        public void onLoss(long message, Loss why) {
            losses.merge(message, 1, Integer::sum);
            reasons.merge(why, 1, Integer::sum);
        }

        @Override
        public void onLife(NodeId node, Observer.Life change) {
            if (node.equals(N1)) {
                lives.add(change);
            }
        }
    }

    private static Simulation world(Observer observer) {
        Simulation sim = new Simulation(3);
        sim.network().policy(LinkPolicy.LAN.loss(200_000).duplicate(200_000));
        if (observer != null) {
            sim.observe(observer);
        }
        for (String name : List.of("n1", "n2", "n3")) {
            sim.addNode(name, Chatter::new);
        }
        sim.runFor(Time.seconds(1));
        sim.pause(N1, Time.millis(300));
        sim.runFor(Time.seconds(1));
        sim.crash(N1);
        sim.runFor(Time.seconds(1));
        sim.restart(N1);
        sim.runFor(Time.seconds(1));
        return sim;
    }

    @Test
    void everyFrameArrivesOrIsLostAndMayDoBothOnlyIfDuplicated() {
        Frames frames = new Frames();
        Simulation sim = world(frames);
        assertTrue(frames.sentInEvent.size() > 50, "frames: " + frames.sentInEvent.size());
        int ends = 0;
        for (long message : frames.sentInEvent.keySet()) {
            int copies = frames.arrivals.getOrDefault(message, 0) + frames.losses.getOrDefault(message, 0);
            assertTrue(copies <= 2, "copies of frame " + message + ": " + copies);
            ends += copies;
        }
        assertTrue(ends + 5 >= frames.sentInEvent.size(), "frames end somewhere");
        assertTrue(frames.arrivals.containsValue(2), "a duplicated frame arrives twice");
        assertTrue(frames.reasons.containsKey(Loss.LOST));
        assertTrue(frames.reasons.containsKey(Loss.DOWN));
        assertEquals(sim.network().counters().lost(), (long) frames.reasons.get(Loss.LOST));
        assertEquals(
                List.of(
                        Observer.Life.BOOT,
                        Observer.Life.PAUSE,
                        Observer.Life.RESUME,
                        Observer.Life.CRASH,
                        Observer.Life.BOOT),
                frames.lives);
    }

    @Test
    void watchingChangesNothing() {
        assertEquals(world(null).traceHash(), world(new Frames()).traceHash());
    }
}
