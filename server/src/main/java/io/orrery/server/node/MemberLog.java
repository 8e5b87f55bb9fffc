package io.orrery.server.node;

import io.orrery.broker.BrokerNode;
import io.orrery.gossip.Member;
import io.orrery.gossip.MemberState;
import io.orrery.gossip.MembershipListener;
import io.orrery.gossip.history.MemberEvent;
import io.orrery.kernel.NodeId;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to the log what an operator should know of other members: that one is there, is taken for dead, left, or was removed
 * for good, with the reason. Suspicions are not written; most of them are refuted. On the node's thread.
 */
final class MemberLog implements MembershipListener {
    private static final Logger LOG = LoggerFactory.getLogger(MemberLog.class);

    private final BrokerNode broker;
    private final NodeId self;

    MemberLog(BrokerNode broker) {
        this.broker = broker;
        this.self = broker.membership().self().node();
    }

    @Override
    public void onChange(Member before, Member after) {
        if (after.node().equals(self) || after.state() == MemberState.SUSPECT) {
            return;
        }
        boolean stays = before != null
                && before.isLive() == after.isLive()
                && before.incarnation().generation() == after.incarnation().generation();
        if (!stays) {
            LOG.info("{}: {}", after.node(), reason(after));
        }
    }

    @Override
    public void onReaped(Member last) {
        LOG.warn("{}: {} (cluster.autoclean)", last.node(), reason(last));
    }

    private String reason(Member member) {
        List<MemberEvent> events = broker.membership().history().of(member.node());
        return events.isEmpty()
                ? member.state().name()
                : events.get(events.size() - 1).text();
    }
}
