package io.orrery.raft.forward;

import io.orrery.kernel.Kernel;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.codec.Bytes;
import io.orrery.raft.Proposal;
import io.orrery.raft.RaftGroup;

/** Proposes on any replica: forwards to the leader and brings the outcome back. */
public final class ProposalForwarder implements Protocol {
    private final RaftGroup group;

    public ProposalForwarder(Kernel kernel, RaftGroup group, ForwarderConfig config) {
        this.group = group;
    }

    @Override
    public void start() {}

    /** Proposes on the leader, wherever it is. */
    public void propose(Bytes command, Proposal.Callback done) {
        group.propose(command, done);
    }
}
