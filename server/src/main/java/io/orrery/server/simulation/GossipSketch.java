package io.orrery.server.simulation;

import static io.orrery.sim.coverage.AbstractState.fold;

import io.orrery.gossip.Member;
import io.orrery.gossip.MemberState;
import io.orrery.gossip.Membership;
import io.orrery.gossip.owner.OwnerLog;
import io.orrery.gossip.owner.message.OwnerDigest;
import io.orrery.kernel.NodeId;
import io.orrery.sim.Simulation;
import io.orrery.sim.coverage.AbstractState;
import io.orrery.sim.coverage.Abstraction;
import java.util.function.Function;

/**
 * What matters of membership and owner logs: what each node holds of itself and of the others, beside what is so; whose word
 * of a member is of an earlier life than the member's own; and who lacks rows.
 */
final class GossipSketch implements Abstraction {
    private static final int UNKNOWN = MemberState.values().length;

    private final Function<NodeId, Membership> memberships;
    private final Function<NodeId, OwnerLog> logs;

    /**
     * @param memberships of nodes that are up; null while one boots
     * @param logs of the same
     */
    GossipSketch(Function<NodeId, Membership> memberships, Function<NodeId, OwnerLog> logs) {
        this.memberships = memberships;
        this.logs = logs;
    }

    @Override
    public void sketch(Simulation sim, AbstractState state) {
        int index = 0;
        for (NodeId node : sim.nodes()) {
            Membership view = view(sim, node);
            if (view != null) {
                state.node(index, view.self().state().ordinal());
                state.node(index, others(sim, view));
                state.node(index, rows(sim, node));
            }
            index++;
        }
    }

    private Membership view(Simulation sim, NodeId node) {
        Membership view = sim.isUp(node) ? memberships.apply(node) : null;
        return view == null || view.self() == null ? null : view;
    }

    /** A multiset over the other members, known or not. */
    private long others(Simulation sim, Membership view) {
        long sum = 0;
        for (NodeId other : sim.nodes()) {
            Member member = view.member(other);
            Membership itself = view(sim, other);
            int held = member == null ? UNKNOWN : member.state().ordinal();
            int life = 0;
            if (itself != null) {
                int word = member == null
                        ? 0
                        : Integer.signum(
                                member.incarnation().compareTo(itself.self().incarnation()));
                life = 1 + itself.self().state().ordinal() * 3 + word + 1;
            }
            sum += fold(held, life);
        }
        return sum;
    }

    /** Whether the node lacks rows of peers, or holds some of another life. */
    private long rows(Simulation sim, NodeId node) {
        OwnerLog log = logs.apply(node);
        int behind = 0;
        int otherLife = 0;
        for (NodeId owner : sim.nodes()) {
            if (!owner.equals(node) && view(sim, owner) != null) {
                OwnerDigest own = logs.apply(owner).digest(owner);
                OwnerDigest held = log.digest(owner);
                boolean isSameLife = held != null && own != null && held.generation() == own.generation();
                otherLife += isSameLife ? 0 : 1;
                behind += isSameLife && held.sequence() < own.sequence() ? 1 : 0;
            }
        }
        return (behind > 0 ? 1 : 0) | (otherLife > 0 ? 2 : 0);
    }
}
