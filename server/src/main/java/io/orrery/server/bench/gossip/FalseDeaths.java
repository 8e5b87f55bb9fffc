package io.orrery.server.bench.gossip;

import io.orrery.gossip.GossipCounters.Counter;
import io.orrery.gossip.MemberState;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import io.orrery.sim.network.LinkPolicy;
import java.util.ArrayList;
import java.util.List;

/**
 * False deaths while everything runs that runs in production and nobody crashes: with messages that get lost, datagrams for good
 * and stream frames until they are repeated; or with members that stand still for a while, other ones each time.
 */
public final class FalseDeaths {
    /** What befalls a cluster. */
    public enum Trouble {
        LOSS_10("10 % of messages lost"),
        LOSS_25("25 % of messages lost"),
        FROZEN_5("5 % frozen for 1 to 8 s");

        private final String words;

        Trouble(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    private static final int FROZEN_SHARE = 20;
    private static final long FREEZE_EVERY_NANOS = Time.seconds(10);
    private static final int FREEZE_MILLIS_MIN = 1_000;
    private static final int FREEZE_MILLIS_MAX = 8_000;

    private final long seed;

    FalseDeaths(long seed) {
        this.seed = seed;
    }

    FalseDeathsRow run(Trouble trouble, Variant variant, int n, int seconds) {
        // The same luck for all variants: they differ in nothing else.
        Prng luck = new Prng(seed).fork("false deaths " + trouble + " " + n);
        Crowd crowd = new Crowd(luck.nextLong(), n, variant.config(), peer -> {});
        long[] believed = new long[1];
        for (int i = 0; i < n; i++) {
            crowd.membership(i).listen((before, after) -> {
                boolean isDeath = after.state() == MemberState.DEAD && before != null && before.isLive();
                believed[0] += isDeath ? 1 : 0;
            });
        }
        if (trouble == Trouble.FROZEN_5) {
            freeze(crowd, luck, seconds);
        } else {
            int lossPpm = trouble == Trouble.LOSS_10 ? 100_000 : 250_000;
            crowd.sim().network().policy(LinkPolicy.LAN.loss(lossPpm));
            crowd.sim().runFor(Time.seconds(seconds));
        }
        return new FalseDeathsRow(
                trouble,
                variant,
                n,
                seconds * 1_000L,
                crowd.sum(Counter.PROBES_FAILED),
                crowd.sum(Counter.SUSPICIONS),
                crowd.sum(Counter.DEATHS),
                believed[0]);
    }

    /** Every ten seconds some others stand still, each as long as it is drawn. */
    private static void freeze(Crowd crowd, Prng luck, int seconds) {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < crowd.size(); i++) {
            all.add(i);
        }
        for (long round = 0; round < Time.seconds(seconds) / FREEZE_EVERY_NANOS; round++) {
            luck.shuffle(all);
            for (int index : all.subList(0, crowd.size() / FROZEN_SHARE)) {
                long nanos = Time.millis(luck.between(FREEZE_MILLIS_MIN, FREEZE_MILLIS_MAX));
                crowd.sim().pause(crowd.node(index), nanos);
            }
            crowd.sim().runFor(FREEZE_EVERY_NANOS);
        }
    }
}
