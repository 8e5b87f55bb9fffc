package io.orrery.sim.disk;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Storage;
import io.orrery.kernel.Storage.FileStat;
import io.orrery.kernel.Time;
import io.orrery.kernel.codec.Bytes;
import io.orrery.sim.Simulation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** One node with a disk, and what tests do to it. */
final class OneDisk {
    static final NodeId N1 = NodeId.of("n1");

    private OneDisk() {}

    static Simulation one(long seed) {
        Simulation sim = new Simulation(seed);
        sim.addNode("n1", Files::new);
        sim.runFor(Time.millis(1));
        return sim;
    }

    static void run(Simulation sim, Consumer<Storage> operations) {
        sim.onNode(N1, () -> operations.accept(sim.protocol(N1, Files.class).storage()));
    }

    static void settle(Simulation sim) {
        sim.runFor(Time.seconds(1));
    }

    static byte[] content(Simulation sim, String file) {
        Bytes[] content = new Bytes[1];
        run(sim, disk -> disk.read(file, 0, 1 << 20, (value, failure) -> content[0] = value));
        settle(sim);
        return content[0].toByteArray();
    }

    static List<FileStat> list(Simulation sim) {
        List<FileStat> files = new ArrayList<>();
        run(sim, disk -> disk.list((value, failure) -> files.addAll(value)));
        settle(sim);
        return files;
    }

    static void powerLoss(Simulation sim) {
        sim.crash(N1);
        sim.restart(N1);
        sim.runFor(Time.millis(1));
    }

    static Bytes filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return Bytes.wrap(bytes);
    }
}
