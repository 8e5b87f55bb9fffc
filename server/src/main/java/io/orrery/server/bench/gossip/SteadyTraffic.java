package io.orrery.server.bench.gossip;

import io.orrery.gossip.GossipConfig;
import io.orrery.gossip.traffic.Traffic;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import io.orrery.kernel.codec.Bytes;
import java.nio.charset.StandardCharsets;

/** Bytes that gossip costs a node while nothing happens: frames, without what UDP, TCP and a seal put around them. */
final class SteadyTraffic {
    private static final int ROWS = 10;
    /** Until the intervals of syncs, which begin short, have grown. */
    private static final long SETTLE_NANOS = Time.seconds(400);

    private static final int SECONDS = 60;

    private final long seed;

    SteadyTraffic(long seed) {
        this.seed = seed;
    }

    /**
     * @param hasRows whether each node has an owner log, and some rows in it
     */
    TrafficRow run(int n, boolean hasRows) {
        GossipConfig config = GossipConfig.lan("bench");
        long luck = new Prng(seed).fork("traffic " + n).nextLong();
        Crowd crowd = new Crowd(
                luck,
                n,
                (kernel, index) -> hasRows
                        ? CrowdPeer.withRows(kernel, config, index)
                        : CrowdPeer.alone(kernel, config, index, peer -> {}));
        for (int i = 0; i < n && hasRows; i++) {
            addRows(crowd, i);
        }
        crowd.sim().runFor(SETTLE_NANOS);
        Sum before = sum(crowd);
        crowd.sim().runFor(Time.seconds(SECONDS));
        Sum after = sum(crowd);
        double each = (double) n * SECONDS;
        return new TrafficRow(
                n,
                hasRows,
                (after.gossipBytes - before.gossipBytes) / each,
                (after.rowBytes - before.rowBytes) / each,
                (after.packets - before.packets) / each);
    }

    private static void addRows(Crowd crowd, int index) {
        NodeId node = crowd.node(index);
        crowd.sim().onNode(node, () -> {
            for (int row = 0; row < ROWS; row++) {
                byte[] text = ("site/" + node + "/" + row).getBytes(StandardCharsets.UTF_8);
                crowd.peer(index).rows().add(Bytes.wrap(text));
            }
        });
    }

    private record Sum(long gossipBytes, long rowBytes, long packets) {}

    private static Sum sum(Crowd crowd) {
        long gossipBytes = 0;
        long rowBytes = 0;
        long packets = 0;
        for (int i = 0; i < crowd.size(); i++) {
            Traffic gossip = crowd.membership(i).traffic();
            gossipBytes += Meter.sentBytes(gossip);
            packets += packets(gossip);
            if (crowd.peer(i).rows() != null) {
                Traffic rows = crowd.peer(i).rows().traffic();
                rowBytes += Meter.sentBytes(rows);
                packets += packets(rows);
            }
        }
        return new Sum(gossipBytes, rowBytes, packets);
    }

    private static long packets(Traffic traffic) {
        long sum = 0;
        for (int kind = 0; kind < traffic.kinds().size(); kind++) {
            sum += traffic.sent(kind);
        }
        return sum;
    }
}
