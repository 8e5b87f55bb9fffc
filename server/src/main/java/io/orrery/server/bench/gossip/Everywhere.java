package io.orrery.server.bench.gossip;

import io.orrery.gossip.MemberState;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import io.orrery.server.bench.gossip.CrowdPeer.Watch;

/** How long after a crash all others hold the crashed one for dead, with everything running that runs in production. */
final class Everywhere {
    private static final long LIMIT_NANOS = Time.seconds(120);
    private static final long APART_NANOS = Time.seconds(10);
    /** One in a hundred, so that those that are gone do not matter. */
    private static final int SHARE = 100;

    private final long seed;

    Everywhere(long seed) {
        this.seed = seed;
    }

    EverywhereRow run(int n, int runs, Variant variant) {
        Prng luck = new Prng(seed).fork("everywhere " + n);
        Sample first = new Sample();
        Sample all = new Sample();
        while (all.size() < runs) {
            int crashes = Math.min(Math.max(1, n / SHARE), runs - all.size());
            new World(luck.nextLong(), n, variant).run(crashes, first, all);
        }
        return new EverywhereRow(
                n, runs, variant, first.percentile(50), first.percentile(99), all.percentile(50), all.percentile(99));
    }

    /** One world, in which some crash one after another. */
    private static final class World implements Watch {
        private final Crowd crowd;
        private final Prng luck;
        private int victim = -1;
        private int knowing;
        private long firstNanos;

        World(long seed, int n, Variant variant) {
            luck = new Prng(seed);
            crowd = new Crowd(luck.nextLong(), n, variant.config(), this);
        }

        void run(int crashes, Sample first, Sample all) {
            for (int i = 0; i < crashes; i++) {
                crowd.sim().runFor(APART_NANOS + luck.below(Time.seconds(1)));
                long start = crowd.sim().nowNanos();
                knowing = 0;
                firstNanos = 0;
                victim = i;
                int others = crowd.size() - i - 1;
                crowd.sim().crash(crowd.node(i));
                crowd.sim().runUntil(() -> knowing == others, LIMIT_NANOS);
                first.add(millis(firstNanos - start));
                all.add(millis(crowd.sim().nowNanos() - start));
            }
        }

        private static double millis(long nanos) {
            return nanos / 1e6;
        }

        @Override
        public void look(CrowdPeer peer) {
            if (peer.membership().changes() == peer.seen || victim < 0) {
                return;
            }
            peer.seen = peer.membership().changes();
            if (peer.buried < victim
                    && peer.membership().member(crowd.node(victim)).state() == MemberState.DEAD) {
                peer.buried = victim;
                firstNanos = knowing == 0 ? crowd.sim().nowNanos() : firstNanos;
                knowing++;
            }
        }
    }
}
