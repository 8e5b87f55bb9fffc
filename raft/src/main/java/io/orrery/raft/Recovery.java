package io.orrery.raft;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Timer;
import io.orrery.raft.log.Entry;
import io.orrery.raft.message.RequestPreVote;
import io.orrery.raft.quorum.VoteTally;
import java.util.List;
import java.util.TreeSet;

/**
 * What an operator does when a majority of the voters is gone for good: puts a configuration in force that nobody agreed to.
 * Raft promises nothing across it. So everybody who may be there is asked first, for an election timeout:
 *
 * <ul>
 *   <li>I1: refused while a leader is heard, or while a quorum answers. Also where that cannot elect anybody since a majority
 *       forgot: who refused does not say why, and the next who is asked may be the one who can win.
 *   <li>I2: refused unless each of the voters to be answered that it would vote for this replica: its log has all of theirs.
 * </ul>
 *
 * <p>Then this replica writes the configuration as an entry of a term of its own and stands for election under it. What only
 * the lost voters held is lost, committed or not; if they come back as they were they may elect a leader of their own, so
 * their directories must be removed.
 */
final class Recovery {
    private final Roles roles;
    private final Replica replica;
    private Timer timer;
    private List<NodeId> voters;
    private RecoveryCallback done;
    private VoteTally reached;
    private final TreeSet<NodeId> granted = new TreeSet<>();

    Recovery(Roles roles, Replica replica) {
        this.roles = roles;
        this.replica = replica;
    }

    /** Begins to ask who is there. */
    void begin(List<NodeId> newVoters, RecoveryCallback callback) {
        String objection = objection(newVoters);
        if (objection != null) {
            replica.note("refuse-recovery", objection);
            replica.kernel.defer(() -> callback.onRecovery(false, objection));
            return;
        }
        voters = newVoters;
        done = callback;
        reached = new VoteTally(replica.configuration().quorum());
        granted.clear();
        onAnswer(replica.self(), true);
        TreeSet<NodeId> asked = new TreeSet<>(replica.configuration().members());
        asked.addAll(voters);
        asked.remove(replica.self());
        replica.note("recover", "asks who is there, for " + voters);
        for (NodeId node : asked) {
            replica.send(node, new RequestPreVote(replica.term() + 1, replica.log.lastIndex(), replica.log.lastTerm()));
        }
        if (timer == null) {
            timer = replica.kernel.timer("recovery", this::decide);
        }
        timer.restart(replica.config.timing().electionNanos());
    }

    private String objection(List<NodeId> newVoters) {
        if (voters != null) {
            return "a recovery is under way";
        }
        if (roles.hasLiveLeader()) {
            return "there is a leader, " + roles.leader() + ": change members through it";
        }
        if (!newVoters.contains(replica.self())) {
            return "this node, " + replica.self() + ", must be one of the voters";
        }
        for (NodeId node : newVoters) {
            if (!replica.configuration().isMember(node)) {
                return node + " is not a member: it holds nothing of the group";
            }
        }
        return null;
    }

    /** Somebody is there, whether or not it would vote for this replica. */
    void onAnswer(NodeId from, boolean grants) {
        if (voters != null) {
            reached.record(from, grants);
            if (grants) {
                granted.add(from);
            }
        }
    }

    private void decide() {
        String objection = lateObjection();
        List<NodeId> forced = voters;
        RecoveryCallback callback = done;
        voters = null;
        done = null;
        if (objection != null) {
            replica.note("refuse-recovery", objection);
            callback.onRecovery(false, objection);
            return;
        }
        force(forced);
        callback.onRecovery(
                true,
                "forced voters " + forced + " at entry " + replica.configurations.latestIndex()
                        + ". Entries behind the one before it that only other voters held are lost, committed or not. Remove the"
                        + " directories of the others before they start again");
    }

    /** I1 and I2. */
    private String lateObjection() {
        if (roles.hasLiveLeader()) {
            return "there is a leader, " + roles.leader();
        }
        if (reached.isAnsweredByQuorum()) {
            return "a quorum answered (" + reached
                    + "): it elects a leader by itself, unless some of its nodes lost part of"
                    + " their logs, which the last events of each say; such nodes are stopped first";
        }
        for (NodeId node : voters) {
            if (!granted.contains(node)) {
                return node
                        + " did not answer, or would not vote for this node: its log may be longer, so recover on it";
            }
        }
        return null;
    }

    /** In a term of its own, so that the entry cannot be taken for another's. */
    private void force(List<NodeId> forced) {
        replica.reached(MembershipMarks.QUORUM_FORCED);
        roles.becomeCandidate("forced by an operator", false);
        roles.memory.onForced();
        Configuration next = new Configuration(forced, List.of(), List.of(), List.of(), List.of(), true);
        replica.note("recover", "before " + replica.configuration() + ", forced " + next);
        replica.append(Entry.Kind.CONFIG, next.encode());
        roles.becomeCandidate("forced by an operator", false);
    }
}
