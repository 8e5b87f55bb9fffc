package io.orrery.server.bench.gossip;

import io.orrery.gossip.GossipConfig;
import io.orrery.gossip.GossipCounters.Counter;
import io.orrery.gossip.MemberState;
import io.orrery.gossip.config.HistoryConfig;
import io.orrery.gossip.config.RumourConfig;
import io.orrery.gossip.config.SuspicionConfig;
import io.orrery.gossip.config.SyncConfig;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import io.orrery.server.bench.gossip.CrowdPeer.Watch;
import java.util.Arrays;

/**
 * Periods until a crash is first detected. Nodes crash at random times within one period; for each the first node is awaited
 * whose own probe of it fails. The probe went out one period before that, and the period in which it did, counted from the
 * crash, is the measurement. Gossip beside the probes is off: it can only follow a detection.
 */
final class Detection {
    private static final long PERIOD_NANOS = Time.seconds(1);
    private static final long NEVER_NANOS = Time.seconds(1_000_000);
    private static final long LIMIT_NANOS = Time.seconds(120);
    /** So long that large clusters declare nobody dead meanwhile: deaths follow a detection too. */
    private static final int CONFIRMED_TENTHS = 1000;

    private final long seed;

    Detection(long seed) {
        this.seed = seed;
    }

    /**
     * @param runs crashes
     * @param atOnce crashes in one world: few beside {@code n}, so that they do not disturb each other
     */
    DetectionRow run(int n, int runs, int atOnce) {
        Sample periods = new Sample();
        Prng luck = new Prng(seed).fork("detection " + n);
        while (periods.size() < runs) {
            new World(luck.nextLong(), n, Math.min(atOnce, runs - periods.size())).run(periods);
        }
        return new DetectionRow(
                n,
                periods.mean(),
                periods.percentile(50),
                periods.percentile(99),
                periods.sigma(),
                periods.size(),
                ProbeTheory.roundRobinMean(n),
                ProbeTheory.roundRobinPercentile(99, n),
                ProbeTheory.randomMean(n));
    }

    private static GossipConfig config() {
        return GossipConfig.lan("bench")
                .with(HistoryConfig.none())
                .with(new RumourConfig(NEVER_NANOS, 1, 1, false, Time.seconds(5)))
                .with(SuspicionConfig.lan().withConfirmedTenths(CONFIRMED_TENTHS))
                .with(new SyncConfig(NEVER_NANOS, NEVER_NANOS, NEVER_NANOS));
    }

    /** One world, and those in it that crash: the first few, which are as good as any. */
    private static final class World implements Watch {
        private final Crowd crowd;
        private final Prng luck;
        private final long[] crashNanos;
        private final long[] suspectNanos;
        private int awaited;

        World(long seed, int n, int crashes) {
            luck = new Prng(seed);
            crashNanos = new long[crashes];
            suspectNanos = new long[crashes];
            Arrays.fill(crashNanos, Long.MAX_VALUE);
            awaited = crashes;
            crowd = new Crowd(luck.nextLong(), n, config(), this);
        }

        void run(Sample periods) {
            for (int i = 0; i < crashNanos.length; i++) {
                int victim = i;
                crowd.sim().after(PERIOD_NANOS + luck.below(PERIOD_NANOS), () -> {
                    crashNanos[victim] = crowd.sim().nowNanos();
                    crowd.sim().crash(crowd.node(victim));
                });
            }
            crowd.sim().runUntil(() -> awaited == 0, LIMIT_NANOS);
            for (int i = 0; i < crashNanos.length; i++) {
                long pinged = suspectNanos[i] - PERIOD_NANOS - crashNanos[i];
                periods.add(Math.max(1, (pinged + PERIOD_NANOS - 1) / PERIOD_NANOS));
            }
        }

        @Override
        public void look(CrowdPeer peer) {
            long failed = peer.membership().counters().of(Counter.PROBES_FAILED);
            if (failed == peer.seen) {
                return;
            }
            peer.seen = failed;
            for (int i = 0; i < crashNanos.length; i++) {
                if (suspectNanos[i] == 0 && crashNanos[i] != Long.MAX_VALUE && isSuspect(peer, i)) {
                    suspectNanos[i] = crowd.sim().nowNanos();
                    awaited--;
                }
            }
        }

        private boolean isSuspect(CrowdPeer peer, int index) {
            return peer.membership().member(crowd.node(index)).state() == MemberState.SUSPECT;
        }
    }
}
