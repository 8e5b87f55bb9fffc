package io.orrery.server.bench.gossip;

import java.util.ArrayList;
import java.util.List;

/** What was measured, by section; a section that did not run has no rows. */
public final class GossipReport {
    private final List<DetectionRow> detection = new ArrayList<>();
    private final List<FalseSuspicionRow> falseSuspicion = new ArrayList<>();

    public List<DetectionRow> detection() {
        return detection;
    }

    public List<FalseSuspicionRow> falseSuspicion() {
        return falseSuspicion;
    }
}
