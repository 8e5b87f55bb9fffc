package io.orrery.raft;

import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.StateMachine;
import io.orrery.kernel.codec.Bytes;
import io.orrery.raft.log.Wal;
import io.orrery.raft.rules.RaftRules;

/** One replica of one Raft group. */
public final class RaftGroup implements Protocol {
    private final Kernel kernel;
    private final RaftConfig config;

    public RaftGroup(Kernel kernel, RaftConfig config, Wal wal, StateMachine machine) {
        this(kernel, config, wal, machine, RaftRules.PAPER);
    }

    public RaftGroup(Kernel kernel, RaftConfig config, Wal wal, StateMachine machine, RaftRules rules) {
        this.kernel = kernel;
        this.config = config;
    }

    @Override
    public void start() {}

    public void propose(Bytes command, Proposal.Callback done) {
        kernel.defer(() -> done.onOutcome(Proposal.Outcome.notLeader(null)));
    }

    public void change(MembershipChange change, MembershipChange.Callback done) {
        kernel.defer(() -> done.onOutcome(
                new MembershipChange.Outcome(MembershipChange.Status.NOT_LEADER, "", null)));
    }

    public Role role() {
        return Role.FOLLOWER;
    }

    public long term() {
        return 0;
    }

    /** The leader of this replica's term, as far as it knows; null if it knows none. */
    public NodeId leader() {
        return null;
    }

    public boolean isLeader() {
        return role() == Role.LEADER;
    }

    public long commitIndex() {
        return 0;
    }

    public long lastIndex() {
        return 0;
    }

    public long appliedIndex() {
        return 0;
    }

    public Configuration configuration() {
        return config.initial();
    }

    public String lastReason() {
        return "";
    }

    public long stateDigest() {
        return 0;
    }
}
