package io.orrery.server.simulation;

import io.orrery.gossip.GossipConfig;
import io.orrery.gossip.config.RetentionConfig;
import io.orrery.gossip.config.SyncConfig;
import io.orrery.gossip.owner.OwnerLogConfig;
import io.orrery.kernel.Time;
import io.orrery.sim.choice.ChoiceStream;

/** How membership and owner logs of a run are set up; its seed draws one. Half of them remember little. */
record GossipShape(GossipConfig membership, OwnerLogConfig rows) {
    private static final int STREAM_FALLBACK_PPM = 500_000;
    private static final int FORGETFUL_PPM = 400_000;
    /** So short that those who were removed are pinged before the run is over. */
    private static final int SHORT_DEATH_PPM = 500_000;

    private static final int SHORT_LOG_PPM = 500_000;
    private static final int NO_GRACE_PPM = 200_000;

    /** As a node's release has it. */
    static GossipConfig ofRelease(GossipConfig config, int formatsMax) {
        return config.withGenerationVersion(Math.min(formatsMax, GossipConfig.GENERATION_VERSION_MAX));
    }

    static GossipShape draw(ChoiceStream luck) {
        GossipConfig config = GossipConfig.fast("simulated");
        config = config.with(config.probe().withStreamFallback(luck.chance(STREAM_FALLBACK_PPM)));
        boolean isForgetful = luck.chance(FORGETFUL_PPM);
        if (isForgetful) {
            SyncConfig sync = config.sync();
            config = config.with(
                    new SyncConfig(sync.intervalNanos(), sync.joinRetryNanos(), sync.joinRetryMaxNanos(), 1));
        }
        int remembered = luck.chance(SHORT_LOG_PPM) ? 5 : 1000;
        int relayed = luck.chance(SHORT_LOG_PPM) ? 0 : 16;
        long graceNanos = luck.chance(NO_GRACE_PPM) ? 0 : Time.millis(500 + luck.below(8000));
        OwnerLogConfig rows = new OwnerLogConfig(
                Time.millis(5), 4, 100, remembered, 10_000, 50, Time.millis(200), Time.millis(500), 2);
        long deadNanos = luck.chance(SHORT_DEATH_PPM) ? Time.seconds(4) : Time.seconds(7);
        if (isForgetful) {
            config = config.with(new RetentionConfig(Time.seconds(1), Time.seconds(4), deadNanos, Time.seconds(5), 16));
        }
        return new GossipShape(config, rows.with(graceNanos, relayed));
    }
}
