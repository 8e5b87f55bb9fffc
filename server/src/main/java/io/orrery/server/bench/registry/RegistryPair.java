package io.orrery.server.bench.registry;

import io.orrery.kernel.AddressBook;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.sim.Simulation;
import java.util.List;

/** A simulated node whose clients connect, and one that hears of it. */
final class RegistryPair {
    private static final int AT_ONCE = 10_000;
    private static final long PATIENCE_NANOS = Time.seconds(3600);

    private final Simulation sim = new Simulation(1);
    private final NodeId owner;
    private NodeId peer;

    RegistryPair() {
        owner = sim.addNode("owner", kernel -> new RegistryHost(kernel, "", AddressBook.BY_NAME, List.of()));
        sim.runFor(Time.seconds(2));
    }

    void connect(int from, int to) {
        for (int at = from; at < to; at += AT_ONCE) {
            int first = at;
            sim.onNode(owner, () -> owner().connect(first, Math.min(to, first + AT_ONCE)));
            sim.runFor(1);
        }
    }

    /** Another node joins, and learns all that there is. */
    void join() {
        peer = sim.addNode("peer", kernel -> new RegistryHost(kernel, "", AddressBook.BY_NAME, List.of(owner)));
        settle();
    }

    void settle() {
        boolean settled = sim.runUntil(
                () -> owner().store().seen().equals(peer().store().seen())
                        && peer().store().isSettled(),
                PATIENCE_NANOS);
        if (!settled) {
            throw new IllegalStateException("the peer has not got all within an hour of simulated time");
        }
    }

    RegistryHost owner() {
        return sim.protocol(owner, RegistryHost.class);
    }

    RegistryHost peer() {
        return sim.protocol(peer, RegistryHost.class);
    }
}
