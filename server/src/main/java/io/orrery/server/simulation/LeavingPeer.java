package io.orrery.server.simulation;

import io.orrery.gossip.GossipConfig;
import io.orrery.gossip.Membership;
import io.orrery.gossip.rules.GossipRules;
import io.orrery.kernel.AddressBook;
import io.orrery.kernel.Description;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Protocol;
import java.util.List;

/** A node of membership and something that rests on it, which leaves its cluster and comes back as the workload has it. */
abstract class LeavingPeer implements Protocol {
    private final Membership membership;
    private final List<NodeId> seeds;
    private boolean isAway;
    private boolean isLeaving;

    LeavingPeer(Kernel kernel, GossipConfig config, List<NodeId> seeds, GossipRules rules) {
        this.membership = new Membership(kernel.scope("swim"), config, "", AddressBook.BY_NAME, rules);
        this.seeds = seeds;
    }

    /** What rests on membership. */
    abstract Protocol upper();

    @Override
    public final void start() {
        membership.start();
        upper().start();
        membership.join(seeds);
    }

    final Membership membership() {
        return membership;
    }

    /** Leaves, unless it has; what follows is told when it is over. */
    final void leave(Runnable done) {
        if (!isAway) {
            isAway = true;
            isLeaving = true;
            membership.leave(() -> {
                isLeaving = false;
                done.run();
            });
        }
    }

    /** Joins again, unless it is still about to leave. */
    final void comeBack() {
        if (isAway && !isLeaving) {
            isAway = false;
            membership.join(seeds);
        }
    }

    @Override
    public void checkInvariants() {
        membership.checkInvariants();
        upper().checkInvariants();
    }

    @Override
    public void describe(Description out) {
        out.begin("gossip");
        membership.describe(out);
        out.end();
    }
}
