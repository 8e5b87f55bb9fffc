package io.orrery.server.simulation;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.raft.RaftGroup;
import io.orrery.sim.Simulation;
import io.orrery.sim.choice.ChoiceStream;
import io.orrery.sim.network.LinkPolicy;

/**
 * Strikes a Raft group when it hurts most, where a plan of faults, which knows no roles, seldom does: a voter right after it
 * has told its vote, a leader right after its election, when logs differ most, or at its first commit, before it has told
 * anybody. What is struck comes back soon.
 *
 * <p>Draws from a stream of its own, so a scenario's text still determines the run.
 */
final class RaftAdversary {
    private static final long VOTER_DOWN_NANOS = Time.millis(2);
    private static final int VOTER_PPM = 400_000;
    private static final int SPARE_PPM = 100_000;
    private static final int CRASH_PPM = 300_000;

    /** What the reigning leader is to suffer. */
    private enum Mode {
        SPARE,
        AT_ELECTION,
        AT_COMMIT
    }

    private final Simulation sim;
    private final ChoiceStream prng;
    private final long leaderDownNanos;
    private Mode mode = Mode.SPARE;
    private long voteTerm;
    private boolean hasStruckVoter;
    private long leaderTerm;
    private long leaderCommit;
    private boolean isOver;

    /**
     * @param leaderDownNanos how long a struck leader stays away at most: some elections long
     */
    RaftAdversary(Simulation sim, long leaderDownNanos) {
        this.sim = sim;
        this.prng = sim.choices("adversary");
        this.leaderDownNanos = leaderDownNanos;
    }

    /** No strike from here on. */
    void end() {
        isOver = true;
    }

    /** Looks at a replica after an event of its node. */
    void look(NodeId node, RaftGroup group) {
        if (!isOver) {
            lookAtVote(node, group);
            lookAtLeader(node, group);
        }
    }

    private void lookAtVote(NodeId node, RaftGroup group) {
        if (group.view().toldVoteTerm() > voteTerm) {
            voteTerm = group.view().toldVoteTerm();
            hasStruckVoter = false;
        }
        boolean votedForAnother = group.view().toldVoteTerm() == voteTerm
                && voteTerm > 0
                && !node.equals(group.view().toldVote());
        if (votedForAnother && !hasStruckVoter) {
            hasStruckVoter = true;
            if (prng.chance(VOTER_PPM)) {
                long down = prng.below(VOTER_DOWN_NANOS);
                sim.after(prng.below(Time.millis(1)), () -> crash(node, down));
            }
        }
    }

    private void lookAtLeader(NodeId node, RaftGroup group) {
        if (!group.isLeader() || group.term() < leaderTerm) {
            return;
        }
        if (group.term() > leaderTerm) {
            leaderTerm = group.term();
            leaderCommit = group.commitIndex();
            mode = prng.chance(SPARE_PPM) ? Mode.SPARE : prng.chance(500_000) ? Mode.AT_ELECTION : Mode.AT_COMMIT;
        }
        boolean isTime = mode == Mode.AT_ELECTION || mode == Mode.AT_COMMIT && group.commitIndex() > leaderCommit;
        if (isTime) {
            mode = Mode.SPARE;
            boolean crashes = prng.chance(CRASH_PPM);
            long down = 1 + prng.below(leaderDownNanos);
            long delay = prng.below(prng.chance(600_000) ? Time.micros(100) : Time.millis(3));
            sim.after(delay, () -> strike(node, crashes, down));
        }
    }

    private void strike(NodeId node, boolean crashes, long downNanos) {
        if (crashes) {
            crash(node, downNanos);
        } else if (!isOver) {
            sim.network().isolate(node);
            sim.after(downNanos, () -> release(node));
        }
    }

    private void release(NodeId node) {
        for (NodeId other : sim.nodes()) {
            if (!other.equals(node)) {
                sim.network().mend(node, other);
                sim.network().mend(other, node);
            }
        }
    }

    private void crash(NodeId node, long downNanos) {
        if (isOver || !sim.isUp(node)) {
            return;
        }
        sim.crash(node);
        sim.after(downNanos, () -> {
            if (!sim.isUp(node)) {
                sim.restart(node);
            }
        });
    }

    /** A network on which elections are contested: candidacies cross on their way. */
    LinkPolicy contestedLinks() {
        return LinkPolicy.LAN.delay(Time.micros(100), Time.millis(5 + prng.below(20)));
    }
}
