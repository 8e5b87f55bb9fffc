package io.orrery.server.bench.routes;

import io.orrery.broker.BrokerConfig;
import io.orrery.broker.BrokerNode;
import io.orrery.gossip.GossipConfig;
import io.orrery.gossip.owner.OwnerLogListener;
import io.orrery.kernel.AddressBook;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.raft.Configuration;
import io.orrery.sim.Simulation;
import java.util.List;

/** A simulated node that owns routes, and a broker that learns them. */
final class RoutePair {
    static final String CLUSTER = "bench";
    private static final int ADDED_AT_ONCE = 50_000;
    private static final long PATIENCE_NANOS = Time.seconds(3600);

    private final Simulation sim = new Simulation(1);
    private final NodeId owner;
    private NodeId peer;

    RoutePair() {
        owner = sim.addNode(
                "owner",
                kernel -> new RowsNode(
                        kernel, GossipConfig.lan(CLUSTER), "", AddressBook.BY_NAME, List.of(), OwnerLogListener.NONE));
        sim.runFor(Time.seconds(1));
    }

    void add(RouteShape shape, int from, int to) {
        for (int at = from; at < to; at += ADDED_AT_ONCE) {
            int first = at;
            sim.onNode(owner, () -> owner().add(shape, first, Math.min(to, first + ADDED_AT_ONCE)));
            sim.runFor(1);
        }
    }

    void remove(RouteShape shape, int from, int to) {
        sim.onNode(owner, () -> owner().remove(shape, from, to));
        sim.runFor(1);
    }

    /** A broker joins, and learns all that there is. */
    void join() {
        BrokerConfig config = BrokerConfig.of(CLUSTER, Configuration.EMPTY).withSeeds(List.of(owner));
        peer = sim.addNode("peer", kernel -> new BrokerNode(kernel, config, AddressBook.BY_NAME));
        settle();
    }

    /** Runs until the peer has what the owner has. */
    void settle() {
        boolean settled = sim.runUntil(
                () -> owner().log.digest(owner).equals(peer().ownerLog().digest(owner)), PATIENCE_NANOS);
        if (!settled) {
            throw new IllegalStateException("the peer has not got the owner's rows within an hour of simulated time");
        }
    }

    RowsNode owner() {
        return sim.protocol(owner, RowsNode.class);
    }

    BrokerNode peer() {
        return sim.protocol(peer, BrokerNode.class);
    }
}
