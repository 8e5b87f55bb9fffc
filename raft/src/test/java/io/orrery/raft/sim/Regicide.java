package io.orrery.raft.sim;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.raft.RaftGroup;
import io.orrery.sim.choice.ChoiceStream;

/**
 * Strikes at leaders when it hurts most: right after their election, when their logs differ most from the others', or at
 * their first commit, before they have told anybody. Strikes at voters right after they have told their vote.
 */
final class Regicide {
    private enum Mode {
        SPARE,
        AT_ELECTION,
        AT_COMMIT
    }

    private final RaftCluster cluster;
    private final Turmoil turmoil;
    private final ChoiceStream prng;
    private Mode mode = Mode.SPARE;
    private long seenVoteTerm;
    private NodeId voterOfTerm;
    private long seenTerm;
    private long seenCommit;

    Regicide(RaftCluster cluster, Turmoil turmoil) {
        this.cluster = cluster;
        this.turmoil = turmoil;
        this.prng = cluster.sim.choices("regicide");
        cluster.sim.addChecker((sim, node) -> look(node));
    }

    private void look(NodeId node) {
        RaftGroup group = cluster.group(node);
        if (group.view().toldVoteTerm() > seenVoteTerm) {
            seenVoteTerm = group.view().toldVoteTerm();
            voterOfTerm = null;
        }
        if (group.view().toldVoteTerm() == seenVoteTerm
                && voterOfTerm == null
                && !node.equals(group.view().toldVote())) {
            voterOfTerm = node;
            if (prng.chance(400_000)) {
                long down = prng.below(Time.millis(2));
                cluster.sim.after(prng.below(Time.millis(1)), () -> turmoil.crash(node, down));
            }
        }
        if (!group.isLeader() || group.term() < seenTerm) {
            return;
        }
        if (group.term() > seenTerm) {
            seenTerm = group.term();
            seenCommit = group.commitIndex();
            mode = prng.chance(100_000) ? Mode.SPARE : prng.chance(500_000) ? Mode.AT_ELECTION : Mode.AT_COMMIT;
        }
        if (mode == Mode.AT_ELECTION) {
            strike(node, prng.below(prng.chance(600_000) ? Time.micros(100) : Time.millis(5)));
        } else if (mode == Mode.AT_COMMIT && group.commitIndex() > seenCommit) {
            strike(node, prng.below(prng.chance(600_000) ? Time.micros(100) : Time.millis(1)));
        }
    }

    private void strike(NodeId node, long delayNanos) {
        mode = Mode.SPARE;
        boolean crashes = prng.chance(300_000);
        cluster.sim.after(delayNanos, () -> turmoil.strike(node, crashes));
    }
}
