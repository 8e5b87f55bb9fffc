package io.orrery.server.simulation;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.raft.RaftConfig;
import io.orrery.raft.log.WalConfig;
import io.orrery.raft.message.RaftCodec;
import io.orrery.raft.snapshot.SnapshotConfig;
import io.orrery.sim.choice.ChoiceStream;
import io.orrery.sim.scenario.NodeFault;
import io.orrery.sim.scenario.Scenario;
import io.orrery.sim.scenario.TimedFault;
import java.util.TreeMap;

/**
 * How the Raft group of a run is set up; its seed draws one. Small limits are reached, and patience is short, far more often
 * than in production: what happens only at a limit happens here.
 *
 * @param timing of the replicas
 * @param limits of the replicas
 * @param wal of each node
 * @param snapshots of the replicas
 */
record RaftShape(RaftConfig.Timing timing, RaftConfig.Limits limits, WalConfig wal, SnapshotConfig snapshots) {
    private static final int FAST_PPM = 750_000;
    private static final int TRICKLE_PPM = 600_000;
    private static final int NARROW_PPM = 200_000;
    private static final int SLOW_TO_CATCH_UP_PPM = 300_000;
    private static final int BACKLOG_PPM = 200_000;
    private static final long SEGMENT_BYTES = 16 * 1024;
    private static final long[] AHEAD_BYTES = {0, 2048, SEGMENT_BYTES};
    private static final int BACKLOG_BYTES = 256;
    private static final int NO_SNAPSHOTS_PPM = 200_000;
    private static final long[] ENTRIES = {3, 10, 40, 200};
    private static final long SNAPSHOT_BYTES = 4096;
    private static final int[] SLICE_BYTES = {64, 256, 4096};
    private static final int[] TAILS = {0, 3, 20};

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
        wal = luck.chance(BACKLOG_PPM) ? wal.withBacklogBytesMax(BACKLOG_BYTES) : wal;
        SnapshotConfig snapshots = drawSnapshots(luck);
        wal = wal.withAheadBytes(AHEAD_BYTES[luck.below(AHEAD_BYTES.length)]);
        return new RaftShape(timing(election, trickles), limits, wal, snapshots);
    }

    /** Where messages are large, proposals wait for one another. */
    private static RaftConfig.Timing timing(long election, boolean trickles) {
        return new RaftConfig.Timing(election, election / 5, trickles ? 0 : election / 10);
    }

    /** Every so many entries or bytes, in slices so small that a snapshot has many; in some runs none is ever taken. */
    private static SnapshotConfig drawSnapshots(ChoiceStream luck) {
        boolean isOff = luck.chance(NO_SNAPSHOTS_PPM);
        long entries = ENTRIES[luck.below(ENTRIES.length)];
        return new SnapshotConfig(
                isOff ? 0 : entries,
                isOff || luck.chance(500_000) ? 0 : SNAPSHOT_BYTES,
                luck.chance(500_000) ? 0 : 50,
                SLICE_BYTES[luck.below(SLICE_BYTES.length)],
                1 + luck.below(4),
                TAILS[luck.below(TAILS.length)],
                luck.chance(500_000) ? 10 : 100_000);
    }

    /** In a run in which nodes of an earlier release stay, nothing may be compacted that they could come to need. */
    static boolean keepsEarlierReleases(Scenario scenario) {
        TreeMap<NodeId, Integer> releases = new TreeMap<>();
        for (TimedFault timed : scenario.plan().faults()) {
            if (timed.fault() instanceof NodeFault.Version version) {
                releases.put(version.node(), version.formatsMax());
            }
        }
        return releases.values().stream().anyMatch(formatsMax -> formatsMax < RaftCodec.SNAPSHOTS_SINCE);
    }

    /** As drawn, but without snapshots where they are not possible. */
    SnapshotConfig snapshots(Scenario scenario) {
        return keepsEarlierReleases(scenario) ? snapshots.off() : snapshots;
    }
}
