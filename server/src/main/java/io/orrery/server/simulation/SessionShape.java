package io.orrery.server.simulation;

import io.orrery.kernel.Time;
import io.orrery.raft.session.SessionClientConfig;
import io.orrery.raft.session.SessionConfig;
import io.orrery.sim.choice.ChoiceStream;

/**
 * How the clients' sessions of a run are set up; its seed draws one. Small limits, so that they are reached.
 *
 * @param sessions on all replicas
 * @param client of each node
 */
record SessionShape(SessionConfig sessions, SessionClientConfig client) {
    private static final int FEW_PPM = 200_000;
    private static final int SHORT_RESULTS_PPM = 200_000;
    private static final int BRIEF_PPM = 200_000;

    static SessionShape draw(ChoiceStream luck) {
        boolean few = luck.chance(FEW_PPM);
        int results = few ? 2 : 16;
        SessionConfig sessions = new SessionConfig(
                few ? 4 : 1_000,
                results,
                luck.chance(SHORT_RESULTS_PPM) ? 20 : 1_000,
                luck.chance(BRIEF_PPM) ? 1_500 : 60_000);
        long keepAlive = luck.chance(500_000) ? Time.millis(500) : 0;
        return new SessionShape(
                sessions, new SessionClientConfig(results, 6, Time.seconds(2), Time.millis(20), keepAlive));
    }
}
