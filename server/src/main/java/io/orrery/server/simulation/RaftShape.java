package io.orrery.server.simulation;

import io.orrery.kernel.Time;
import io.orrery.raft.RaftConfig;
import io.orrery.sim.choice.ChoiceStream;

/**
 * How the Raft group of a run is set up; its seed draws one.
 *
 * @param timing of the replicas
 * @param limits of the replicas
 * @param hasAdversary whether leaders and voters are struck at their worst moments
 * @param isContested whether the network is such that candidacies cross
 */
record RaftShape(RaftConfig.Timing timing, RaftConfig.Limits limits, boolean hasAdversary, boolean isContested) {
    private static final int ADVERSARY_PPM = 500_000;
    private static final int TRICKLE_PPM = 500_000;

    static RaftShape draw(ChoiceStream prng) {
        boolean adversary = prng.chance(ADVERSARY_PPM);
        boolean contested = adversary && prng.chance(500_000);
        boolean trickles = adversary && !contested || prng.chance(TRICKLE_PPM);
        long election = Time.millis(adversary ? 50 : 300);
        RaftConfig.Limits standard = RaftConfig.Limits.DEFAULT;
        RaftConfig.Limits limits = new RaftConfig.Limits(
                trickles ? 1 : standard.messageEntriesMax(),
                standard.messageBytesMax(),
                trickles ? 1 : standard.inflightMessagesMax(),
                standard.inflightBytesMax(),
                standard.pendingProposalsMax(),
                standard.pendingBytesMax(),
                standard.commandBytesMax(),
                standard.applyEntriesMax(),
                standard.catchUpEntriesMax());
        return new RaftShape(new RaftConfig.Timing(election, election / 5), limits, adversary, contested);
    }
}
