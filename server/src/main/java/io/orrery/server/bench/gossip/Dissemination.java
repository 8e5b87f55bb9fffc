package io.orrery.server.bench.gossip;

import io.orrery.gossip.GossipConfig;
import io.orrery.gossip.Incarnation;
import io.orrery.gossip.Member;
import io.orrery.gossip.Membership;
import io.orrery.gossip.config.HistoryConfig;
import io.orrery.gossip.config.ProbeConfig;
import io.orrery.gossip.config.RumourConfig;
import io.orrery.gossip.config.SyncConfig;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import io.orrery.server.bench.gossip.CrowdPeer.Watch;
import io.orrery.sim.network.LinkPolicy;
import java.util.TreeMap;

/**
 * Rounds of gossip until one rumour has reached everybody: a member changes its metadata, and all must learn it. Gossip alone:
 * nothing is probed, nothing synced. Messages take a microsecond, so that rounds can be told by the time.
 */
final class Dissemination {
    private static final long NEVER_NANOS = Time.seconds(100_000_000);
    private static final long ROUND_NANOS = Time.millis(200);
    private static final int ROUNDS_MAX = 60;
    private static final int ORACLE_RUNS_MIN = 200;

    private final long seed;

    Dissemination(long seed) {
        this.seed = seed;
    }

    DisseminationRow run(int n, int lossPpm, int runs) {
        Prng luck = new Prng(seed).fork("dissemination " + n + " " + lossPpm);
        Sample rounds = new World(luck.nextLong(), n, lossPpm).run(runs);
        int oracleRuns = Math.max(ORACLE_RUNS_MIN, runs);
        Sample oracle = oracle(n, lossPpm, oracleRuns, luck.fork("oracle"));
        double sigma = Math.hypot(rounds.sigma(), oracle.sigma());
        return new DisseminationRow(
                n,
                lossPpm,
                runs,
                rounds.size(),
                rounds.mean(),
                rounds.percentile(99),
                sigma,
                oracle.mean(),
                oracle.percentile(99),
                (double) oracle.size() / oracleRuns);
    }

    private static Sample oracle(int n, int lossPpm, int runs, Prng luck) {
        RumourConfig rumour = RumourConfig.lan();
        Sample rounds = new Sample();
        for (int i = 0; i < runs; i++) {
            Epidemic.End end = new Epidemic(n, rumour.fanout(), rumour.retransmitMult(), lossPpm, luck).run();
            if (end.reached() == n) {
                rounds.add(end.rounds());
            }
        }
        return rounds;
    }

    private static GossipConfig config() {
        return GossipConfig.lan("bench")
                .with(HistoryConfig.none())
                .with(ProbeConfig.lan().withPeriod(NEVER_NANOS, NEVER_NANOS / 2))
                .with(RumourConfig.lan().withPrompt(false))
                .with(new SyncConfig(NEVER_NANOS, NEVER_NANOS, NEVER_NANOS));
    }

    /** One world, in which rumours start one after another. */
    private static final class World implements Watch {
        private final Crowd crowd;
        private final Prng luck;
        private NodeId source;
        private Incarnation news;
        private int reached;
        private long lastNanos;

        World(long seed, int n, int lossPpm) {
            luck = new Prng(seed);
            crowd = new Crowd(luck.nextLong(), n, config(), this);
            crowd.sim()
                    .network()
                    .policy(LinkPolicy.LAN.delay(Time.micros(1), Time.micros(1)).loss(lossPpm));
        }

        Sample run(int runs) {
            Sample rounds = new Sample();
            for (int i = 0; i < runs; i++) {
                long start = crowd.sim().nowNanos();
                start(i);
                crowd.sim().runUntil(() -> reached == crowd.size(), ROUNDS_MAX * ROUND_NANOS);
                if (reached == crowd.size()) {
                    rounds.add((lastNanos - start + ROUND_NANOS / 2) / ROUND_NANOS);
                }
                crowd.sim().runFor(ROUNDS_MAX * ROUND_NANOS);
            }
            return rounds;
        }

        private void start(int number) {
            int index = luck.below(crowd.size());
            Membership membership = crowd.membership(index);
            TreeMap<String, String> metadata = new TreeMap<>();
            metadata.put("run", Integer.toString(number));
            reached = 0;
            source = crowd.node(index);
            news = membership.self().incarnation().refuted();
            crowd.sim().onNode(source, () -> membership.metadata(metadata));
        }

        @Override
        public void look(CrowdPeer peer) {
            if (peer.membership().changes() == peer.seen) {
                return;
            }
            peer.seen = peer.membership().changes();
            Member held = source == null ? null : peer.membership().member(source);
            if (held != null && held.incarnation().equals(news)) {
                reached++;
                lastNanos = crowd.sim().nowNanos();
            }
        }
    }
}
