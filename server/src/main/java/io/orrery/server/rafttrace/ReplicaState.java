package io.orrery.server.rafttrace;

import io.orrery.kernel.NodeId;
import io.orrery.raft.Role;
import io.orrery.raft.log.HardState;

/**
 * What a replica is after a step.
 *
 * @param role null while it is down
 * @param vote whom it voted for in its term; null for nobody
 * @param last index of its last entry; 0 if it has none
 * @param lastTerm that entry's
 * @param commit up to here it knows the log to be committed
 * @param durable up to here it knows its log to be on stable storage
 * @param durableHard term and vote on stable storage
 */
public record ReplicaState(
        Role role, long term, NodeId vote, long last, long lastTerm, long commit, long durable, HardState durableHard) {
    /** Of a node that is down. */
    public static final ReplicaState DOWN = new ReplicaState(null, 0, null, 0, 0, 0, 0, HardState.INITIAL);

    ReplicaState enters(Role newRole, long newTerm, NodeId newVote) {
        return new ReplicaState(newRole, newTerm, newVote, last, lastTerm, commit, durable, durableHard);
    }

    ReplicaState endsAt(long newLast, long newLastTerm) {
        return new ReplicaState(
                role, term, vote, newLast, newLastTerm, commit, Math.min(durable, newLast), durableHard);
    }

    ReplicaState keeps(long newDurable, HardState newHard) {
        return new ReplicaState(role, term, vote, last, lastTerm, commit, newDurable, newHard);
    }

    ReplicaState commits(long newCommit) {
        return new ReplicaState(role, term, vote, last, lastTerm, newCommit, durable, durableHard);
    }

    /** The role's name as traces have it. */
    public String roleWord() {
        if (role == null) {
            return "down";
        }
        return switch (role) {
            case FOLLOWER -> "follower";
            case PRE_CANDIDATE -> "pre-candidate";
            case CANDIDATE -> "candidate";
            case LEADER -> "leader";
        };
    }
}
