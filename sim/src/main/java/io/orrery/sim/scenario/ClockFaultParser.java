package io.orrery.sim.scenario;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.sim.event.NodeClock;
import java.util.List;

/** Reads the lines of {@link ClockFault}. */
final class ClockFaultParser implements FamilyParser {
    private static final List<String> CLOCK = List.of("drift", "skew", "step");
    private static final long STEP_NANOS_MAX = Time.seconds(365L * 24 * 3600);

    private final List<NodeId> nodes;

    ClockFaultParser(List<NodeId> nodes) {
        this.nodes = nodes;
    }

    @Override
    public List<String> firstWords() {
        return List.of("clock");
    }

    @Override
    public Fault parse(String first, Words words) {
        NodeId node = words.node(nodes);
        int drift = NodeClock.DRIFT_PPM_MAX;
        return switch (words.oneOf(CLOCK)) {
            case "drift" -> new ClockFault.Drift(node, words.ppm("a drift", -drift, drift));
            case "skew" -> new ClockFault.Skew(node, words.signedDuration("a skew", STEP_NANOS_MAX));
            default -> new ClockFault.Step(node, words.signedDuration("a step", STEP_NANOS_MAX));
        };
    }
}
