package io.orrery.server.bench.gossip;

import java.util.ArrayList;
import java.util.List;

/** What was measured, by section; a section that did not run has no rows. */
public final class GossipReport {
    private final List<DetectionRow> detection = new ArrayList<>();
    private final List<DisseminationRow> dissemination = new ArrayList<>();
    private final List<LifeguardRow> lifeguard = new ArrayList<>();
    private final List<EverywhereRow> everywhere = new ArrayList<>();
    private final List<TrafficRow> traffic = new ArrayList<>();
    private final List<CrowdRow> join = new ArrayList<>();
    private final List<CrowdRow> restart = new ArrayList<>();
    private final List<FalseDeathsRow> falseDeaths = new ArrayList<>();
    private final List<CrowdRow> hour = new ArrayList<>();
    private final List<FalseSuspicionRow> falseSuspicion = new ArrayList<>();

    public List<DetectionRow> detection() {
        return detection;
    }

    public List<DisseminationRow> dissemination() {
        return dissemination;
    }

    public List<LifeguardRow> lifeguard() {
        return lifeguard;
    }

    public List<EverywhereRow> everywhere() {
        return everywhere;
    }

    public List<TrafficRow> traffic() {
        return traffic;
    }

    public List<CrowdRow> join() {
        return join;
    }

    public List<CrowdRow> restart() {
        return restart;
    }

    public List<FalseDeathsRow> falseDeaths() {
        return falseDeaths;
    }

    public List<CrowdRow> hour() {
        return hour;
    }

    public List<FalseSuspicionRow> falseSuspicion() {
        return falseSuspicion;
    }
}
