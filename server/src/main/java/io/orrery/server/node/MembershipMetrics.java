package io.orrery.server.node;

import io.orrery.gossip.GossipCounters.Counter;
import io.orrery.gossip.Membership;
import io.orrery.server.admin.MetricsWriter;
import java.util.Locale;

/** What membership counts, for Prometheus: all of {@link Counter}, refusals under one name with their reason. */
final class MembershipMetrics {
    private static final String REFUSED = "orrery_gossip_refused_total";
    private static final String REFUSED_PREFIX = "REFUSED_";

    private MembershipMetrics() {}

    static void write(Membership membership, MetricsWriter out) {
        out.gauge(
                "orrery_gossip_local_health",
                "How much this node doubts itself; 0 if not at all.",
                membership.localHealth());
        for (Counter counter : Counter.values()) {
            if (!counter.name().startsWith(REFUSED_PREFIX)) {
                String name = counter.name().toLowerCase(Locale.ROOT);
                out.counter(
                        "orrery_gossip_" + name,
                        "See the name.",
                        membership.counters().of(counter));
            }
        }
        out.header(REFUSED, "counter", "What membership refused, and why.");
        for (Counter counter : Counter.values()) {
            if (counter.name().startsWith(REFUSED_PREFIX)) {
                String reason =
                        counter.name().substring(REFUSED_PREFIX.length()).toLowerCase(Locale.ROOT);
                out.sample(REFUSED, "reason", reason, membership.counters().of(counter));
            }
        }
    }
}
