package io.orrery.server.bench.gossip;

import io.orrery.gossip.GossipConfig;
import io.orrery.gossip.GossipCounters.Counter;
import io.orrery.gossip.config.HistoryConfig;
import io.orrery.gossip.config.ProbeConfig;
import io.orrery.gossip.config.RumourConfig;
import io.orrery.gossip.config.SuspicionConfig;
import io.orrery.gossip.config.SyncConfig;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import io.orrery.sim.network.LinkPolicy;

/**
 * How often a probe of a healthy member fails because messages get lost, each with the same chance. Without the stream, which
 * loss does not stop; and with suspicions so long that nobody is declared dead.
 */
final class FalseSuspicion {
    private static final int NODES = 32;
    private static final long NEVER_NANOS = Time.seconds(1_000_000);
    private static final int SUSPICION_MULT = 100;
    /** Of a world: a suspicion lasts longer. */
    private static final long WORLD_SECONDS = 100;

    private final long seed;

    FalseSuspicion(long seed) {
        this.seed = seed;
    }

    /**
     * @param probes at least so many
     */
    FalseSuspicionRow run(int lossPpm, int relays, long probes) {
        Prng luck = new Prng(seed).fork("false suspicion " + lossPpm + " " + relays);
        long done = 0;
        long failed = 0;
        while (done < probes) {
            Crowd crowd = new Crowd(luck.nextLong(), NODES, config(relays), peer -> {});
            crowd.sim().network().policy(LinkPolicy.LAN.loss(lossPpm));
            crowd.sim().runFor(Time.seconds(WORLD_SECONDS));
            done += crowd.sum(Counter.PROBES);
            // A probe fails a period after it began: those that began later do not count yet.
            crowd.sim().runFor(ProbeConfig.lan().intervalNanos());
            failed += crowd.sum(Counter.PROBES_FAILED);
        }
        double theory = ProbeTheory.falseSuspicion(lossPpm / 1e6, relays);
        double sigma = Math.sqrt(theory * (1 - theory) / done);
        return new FalseSuspicionRow(lossPpm, relays, done, failed, (double) failed / done, sigma, theory);
    }

    private static GossipConfig config(int relays) {
        return GossipConfig.lan("bench")
                .with(HistoryConfig.none())
                .with(ProbeConfig.plainSwim().withIndirectProbes(relays))
                .with(SuspicionConfig.plainSwim().withMult(SUSPICION_MULT))
                .with(new RumourConfig(NEVER_NANOS, 1, 1, false, Time.seconds(5)))
                .with(new SyncConfig(NEVER_NANOS, NEVER_NANOS, NEVER_NANOS));
    }
}
