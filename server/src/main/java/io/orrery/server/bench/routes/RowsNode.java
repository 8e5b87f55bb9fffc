package io.orrery.server.bench.routes;

import io.orrery.gossip.GossipConfig;
import io.orrery.gossip.Membership;
import io.orrery.gossip.owner.OwnerLog;
import io.orrery.gossip.owner.OwnerLogConfig;
import io.orrery.gossip.owner.OwnerLogListener;
import io.orrery.kernel.AddressBook;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Protocol;
import java.util.List;

/** Membership and an owner log, without a broker. */
final class RowsNode implements Protocol {
    final Membership membership;
    final OwnerLog log;
    private final List<NodeId> seeds;

    RowsNode(
            Kernel kernel,
            GossipConfig config,
            String address,
            AddressBook book,
            List<NodeId> seeds,
            OwnerLogListener listener) {
        membership = new Membership(kernel.scope("gossip"), config, address, book);
        log = new OwnerLog(kernel.scope("rows"), membership, OwnerLogConfig.lan(), listener);
        this.seeds = seeds;
    }

    @Override
    public void start() {
        membership.start();
        log.start();
        membership.join(seeds);
    }

    void add(RouteShape shape, int from, int to) {
        for (int i = from; i < to; i++) {
            log.add(shape.row(i));
        }
    }

    void remove(RouteShape shape, int from, int to) {
        for (int i = from; i < to; i++) {
            log.remove(shape.row(i));
        }
    }
}
