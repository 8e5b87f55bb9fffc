package io.orrery.sim.network;

import io.orrery.kernel.NodeId;
import io.orrery.sim.choice.ChoiceStream;
import io.orrery.sim.event.Agenda;
import io.orrery.sim.event.WorldAction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Stops all links of some nodes, one node after another, and releases them one after another in an order of its own: the
 * fault that FoundationDB's authors call their most productive (swizzle-clogging).
 *
 * <p>In the first half of its time it stops, in the order given, at even distances; in the second half it releases.
 */
final class Swizzle {
    private final List<NodeId> stops;
    private final List<NodeId> releases;
    private final long stepNanos;

    /**
     * @param luck draws the order of release
     */
    Swizzle(List<NodeId> nodes, long nanos, ChoiceStream luck) {
        stops = nodes;
        releases = new ArrayList<>(nodes);
        luck.shuffle(releases);
        stepNanos = nanos / (2L * nodes.size());
    }

    /** Puts it on the agenda, from now on. */
    void begin(Agenda agenda, Consumer<NodeId> stop, Consumer<NodeId> release) {
        long nowNanos = agenda.nowNanos();
        for (int i = 0; i < stops.size(); i++) {
            NodeId stopped = stops.get(i);
            NodeId released = releases.get(i);
            agenda.push(nowNanos + i * stepNanos, new WorldAction(() -> stop.accept(stopped)));
            agenda.push(nowNanos + (stops.size() + i + 1) * stepNanos, new WorldAction(() -> release.accept(released)));
        }
    }
}
