package io.orrery.server.simulation;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.sim.Simulation;
import io.orrery.sim.choice.ChoiceStream;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * In some runs all nodes boot before their network is there, and each is alone for a while: what a protocol does once, at
 * its start, it then does without peers.
 */
final class LateNetwork {
    private static final int LATE_PPM = 120_000;
    private static final int MILLIS_MIN = 200;
    private static final int MILLIS_MAX = 3_000;

    private LateNetwork() {}

    static void maybe(Simulation sim, List<NodeId> nodes) {
        ChoiceStream luck = sim.choices("late network");
        if (luck.chance(LATE_PPM)) {
            long waitNanos = Time.millis(luck.between(MILLIS_MIN, MILLIS_MAX));
            forLinks(nodes, (from, to) -> sim.network().cut(from, to));
            sim.after(
                    waitNanos, () -> forLinks(nodes, (from, to) -> sim.network().mend(from, to)));
        }
    }

    private static void forLinks(List<NodeId> nodes, BiConsumer<NodeId, NodeId> link) {
        for (NodeId from : nodes) {
            for (NodeId to : nodes) {
                if (!from.equals(to)) {
                    link.accept(from, to);
                }
            }
        }
    }
}
