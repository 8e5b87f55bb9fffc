package io.orrery.server.simulation;

import io.orrery.kernel.Time;
import io.orrery.raft.RaftConfig;
import io.orrery.raft.log.WalConfig;
import io.orrery.sim.choice.ChoiceStream;

/**
 * How the Raft group of a run is set up; its seed draws one. Small limits are reached, and patience is short, far more often
 * than in production: what happens only at a limit happens here.
 *
 * @param timing of the replicas
 * @param limits of the replicas
 * @param wal of each node
 */
record RaftShape(RaftConfig.Timing timing, RaftConfig.Limits limits, WalConfig wal) {
    private static final int FAST_PPM = 750_000;
    private static final int TRICKLE_PPM = 600_000;
    private static final int NARROW_PPM = 200_000;
    private static final int SLOW_TO_CATCH_UP_PPM = 300_000;
    private static final int BACKLOG_PPM = 200_000;
    private static final long SEGMENT_BYTES = 16 * 1024;
    private static final int BACKLOG_BYTES = 256;

    /** The log of a node of a release that knows this version of formats at most. */
    WalConfig wal(int formatsMax) {
        return wal.withVersion(Math.min(formatsMax, WalConfig.VERSION_MAX));
    }

    static RaftShape draw(ChoiceStream luck) {
        long election = Time.millis(luck.chance(FAST_PPM) ? 50 : 300);
        boolean trickles = luck.chance(TRICKLE_PPM);
        boolean narrow = luck.chance(NARROW_PPM);
        RaftConfig.Limits standard = RaftConfig.Limits.DEFAULT;
        RaftConfig.Limits limits = new RaftConfig.Limits(
                trickles ? 1 : standard.messageEntriesMax(),
                standard.messageBytesMax(),
                trickles ? 1 : standard.inflightMessagesMax(),
                standard.inflightBytesMax(),
                narrow ? 4 : standard.pendingProposalsMax(),
                standard.pendingBytesMax(),
                standard.commandBytesMax(),
                standard.applyEntriesMax(),
                luck.chance(SLOW_TO_CATCH_UP_PPM) ? 2 : standard.catchUpEntriesMax());
        WalConfig wal = WalConfig.DEFAULT.withSegmentBytes(SEGMENT_BYTES);
        return new RaftShape(
                new RaftConfig.Timing(election, election / 5),
                limits,
                luck.chance(BACKLOG_PPM) ? wal.withBacklogBytesMax(BACKLOG_BYTES) : wal);
    }
}
