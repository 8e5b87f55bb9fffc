package io.orrery.server.bench.gossip;

import io.orrery.gossip.GossipConfig;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import io.orrery.server.bench.gossip.CrowdPeer.Watch;
import java.util.List;

/**
 * A cluster that loses power as a whole and starts as a whole: until each knows all as they are now. Disks keep what they
 * kept; each node knows the names of three seeds, and nothing else.
 */
final class MassRestart implements Watch {
    private static final long BEFORE_NANOS = Time.seconds(10);
    private static final long LIMIT_NANOS = Time.seconds(600);
    private static final List<NodeId> SEEDS =
            List.of(NodeId.of(Crowd.name(0)), NodeId.of(Crowd.name(1)), NodeId.of(Crowd.name(2)));

    private final long seed;
    private int nodes;
    private int whole;
    private boolean isRestarting;

    MassRestart(long seed) {
        this.seed = seed;
    }

    /** The time that the row shows is counted from the restart. */
    CrowdRow run(int n) {
        nodes = n;
        GossipConfig config = GossipConfig.lan("bench");
        Crowd crowd = new Crowd(
                new Prng(seed).fork("restart " + n).nextLong(),
                n,
                (kernel, index) -> isRestarting
                        ? CrowdPeer.joining(kernel, config, index, this, SEEDS)
                        : CrowdPeer.alone(kernel, config, index, peer -> {}));
        crowd.sim().runFor(BEFORE_NANOS);
        isRestarting = true;
        Meter meter = new Meter();
        long startNanos = crowd.sim().nowNanos();
        long eventsBefore = crowd.sim().eventCount();
        for (int i = 0; i < n; i++) {
            crowd.sim().crash(crowd.node(i));
        }
        for (int i = 0; i < n; i++) {
            crowd.sim().restart(crowd.node(i));
        }
        boolean isWhole = crowd.sim().runUntil(() -> whole == nodes, LIMIT_NANOS);
        long sentBytes = 0;
        for (int i = 0; i < n; i++) {
            CrowdPeer peer = crowd.sim().protocol(crowd.node(i), CrowdPeer.class);
            sentBytes += Meter.sentBytes(peer.membership().traffic());
        }
        String outcome = isWhole ? "each knows all" : whole + " know all";
        return meter.read(n, crowd.sim(), sentBytes, outcome).since(startNanos, eventsBefore);
    }

    @Override
    public void look(CrowdPeer peer) {
        if (peer.seen == 0 && peer.membership().livePeers().size() == nodes - 1) {
            peer.seen = 1;
            whole++;
        }
    }
}
