package io.orrery.raft.sim;

import io.orrery.kernel.NodeId;
import io.orrery.raft.MembershipChange;
import io.orrery.sim.Simulation;
import io.orrery.sim.choice.ChoiceStream;

/** Changes members and moves leadership at drawn moments; most requests are impossible, and must be refused. */
final class MembershipChurn {
    private final RaftCluster cluster;
    private final Simulation sim;
    private final ChoiceStream prng;
    private final long meanNanos;
    private boolean stopped;

    MembershipChurn(RaftCluster cluster, long meanNanos) {
        this.cluster = cluster;
        this.sim = cluster.sim;
        this.prng = sim.choices("churn");
        this.meanNanos = meanNanos;
        sim.after(meanNanos, this::next);
    }

    void stop() {
        stopped = true;
    }

    private void next() {
        if (stopped) {
            return;
        }
        NodeId leader = cluster.leader();
        if (leader != null) {
            NodeId subject = prng.chance(200_000)
                    ? leader
                    : sim.nodes().get(prng.below(sim.nodes().size()));
            int draw = prng.below(5);
            if (draw == 4) {
                sim.onNode(leader, () -> cluster.group(leader).maybeTransferTo(subject));
            } else {
                cluster.change(leader, change(draw, leader, subject));
            }
        }
        sim.after(prng.exponential(meanNanos), this::next);
    }

    private MembershipChange change(int draw, NodeId leader, NodeId subject) {
        boolean small = cluster.group(leader).configuration().voters().size() <= 2;
        if (draw == 0 && !small) {
            return MembershipChange.remove(subject);
        }
        return draw <= 2 ? MembershipChange.addLearner(subject) : MembershipChange.promote(subject);
    }
}
