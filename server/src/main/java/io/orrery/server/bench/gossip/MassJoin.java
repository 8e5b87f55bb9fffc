package io.orrery.server.bench.gossip;

import io.orrery.gossip.GossipConfig;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import io.orrery.server.bench.gossip.CrowdPeer.Watch;
import io.orrery.sim.Simulation;
import java.util.ArrayList;
import java.util.List;

/** Nodes that start at the same time and know nobody but one seed: until each knows all. */
final class MassJoin implements Watch {
    private static final long LIMIT_NANOS = Time.seconds(600);

    private final long seed;
    private final List<CrowdPeer> peers = new ArrayList<>();
    private int nodes;
    private int whole;

    MassJoin(long seed) {
        this.seed = seed;
    }

    CrowdRow run(int n) {
        nodes = n;
        GossipConfig config = GossipConfig.lan("bench");
        Meter meter = new Meter();
        Simulation sim = new Simulation(new Prng(seed).fork("join " + n).nextLong());
        List<NodeId> seeds = List.of(NodeId.of(Crowd.name(0)));
        for (int i = 0; i < n; i++) {
            int index = i;
            NodeId node = sim.addNode(Crowd.name(i), kernel -> CrowdPeer.joining(kernel, config, index, this, seeds));
            peers.add(sim.protocol(node, CrowdPeer.class));
        }
        boolean isWhole = sim.runUntil(() -> whole == nodes, LIMIT_NANOS);
        long sentBytes = 0;
        for (CrowdPeer peer : peers) {
            sentBytes += Meter.sentBytes(peer.membership().traffic());
        }
        return meter.read(n, sim, sentBytes, isWhole ? "each knows all" : whole + " know all");
    }

    @Override
    public void look(CrowdPeer peer) {
        if (peer.seen == 0 && peer.membership().livePeers().size() == nodes - 1) {
            peer.seen = 1;
            whole++;
        }
    }
}
