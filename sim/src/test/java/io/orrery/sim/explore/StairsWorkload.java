package io.orrery.sim.explore;

import io.orrery.kernel.Channel;
import io.orrery.kernel.Check;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.Description;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Port;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.Time;
import io.orrery.kernel.Timer;
import io.orrery.kernel.codec.Codec;
import io.orrery.sim.Simulation;
import io.orrery.sim.Stall;
import io.orrery.sim.coverage.AbstractState;
import io.orrery.sim.coverage.Abstraction;
import io.orrery.sim.network.LinkPolicy;
import io.orrery.sim.run.Workload;
import io.orrery.sim.scenario.Scenario;
import java.util.List;

/**
 * A bug at the top of stairs: it shows when so many messages in a row arrive on a network that loses most. A seed that draws
 * them all at once is rare; step by step, from the highest stair that was reached, it is near.
 */
final class StairsWorkload implements Workload {
    private final int top;
    private Simulation sim;

    StairsWorkload(int top) {
        this.top = top;
    }

    /** Sends numbers; or counts how many came in a row. */
    static final class Climber implements Protocol {
        private final Kernel kernel;
        private final int top;
        private final Port<Long> port;
        private final Timer timer;
        private long sent;
        private long last;
        private int height;

        Climber(Kernel kernel, int top) {
            this.kernel = kernel;
            this.top = top;
            Codec<Long> codec = Codec.of((n, out) -> out.writeLong(n), in -> in.readLong());
            port = kernel.open(new Channel(1000, 0, Delivery.DATAGRAM), codec, this::onNumber);
            timer = kernel.timer("send", this::send);
        }

        @Override
        public void start() {
            if (kernel.self().name().equals("n1")) {
                timer.restart(Time.millis(10));
            }
        }

        private void send() {
            port.send(NodeId.of("n2"), ++sent);
            timer.restart(Time.millis(10));
        }

        private void onNumber(NodeId from, long number) {
            height = number == last + 1 ? height + 1 : 0;
            last = number;
            Check.that(height < top, "nobody reaches the top", height);
        }

        int height() {
            return height;
        }

        @Override
        public void describe(Description out) {
            out.value("height", Integer.toString(height));
        }
    }

    @Override
    public String name() {
        return "stairs";
    }

    @Override
    public void start(Simulation simulation, Scenario scenario) {
        sim = simulation;
        sim.network().policy(LinkPolicy.LAN.loss(850_000));
        for (NodeId node : scenario.nodes()) {
            sim.addNode(node.name(), kernel -> new Climber(kernel, top));
        }
    }

    /** Has the height looked at after every event, not only now and then. */
    @Override
    public Abstraction abstraction() {
        return new Abstraction() {
            @Override
            public void sketch(Simulation world, AbstractState state) {
                List<NodeId> nodes = world.nodes();
                for (int index = 0; index < nodes.size(); index++) {
                    state.node(index, world.isUp(nodes.get(index)) ? pulse(nodes.get(index)) : -1);
                }
            }

            @Override
            public long pulse(NodeId node) {
                Climber climber = sim.protocol(node, Climber.class);
                return climber == null ? 0 : climber.height();
            }
        };
    }

    @Override
    public void operate(long number, Prng luck) {}

    @Override
    public void calm() {}

    @Override
    public boolean converged() {
        return true;
    }

    @Override
    public Stall stall() {
        return Stall.of("nobody", "nothing");
    }
}
