package io.orrery.sim.example;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orrery.kernel.Channel;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Port;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.Time;
import io.orrery.kernel.Timer;
import io.orrery.kernel.codec.Codec;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import io.orrery.sim.Simulation;
import io.orrery.sim.network.LinkPolicy;
import org.junit.jupiter.api.Test;

/** The example of docs/SIMULATION.md, word for word. */
class QuestionTest {
    private static final class Numbers implements Codec<Long> {
        @Override
        public void encode(Long number, Encoder out) {
            out.writeLong(number);
        }

        @Override
        public Long decode(Decoder in) {
            return in.readLong();
        }
    }

    // example begins
    /** Asks until it is answered. */
    static final class Asker implements Protocol {
        private final NodeId peer;
        private final Port<Long> port;
        private final Timer retry;
        private long answer;

        Asker(Kernel kernel, NodeId peer) {
            this.peer = peer;
            port = kernel.open(new Channel(1000, 0, Delivery.DATAGRAM), new Numbers(), (from, n) -> answer = n);
            retry = kernel.timer("retry", this::start);
        }

        @Override
        public void start() {
            if (answer == 0) {
                port.send(peer, 21L);
                retry.restart(Time.millis(100));
            }
        }
    }

    /** Answers with twice the number. */
    static final class Doubler implements Protocol {
        private final Port<Long> port;

        Doubler(Kernel kernel) {
            port = kernel.open(new Channel(1000, 0, Delivery.DATAGRAM), new Numbers(), this::onNumber);
        }

        private void onNumber(NodeId from, long number) {
            port.send(from, 2 * number);
        }

        @Override
        public void start() {}
    }

    @Test
    void questionIsAnsweredInSpiteOfLossAndACrash() {
        for (long seed = 0; seed < 100; seed++) {
            Simulation sim = new Simulation(seed);
            sim.network().policy(LinkPolicy.LAN.loss(300_000));
            NodeId doubler = sim.addNode("doubler", Doubler::new);
            NodeId asker = sim.addNode("asker", kernel -> new Asker(kernel, doubler));
            sim.crash(doubler);
            sim.after(Time.seconds(1), () -> sim.restart(doubler));
            assertTrue(sim.runUntil(() -> sim.protocol(asker, Asker.class).answer == 42, Time.seconds(10)));
        }
    }
    // example ends
}
