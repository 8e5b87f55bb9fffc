package io.orrery.server.reconcile;

import io.orrery.kernel.Channel;
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
import io.orrery.sim.run.Burn;
import io.orrery.sim.run.Workload;
import io.orrery.sim.scenario.Scenario;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Three nodes that tell each other numbers, one of which once goes through its peers in an order that must not matter: the
 * bug that comparing JVMs is for.
 */
final class PlantedSweep implements Workload {
    /** What is wrong with it. */
    enum Order {
        /** It goes through them as they came. */
        AS_THEY_CAME,
        /** By identity hash, and tells the others at once. */
        BY_HASH,
        /** By identity hash, and nobody hears of it for two seconds. */
        BY_HASH_IN_SECRET
    }

    static final NodeId CULPRIT = NodeId.of("n2");
    static final String TIMER = "sweep";
    private static final long SWEEP_NANOS = Time.seconds(2);
    private static final int PEERS = 32;

    private final Order order;

    PlantedSweep(Order order) {
        this.order = order;
    }

    static Burn burn(Order order) {
        Scenario calm = Scenario.calm(0, 3, "planted", Time.seconds(5)).rate(0);
        return new Burn(calm, () -> new PlantedSweep(order), UnaryOperator.identity());
    }

    /** Prints fingerprints: {@code ORDER words...}. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) {
            String[] words = new String[arguments.length - 1];
            System.arraycopy(arguments, 1, words, 0, words.length);
            new Fingerprints(burn(Order.valueOf(arguments[0])), System.out::println).print(words);
        }
    }

    /** One of the nodes. */
    private final class Teller implements Protocol {
        private final NodeId next;
        private final Port<Long> port;
        private final Timer beat;
        private final Timer sweep;
        private final Timer tell;
        private final Map<Object, Long> peers = order == Order.AS_THEY_CAME ? new LinkedHashMap<>() : new HashMap<>();
        private long heard;
        private long last;

        Teller(Kernel kernel, NodeId next) {
            this.next = next;
            Codec<Long> codec = Codec.of((n, out) -> out.writeLong(n), in -> in.readLong());
            port = kernel.open(new Channel(1000, 0, Delivery.DATAGRAM), codec, (from, n) -> heard = n);
            beat = kernel.timer("beat", this::onBeat);
            sweep = kernel.timer(TIMER, this::onSweep);
            tell = kernel.timer("tell", () -> port.send(next, last));
            for (long i = 0; i < PEERS; i++) {
                peers.put(new Object(), i);
            }
            if (kernel.self().equals(CULPRIT)) {
                sweep.restart(SWEEP_NANOS);
            }
        }

        @Override
        public void start() {
            beat.restart(Time.millis(10));
        }

        private void onBeat() {
            port.send(next, heard + 1);
            beat.restart(Time.millis(10));
        }

        private void onSweep() {
            last = peers.values().iterator().next();
            if (order == Order.BY_HASH_IN_SECRET) {
                tell.restart(Time.seconds(2));
            } else {
                port.send(next, last);
            }
        }

        @Override
        public void describe(Description out) {
            out.value("heard", heard);
            out.value("last", last);
        }
    }

    @Override
    public String name() {
        return "planted";
    }

    @Override
    public void start(Simulation sim, Scenario scenario) {
        for (int i = 0; i < scenario.nodeCount(); i++) {
            NodeId next = scenario.nodes().get((i + 1) % scenario.nodeCount());
            sim.addNode(scenario.nodes().get(i).name(), kernel -> new Teller(kernel, next));
        }
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
        return Stall.of("sweep", "nothing");
    }
}
