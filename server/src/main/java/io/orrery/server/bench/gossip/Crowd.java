package io.orrery.server.bench.gossip;

import io.orrery.gossip.GossipConfig;
import io.orrery.gossip.GossipCounters.Counter;
import io.orrery.gossip.Incarnation;
import io.orrery.gossip.Member;
import io.orrery.gossip.Membership;
import io.orrery.gossip.swim.Acquaintances;
import io.orrery.kernel.Check;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.server.bench.gossip.CrowdPeer.Watch;
import io.orrery.sim.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Many nodes of membership in one simulated world, all acquainted: each boots as it would anywhere, and is then told of all
 * others at once, as if it had been with them for long. Its members are shared, so that ten thousand nodes fit.
 */
final class Crowd {
    private static final long BOOT_NANOS = Time.millis(500);

    /** The number in the first node's name: all have as many digits. */
    private static final int FIRST = 100_000;

    /** From so many nodes on a link for each pair takes more memory than all else. */
    private static final int SHARED_FROM = 2_000;

    private final Simulation sim;
    private final List<NodeId> nodes = new ArrayList<>();
    private final List<CrowdPeer> peers = new ArrayList<>();

    /**
     * @param watch looks at a node after each of its events
     */
    Crowd(long seed, int count, GossipConfig config, Watch watch) {
        this(seed, count, (kernel, index) -> CrowdPeer.alone(kernel, config, index, watch));
    }

    /**
     * @param maker of each node
     */
    Crowd(long seed, int count, BiFunction<Kernel, Integer, CrowdPeer> maker) {
        sim = new Simulation(seed);
        if (count >= SHARED_FROM) {
            sim.network().shareLinks();
        }
        for (int i = 0; i < count; i++) {
            int index = i;
            nodes.add(sim.addNode(name(i), kernel -> maker.apply(kernel, index)));
        }
        sim.runFor(BOOT_NANOS);
        List<Member> all = new ArrayList<>(count);
        for (NodeId node : nodes) {
            CrowdPeer peer = sim.protocol(node, CrowdPeer.class);
            Member self = peer.membership().self();
            Check.that(!self.incarnation().equals(Incarnation.NONE), "a node boots in time");
            peers.add(peer);
            all.add(self);
        }
        Acquaintances known = new Acquaintances(all);
        for (int i = 0; i < count; i++) {
            Membership membership = peers.get(i).membership();
            sim.onNode(nodes.get(i), () -> membership.acquaint(known));
        }
    }

    /** The name of a node of a crowd. */
    static String name(int index) {
        return "n" + (FIRST + index);
    }

    Simulation sim() {
        return sim;
    }

    int size() {
        return nodes.size();
    }

    NodeId node(int index) {
        return nodes.get(index);
    }

    /** The index of a node of the crowd. */
    int indexOf(NodeId node) {
        return Integer.parseInt(node.name().substring(1)) - FIRST;
    }

    /** A node's membership, of its first life. */
    Membership membership(int index) {
        return peers.get(index).membership();
    }

    CrowdPeer peer(int index) {
        return peers.get(index);
    }

    /** A counter over all nodes. */
    long sum(Counter counter) {
        long sum = 0;
        for (CrowdPeer peer : peers) {
            sum += peer.membership().counters().of(counter);
        }
        return sum;
    }
}
