package io.orrery.sim;

import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * Measures events per CPU-second of one thread, with protocols that do nothing else. Not a test: figures of a shared machine
 * prove nothing by themselves. Run it by its main method; an argument sets the simulated seconds.
 */
public final class SimulationSpeed {
    private SimulationSpeed() {}

    public static void main(String[] arguments) {
        long seconds = arguments.length > 0 ? Long.parseLong(arguments[0]) : 200;
        for (int round = 0; round < 3; round++) {
            measure("stream pairs=1", 1, Delivery.STREAM, seconds);
            measure("stream pairs=32", 32, Delivery.STREAM, seconds / 32);
            measure("datagram pairs=1", 1, Delivery.DATAGRAM, seconds);
            measure("datagram pairs=32", 32, Delivery.DATAGRAM, seconds / 32);
            measure("timers nodes=5", 0, Delivery.STREAM, seconds / 5);
        }
    }

    private static void measure(String what, int pairs, Delivery delivery, long seconds) {
        Simulation sim = new Simulation(1);
        for (int i = 0; i < pairs; i++) {
            NodeId a = NodeId.of("a" + i);
            NodeId b = NodeId.of("b" + i);
            sim.addNode("b" + i, kernel -> new PingPong(kernel, a, delivery));
            sim.addNode("a" + i, kernel -> new PingPong(kernel, b, delivery));
        }
        for (int i = 0; i < (pairs == 0 ? 5 : 0); i++) {
            sim.addNode("n" + i, Ticking::new);
        }
        var threads = ManagementFactory.getPlatformMXBean(com.sun.management.ThreadMXBean.class);
        long self = Thread.currentThread().getId();
        long bytes = threads.getThreadAllocatedBytes(self);
        long cpu = threads.getCurrentThreadCpuTime();
        sim.runFor(Time.seconds(seconds));
        cpu = threads.getCurrentThreadCpuTime() - cpu;
        bytes = threads.getThreadAllocatedBytes(self) - bytes;
        System.out.printf(
                Locale.ROOT,
                "%-18s %,10d events %,12d events/cpu-s %4d B/event  sim:cpu %,d%n",
                what,
                sim.eventCount(),
                sim.eventCount() * 1_000_000_000L / cpu,
                bytes / sim.eventCount(),
                Time.seconds(seconds) / cpu);
    }
}
