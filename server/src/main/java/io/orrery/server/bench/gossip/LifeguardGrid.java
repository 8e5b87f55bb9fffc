package io.orrery.server.bench.gossip;

import io.orrery.gossip.Member;
import io.orrery.gossip.MemberState;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import io.orrery.server.bench.gossip.LifeguardRow.Freeze;
import io.orrery.sim.Simulation;

/**
 * Lifeguard's experiment (Dadgar, Phillips, Currey, 2017): of 128 members some freeze, all at once, again and again. Those that
 * never freeze are healthy: each time one of them is held for dead is a false death. Half way through one of them crashes
 * in earnest, which tells how fast a variant detects.
 */
final class LifeguardGrid {
    static final int NODES = 128;
    /** Between two freezes. */
    private static final long AWAKE_NANOS = Time.seconds(1);

    private final long seed;

    LifeguardGrid(long seed) {
        this.seed = seed;
    }

    /**
     * @param seconds of simulated time; the crash is half way
     */
    LifeguardRow run(Variant variant, Freeze freeze, int frozen, int millis, int seconds) {
        // The same luck for all variants: they differ in nothing else.
        Prng luck = new Prng(seed).fork("lifeguard " + freeze + " " + frozen + " " + millis);
        return new World(luck, variant, freeze, frozen, millis).run(seconds);
    }

    private static final class World {
        private final Variant variant;
        private final Freeze freeze;
        private final int frozen;
        private final int millis;
        private final Crowd crowd;
        private final Simulation sim;
        private final int victim = NODES - 1;
        private final long phaseNanos;
        private long crashNanos;
        private long falseDeaths;
        private long atHealthy;
        private int knowing;
        private long firstNanos = -1;
        private long allNanos = -1;

        World(Prng luck, Variant variant, Freeze freeze, int frozen, int millis) {
            this.variant = variant;
            this.freeze = freeze;
            this.frozen = frozen;
            this.millis = millis;
            crowd = new Crowd(luck.nextLong(), NODES, variant.config(), peer -> {});
            sim = crowd.sim();
            phaseNanos = luck.below(Time.seconds(1));
            for (int i = 0; i < NODES; i++) {
                int observer = i;
                crowd.membership(i).listen((before, after) -> onChange(observer, before, after));
            }
        }

        LifeguardRow run(int seconds) {
            sim.after(Time.seconds(1), this::freeze);
            sim.after(Time.seconds(seconds) / 2 + phaseNanos, () -> {
                crashNanos = sim.nowNanos();
                sim.crash(crowd.node(victim));
            });
            sim.runFor(Time.seconds(seconds));
            return new LifeguardRow(
                    variant,
                    freeze,
                    frozen,
                    millis,
                    falseDeaths,
                    atHealthy,
                    sinceCrash(firstNanos),
                    sinceCrash(allNanos));
        }

        private long sinceCrash(long nanos) {
            return nanos < 0 ? -1 : (nanos - crashNanos) / 1_000_000L;
        }

        /** The first of all freeze, and will again. */
        private void freeze() {
            for (int i = 0; i < frozen; i++) {
                if (freeze == Freeze.PAUSED) {
                    sim.pause(crowd.node(i), Time.millis(millis));
                } else {
                    block(i, true);
                }
            }
            sim.after(Time.millis(millis), this::thaw);
        }

        private void thaw() {
            for (int i = 0; i < frozen && freeze == Freeze.BLOCKED; i++) {
                block(i, false);
            }
            sim.after(AWAKE_NANOS, this::freeze);
        }

        private void block(int index, boolean isBlocked) {
            NodeId node = crowd.node(index);
            for (int i = 0; i < NODES; i++) {
                NodeId other = crowd.node(i);
                // A pair of frozen ones is one link each way: the lower of them sees to both.
                if (i == index || i < frozen && i < index) {
                    continue;
                }
                if (isBlocked) {
                    sim.network().clog(node, other);
                    sim.network().clog(other, node);
                } else {
                    sim.network().unclog(node, other);
                    sim.network().unclog(other, node);
                }
            }
        }

        private void onChange(int observer, Member before, Member after) {
            boolean isDeath = after.state() == MemberState.DEAD && before != null && before.isLive();
            int accused = crowd.indexOf(after.node());
            if (!isDeath || accused < frozen) {
                return;
            }
            boolean isHealthy = observer >= frozen;
            if (accused != victim || crashNanos == 0) {
                falseDeaths++;
                atHealthy += isHealthy ? 1 : 0;
            } else if (isHealthy) {
                knowing++;
                firstNanos = firstNanos < 0 ? sim.nowNanos() : firstNanos;
                allNanos = knowing == NODES - frozen - 1 ? sim.nowNanos() : allNanos;
            }
        }
    }
}
