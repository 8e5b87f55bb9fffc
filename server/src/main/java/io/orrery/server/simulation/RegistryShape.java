package io.orrery.server.simulation;

import io.orrery.gossip.GossipConfig;
import io.orrery.gossip.config.RetentionConfig;
import io.orrery.gossip.registry.RegistryConfig;
import io.orrery.kernel.Time;
import io.orrery.sim.choice.ChoiceStream;

/**
 * How membership and registry of a run are set up; its seed draws one. Half of them remember few changes, or forget members
 * soon, or have little room.
 */
record RegistryShape(GossipConfig membership, RegistryConfig registry) {
    private static final int FORGETFUL_PPM = 400_000;
    private static final int SHORT_RING_PPM = 500_000;
    private static final int SMALL_SLICE_PPM = 500_000;
    private static final int NARROW_CLOCK_PPM = 400_000;
    private static final long DEAD_NANOS = Time.seconds(12);

    static RegistryShape draw(ChoiceStream luck) {
        GossipConfig config = GossipConfig.fast("simulated");
        boolean forgets = luck.chance(FORGETFUL_PPM);
        if (forgets) {
            config =
                    config.with(new RetentionConfig(Time.seconds(1), Time.seconds(4), DEAD_NANOS, Time.seconds(5), 16));
        }
        RegistryConfig registry = new RegistryConfig(
                Time.millis(5),
                Time.millis(200),
                Time.millis(500),
                2,
                luck.chance(SMALL_SLICE_PPM) ? 400 : 64 * 1024,
                500,
                500,
                200,
                luck.chance(SHORT_RING_PPM) ? 32 : 2048,
                luck.chance(NARROW_CLOCK_PPM) ? 1_000 : 60_000,
                Time.millis(500 + luck.below(1_000)),
                Time.millis(300 + luck.below(3_000)),
                forgets ? DEAD_NANOS + Time.seconds(3) : Time.seconds(25 * 3600),
                50);
        return new RegistryShape(config, registry);
    }
}
