package io.orrery.server.bench.routes;

import io.orrery.gossip.GossipConfig;
import io.orrery.gossip.owner.OwnerLogListener;
import io.orrery.kernel.AddressBook;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import io.orrery.kernel.codec.Bytes;
import io.orrery.server.bench.routes.RoutesFigures.Visibility;
import io.orrery.sim.Simulation;
import io.orrery.sim.network.LinkPolicy;
import java.util.Arrays;
import java.util.List;

/** How soon a route is seen on every node of a simulated cluster with the delays of a LAN; one seed, one result. */
public final class RouteVisibility {
    private static final long BETWEEN_NANOS_MAX = Time.millis(20);
    private static final long JOINED_WITHIN_NANOS = Time.seconds(120);

    private final Simulation sim;
    private final Prng prng;
    private final int nodeCount;
    private final long[] bornNanos;
    private final long[] lastNanos;
    private final int[] seen;
    private final long[] latencies;
    private int latencyCount;

    private RouteVisibility(long seed, int nodeCount, int routes) {
        sim = new Simulation(seed);
        prng = new Prng(seed).fork("routes");
        this.nodeCount = nodeCount;
        bornNanos = new long[routes];
        lastNanos = new long[routes];
        seen = new int[routes];
        latencies = new long[routes * (nodeCount - 1)];
    }

    public static Visibility measure(long seed, int nodes, int routes) {
        return new RouteVisibility(seed, nodes, routes).run();
    }

    private Visibility run() {
        sim.network().policy(LinkPolicy.LAN);
        NodeId first = NodeId.of("n0");
        for (int i = 0; i < nodeCount; i++) {
            sim.addNode(
                    "n" + i,
                    kernel -> new RowsNode(
                            kernel,
                            GossipConfig.lan(RoutePair.CLUSTER),
                            "",
                            AddressBook.BY_NAME,
                            List.of(first),
                            listener()));
        }
        expect(sim.runUntil(this::isJoined, JOINED_WITHIN_NANOS), "the nodes have not found each other");
        for (int route = 0; route < bornNanos.length; route++) {
            sim.runFor(1 + prng.below((int) BETWEEN_NANOS_MAX));
            NodeId owner = sim.nodes().get(prng.below(nodeCount));
            bornNanos[route] = sim.nowNanos();
            Bytes row = Bytes.ofUtf8("v/" + route);
            sim.onNode(owner, () -> node(owner).log.add(row));
        }
        sim.runFor(Time.seconds(5));
        return figures();
    }

    private boolean isJoined() {
        for (NodeId id : sim.nodes()) {
            if (node(id).membership.livePeers().size() < nodeCount - 1) {
                return false;
            }
        }
        return true;
    }

    private RowsNode node(NodeId id) {
        return sim.protocol(id, RowsNode.class);
    }

    private OwnerLogListener listener() {
        return new OwnerLogListener() {
            @Override
            public void onAdded(NodeId owner, Bytes row) {
                int route = Integer.parseInt(row.utf8().substring(2));
                lastNanos[route] = sim.nowNanos() - bornNanos[route];
                seen[route]++;
                latencies[latencyCount++] = lastNanos[route];
            }

            @Override
            public void onRemoved(NodeId owner, Bytes row) {}

            @Override
            public void onCleared(NodeId owner) {}
        };
    }

    private Visibility figures() {
        for (int count : seen) {
            expect(count == nodeCount - 1, "a route is not seen by all");
        }
        Arrays.sort(latencies);
        Arrays.sort(lastNanos);
        int last = lastNanos.length - 1;
        return new Visibility(
                nodeCount,
                lastNanos.length,
                latencies[latencies.length / 2] / 1e6,
                lastNanos[last / 2] / 1e6,
                lastNanos[last * 99 / 100] / 1e6,
                lastNanos[last] / 1e6);
    }

    private static void expect(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException(what);
        }
    }
}
