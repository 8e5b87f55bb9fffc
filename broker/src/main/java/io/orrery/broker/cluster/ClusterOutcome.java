package io.orrery.broker.cluster;

import io.orrery.kernel.codec.DecodeException;
import io.orrery.raft.Proposal;

/**
 * How a {@link ClusterCommand} ended.
 *
 * @param status of the proposal; only COMMITTED has a result, and UNKNOWN may yet take effect
 * @param result null unless committed
 */
public record ClusterOutcome(Proposal.Status status, ClusterResult result) {
    /** Hears how a command ended, in a later event. */
    @FunctionalInterface
    public interface Callback {
        void onOutcome(ClusterOutcome outcome);
    }

    /** The outcome of a proposal in the words of the cluster's state. */
    public static ClusterOutcome of(Proposal.Outcome outcome) {
        if (!outcome.isCommitted()) {
            return new ClusterOutcome(outcome.status(), null);
        }
        try {
            return new ClusterOutcome(outcome.status(), ClusterResult.decode(outcome.result()));
        } catch (DecodeException notOne) {
            ClusterResult unreadable =
                    ClusterResult.failed(ClusterResult.Status.INVALID, outcome.index(), notOne.getMessage());
            return new ClusterOutcome(outcome.status(), unreadable);
        }
    }
}
