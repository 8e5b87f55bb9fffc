package io.orrery.server.simulation;

import io.orrery.raft.read.ReadConfig;
import io.orrery.sim.choice.ChoiceStream;

/**
 * How the replicas of a run read beside the log, and how far their clocks drift; its seed draws one. Leases allow for what clocks
 * drift in the run, and no more: their bound is kept, barely.
 *
 * @param config of the replicas
 * @param driftPpm so far the nodes' clocks run fast or slow, as {@link RaftClocks} has it
 */
record ReadShape(ReadConfig config, int driftPpm) {
    private static final int LEASES_PPM = 600_000;
    private static final int FEW_READS_PPM = 100_000;
    private static final int FEW_READS = 3;
    private static final int DRIFTS_PPM = 400_000;
    private static final int DRIFT_PPM = 190_000;

    /** What a plan's faults let clocks drift. */
    private static final int PLANNED_DRIFT_PPM = 500;

    static ReadShape draw(ChoiceStream luck, long electionNanos) {
        int driftPpm = luck.chance(DRIFTS_PPM) ? DRIFT_PPM : 0;
        ReadConfig plain = new ReadConfig(luck.chance(FEW_READS_PPM) ? FEW_READS : 10_000, 4 * electionNanos, false, 0);
        boolean leases = luck.chance(LEASES_PPM);
        return new ReadShape(leases ? plain.withLeases(driftPpm + PLANNED_DRIFT_PPM) : plain, driftPpm);
    }
}
