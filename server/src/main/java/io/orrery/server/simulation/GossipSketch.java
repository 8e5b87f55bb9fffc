package io.orrery.server.simulation;

import io.orrery.gossip.Member;
import io.orrery.gossip.Membership;
import io.orrery.gossip.owner.OwnerLog;
import io.orrery.gossip.owner.message.OwnerDigest;
import io.orrery.kernel.NodeId;
import io.orrery.sim.Simulation;
import io.orrery.sim.coverage.AbstractState;
import io.orrery.sim.coverage.Abstraction;
import java.util.List;
import java.util.function.Function;

/**
 * What matters of membership and owner logs: what each node holds of itself and of the others, beside what is so; whose word
 * of a member is of an earlier life than the member's own; and who lacks rows.
 */
final class GossipSketch implements Abstraction {
    private static final int UNKNOWN = 0;
    private static final int GONE = 1;
    private static final int GONE_UNNOTICED = 2;
    private static final int EARLIER = 3;
    private static final int EARLIER_GONE = 4;
    private static final int FIRST_STATE = 5;

    private final Function<NodeId, Membership> memberships;
    private final Function<NodeId, OwnerLog> logs;
    private Membership[] views = {};

    /**
     * @param memberships of nodes that are up; null while one boots
     * @param logs of the same
     */
    GossipSketch(Function<NodeId, Membership> memberships, Function<NodeId, OwnerLog> logs) {
        this.memberships = memberships;
        this.logs = logs;
    }

    @Override
    public long pulse(NodeId node) {
        Membership view = memberships.apply(node);
        return view == null ? 0 : view.changes();
    }

    @Override
    public void sketch(Simulation sim, AbstractState state) {
        List<NodeId> nodes = sim.nodes();
        if (views.length != nodes.size()) {
            views = new Membership[nodes.size()];
        }
        for (int index = 0; index < views.length; index++) {
            Membership view = sim.isUp(nodes.get(index)) ? memberships.apply(nodes.get(index)) : null;
            views[index] = view == null || view.self() == null ? null : view;
        }
        for (int index = 0; index < views.length; index++) {
            if (views[index] != null) {
                state.node(index, views[index].self().state().ordinal() | others(index, nodes) << 4);
                state.node(index, rows(index, nodes));
            }
        }
    }

    /** What the node holds of others beside what is so: a bit for each thing that it holds of one of them. */
    private int others(int index, List<NodeId> nodes) {
        int bits = 0;
        for (int other = 0; other < views.length; other++) {
            if (other != index) {
                Member held = views[index].member(nodes.get(other));
                bits |= 1 << (held == null ? UNKNOWN : word(held, views[other]));
            }
        }
        return bits;
    }

    private static int word(Member held, Membership itself) {
        if (itself == null) {
            return held.state().isLive() ? GONE_UNNOTICED : GONE;
        }
        if (held.incarnation().compareTo(itself.self().incarnation()) < 0) {
            return held.state().isLive() ? EARLIER : EARLIER_GONE;
        }
        return FIRST_STATE + held.state().ordinal();
    }

    /** Whether the node lacks rows of peers, or holds some of another life. */
    private long rows(int index, List<NodeId> nodes) {
        OwnerLog log = logs.apply(nodes.get(index));
        int bits = 0;
        for (int other = 0; other < views.length; other++) {
            if (other != index && views[other] != null) {
                OwnerDigest own = logs.apply(nodes.get(other)).digest(nodes.get(other));
                OwnerDigest held = log.digest(nodes.get(other));
                boolean isSameLife = held != null && own != null && held.generation() == own.generation();
                bits |= !isSameLife ? 2 : held.sequence() < own.sequence() ? 1 : 0;
            }
        }
        return bits;
    }
}
