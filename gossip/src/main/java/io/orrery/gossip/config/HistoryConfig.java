package io.orrery.gossip.config;

import io.orrery.kernel.Check;

/**
 * What is remembered of what befell members, for operators; the protocol does not need it.
 *
 * @param perMemberMax events of one member; default 16. 0 remembers nothing, nor when a member was last heard: for
 *     simulations of very many nodes
 * @param eventsMax events of all members; default 4096, about 100 bytes each
 */
public record HistoryConfig(int perMemberMax, int eventsMax) {
    public HistoryConfig {
        Check.argument(perMemberMax >= 0 && perMemberMax <= 1024, "between 0 and 1024 events of a member");
        Check.argument(eventsMax >= perMemberMax, "all members have as many events as one at least");
    }

    public static HistoryConfig standard() {
        return new HistoryConfig(16, 4096);
    }

    public static HistoryConfig none() {
        return new HistoryConfig(0, 0);
    }
}
