package io.orrery.raft.sim;

import io.orrery.kernel.NodeId;
import io.orrery.raft.Configuration;
import io.orrery.raft.MembershipChange;
import io.orrery.sim.Simulation;
import io.orrery.sim.choice.ChoiceStream;
import java.util.ArrayList;
import java.util.List;

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
            int draw = prng.below(8);
            if (draw == 7) {
                sim.onNode(leader, () -> cluster.group(leader).maybeTransferTo(subject));
            } else if (draw >= 5) {
                exchange(leader);
            } else {
                cluster.change(leader, change(draw, leader, subject));
            }
        }
        sim.after(prng.exponential(meanNanos), this::next);
    }

    private MembershipChange change(int draw, NodeId leader, NodeId subject) {
        boolean small = cluster.group(leader).configuration().voters().size() <= 2;
        if (draw == 0 && !small) {
            return prng.chance(500_000) ? MembershipChange.remove(subject) : MembershipChange.demote(subject);
        }
        return switch (draw) {
            case 0, 1 -> MembershipChange.addLearner(subject);
            case 2 -> MembershipChange.addPromotable(subject);
            default -> MembershipChange.promote(subject);
        };
    }

    /** Makes drawn nodes the voters, all at once, or as many others. */
    private void exchange(NodeId leader) {
        Configuration configuration = cluster.group(leader).configuration();
        List<NodeId> voters = new ArrayList<>(sim.nodes());
        if (prng.chance(300_000)) {
            voters.removeAll(configuration.voters());
        }
        while (voters.size() > 2 && prng.chance(600_000)) {
            voters.remove(prng.below(voters.size()));
        }
        if (voters.size() >= 2
                && !configuration.isJoint()
                && !configuration.voters().equals(voters.stream().sorted().toList())) {
            cluster.change(leader, MembershipChange.replaceVoters(configuration, voters));
        }
    }
}
