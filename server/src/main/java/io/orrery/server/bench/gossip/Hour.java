package io.orrery.server.bench.gossip;

import io.orrery.gossip.GossipConfig;
import io.orrery.gossip.Member;
import io.orrery.gossip.MemberState;
import io.orrery.gossip.Membership;
import io.orrery.gossip.config.HistoryConfig;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import java.util.Locale;
import java.util.function.Consumer;

/** A large cluster that runs for long with everything on, in which a node crashes now and then: what it costs to simulate. */
final class Hour {
    private static final int CRASHES = 6;

    private final long seed;
    private final Consumer<String> progress;

    Hour(long seed, Consumer<String> progress) {
        this.seed = seed;
        this.progress = progress;
    }

    CrowdRow run(int n, int seconds) {
        Meter meter = new Meter();
        Prng luck = new Prng(seed).fork("hour " + n);
        Crowd crowd = new Crowd(luck.nextLong(), n, config(), peer -> {});
        progress.accept(String.format(Locale.ROOT, "hour: %d nodes made in %d ms", n, meter.wallMillis()));
        int steps = 2 * CRASHES;
        for (int step = 0; step < steps; step++) {
            if (step % 2 == 1) {
                crowd.sim().crash(crowd.node(step / 2));
            }
            crowd.sim().runFor(Time.seconds(seconds) / steps);
            progress.accept(String.format(
                    Locale.ROOT,
                    "hour: %d of %d s, %d events in %.0f s",
                    crowd.sim().nowNanos() / 1_000_000_000L,
                    seconds,
                    crowd.sim().eventCount(),
                    meter.wallMillis() / 1e3));
        }
        long sentBytes = 0;
        for (int i = 0; i < n; i++) {
            sentBytes += Meter.sentBytes(crowd.membership(i).traffic());
        }
        return meter.read(n, crowd.sim(), sentBytes, outcome(crowd));
    }

    /** Without a history of each member, which is for operators to read. */
    private static GossipConfig config() {
        return GossipConfig.lan("bench").with(HistoryConfig.none());
    }

    /** Whether all that run hold just the crashed ones for dead. */
    private static String outcome(Crowd crowd) {
        long wrong = 0;
        for (int i = CRASHES; i < crowd.size(); i++) {
            Membership membership = crowd.membership(i);
            for (Member member : membership.members().values()) {
                boolean isCrashed = crowd.indexOf(member.node()) < CRASHES;
                wrong += (member.state() == MemberState.DEAD) == isCrashed ? 0 : 1;
            }
        }
        return wrong == 0 ? "all hold just the " + CRASHES + " that crashed for dead" : wrong + " beliefs are wrong";
    }
}
