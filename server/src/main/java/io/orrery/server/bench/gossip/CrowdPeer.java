package io.orrery.server.bench.gossip;

import io.orrery.gossip.GossipConfig;
import io.orrery.gossip.Membership;
import io.orrery.gossip.owner.OwnerLog;
import io.orrery.gossip.owner.OwnerLogConfig;
import io.orrery.gossip.owner.OwnerLogListener;
import io.orrery.kernel.AddressBook;
import io.orrery.kernel.Description;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Protocol;
import java.util.List;

/** A node of a {@link Crowd}: membership alone, and somebody who looks at it after each of its events. */
final class CrowdPeer implements Protocol {
    /** Looks, and touches nothing. */
    @FunctionalInterface
    interface Watch {
        void look(CrowdPeer peer);
    }

    private final int index;
    private final Membership membership;
    private final Watch watch;
    /** For the watch's own use: what it counted at its last look. */
    long seen;

    /** For the watch's own use: the last crash that this node knows of. */
    int buried = -1;

    /** The owner log beside it, or null. */
    private final OwnerLog rows;

    private final List<NodeId> seeds;

    private CrowdPeer(Kernel kernel, GossipConfig config, int index, Watch watch, boolean hasRows, List<NodeId> seeds) {
        this.index = index;
        this.membership = new Membership(kernel.scope("swim"), config, "", AddressBook.BY_NAME);
        this.rows = hasRows
                ? new OwnerLog(kernel.scope("rows"), membership, OwnerLogConfig.lan(), OwnerLogListener.NONE)
                : null;
        this.watch = watch;
        this.seeds = seeds;
    }

    /** That is to be acquainted. */
    static CrowdPeer alone(Kernel kernel, GossipConfig config, int index, Watch watch) {
        return new CrowdPeer(kernel, config, index, watch, false, List.of());
    }

    /** That is to be acquainted, with an owner log, as a broker has it. */
    static CrowdPeer withRows(Kernel kernel, GossipConfig config, int index) {
        return new CrowdPeer(kernel, config, index, peer -> {}, true, List.of());
    }

    /** That joins. */
    static CrowdPeer joining(Kernel kernel, GossipConfig config, int index, Watch watch, List<NodeId> seeds) {
        return new CrowdPeer(kernel, config, index, watch, false, seeds);
    }

    /** Among the crowd's nodes. */
    int index() {
        return index;
    }

    Membership membership() {
        return membership;
    }

    /** Null if it has none. */
    OwnerLog rows() {
        return rows;
    }

    @Override
    public void start() {
        membership.start();
        if (rows != null) {
            rows.start();
        }
        if (!seeds.isEmpty()) {
            membership.join(seeds);
        }
    }

    @Override
    public void checkInvariants() {
        membership.checkInvariants();
        watch.look(this);
    }

    /** In short: the whole of it, in a crowd, would cost more than the run. */
    @Override
    public void describe(Description out) {
        out.value("changes", membership.changes());
        out.value("live", membership.livePeers().size());
    }
}
