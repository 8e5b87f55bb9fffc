package io.orrery.server.bench.gossip;

import io.orrery.gossip.GossipConfig;
import io.orrery.gossip.config.HistoryConfig;
import io.orrery.gossip.config.ProbeConfig;
import io.orrery.gossip.config.SuspicionConfig;
import java.util.function.UnaryOperator;

/** A way to run membership: as it is, without one of its mechanisms, or as the SWIM paper has it. */
public enum Variant {
    ALL("all", config -> config),
    NO_LOCAL_HEALTH(
            "no local health",
            config -> config.with(config.probe().withLocalHealthMax(1))
                    .with(config.suspicion().withLocalHealth(false))),
    NO_NACKS("no nacks", config -> config.with(config.probe().withNacks(false))),
    NO_CONFIRMATIONS(
            "no confirmations", config -> config.with(config.suspicion().withMaxMult(1))),
    NO_BUDDY("no buddy", config -> config.with(config.probe().withBuddy(false))),
    NO_PAUSES("no pauses", config -> config.with(config.probe().withPauses(false))),
    NO_STREAM("no stream", config -> config.with(config.probe().withStreamFallback(false))),
    /** Plain SWIM; its suspicions last as long as the shortest of ours, so that it detects as fast. */
    SWIM(
            "SWIM",
            config -> config.with(ProbeConfig.plainSwim())
                    .with(SuspicionConfig.plainSwim())
                    .with(config.rumour().withPrompt(false)));

    private final String word;
    private final UnaryOperator<GossipConfig> change;

    Variant(String word, UnaryOperator<GossipConfig> change) {
        this.word = word;
        this.change = change;
    }

    public String word() {
        return word;
    }

    /** Without a history of each member, which is for operators to read and changes nothing. */
    GossipConfig config() {
        return change.apply(GossipConfig.lan("bench").with(HistoryConfig.none()));
    }
}
