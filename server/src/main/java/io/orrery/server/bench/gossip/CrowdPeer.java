package io.orrery.server.bench.gossip;

import io.orrery.gossip.GossipConfig;
import io.orrery.gossip.Membership;
import io.orrery.kernel.AddressBook;
import io.orrery.kernel.Description;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.Protocol;

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

    CrowdPeer(Kernel kernel, GossipConfig config, int index, Watch watch) {
        this.index = index;
        this.membership = new Membership(kernel, config, "", AddressBook.BY_NAME);
        this.watch = watch;
    }

    /** Among the crowd's nodes. */
    int index() {
        return index;
    }

    Membership membership() {
        return membership;
    }

    @Override
    public void start() {
        membership.start();
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
