package io.orrery.server.bench.gossip;

import io.orrery.server.bench.gossip.LifeguardRow.Freeze;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Runs the sections: those that compare with theory on a few threads at once, then those that say what a crowd costs, one after
 * another on the caller's thread.
 *
 * <p>Quick and full differ in how often each thing is measured, and so in how sharp the comparison is; not in what is
 * measured.
 */
public final class GossipBench {
    private static final int[] SIZES = {10, 100, 1_000, 10_000};
    private static final int[] CRASHES = {1_000, 500, 500, 300};
    private static final int[] CRASHES_QUICK = {500, 300, 200, 100};
    /** Crashes in one world: at most one node in a hundred. */
    private static final int[] CRASHES_AT_ONCE = {1, 1, 10, 100};

    private static final int[] LOSSES_PPM = {10_000, 50_000, 100_000, 250_000, 500_000};
    private static final int[] RELAYS = {0, 1, 3};
    private static final long PROBES = 100_000;
    private static final long PROBES_QUICK = 12_000;

    private static final int[] SPREAD_SIZES = {10, 100, 1_000, 10_000};
    private static final int[] SPREADS = {1_000, 300, 40, 5};
    private static final int[] SPREADS_QUICK = {300, 100, 10, 0};
    private static final int[] SPREAD_LOSSES_PPM = {0, 100_000, 250_000, 500_000};

    private static final int[] FROZEN = {1, 8, 32};
    private static final int[] FROZEN_QUICK = {4, 16};
    private static final int[] FREEZE_MILLIS = {128, 1_024, 8_192, 32_768};
    private static final int[] FREEZE_MILLIS_QUICK = {16_384};

    private static final int GRID_SECONDS = 60;
    private static final int GRID_SECONDS_QUICK = 50;

    private static final int EVERYWHERE_NODES = 1_000;
    private static final int EVERYWHERE_CRASHES = 200;
    private static final int EVERYWHERE_CRASHES_OF_SWIM = 40;
    private static final int EVERYWHERE_CRASHES_QUICK = 20;

    private static final int[] TRAFFIC_NODES = {100, 1_000};
    private static final int[] TRAFFIC_NODES_QUICK = {100};
    private static final int JOIN_NODES = 1_000;
    private static final int JOIN_NODES_QUICK = 200;
    private static final int[] RESTART_NODES = {100, 1_000};
    private static final int[] RESTART_NODES_QUICK = {100};
    private static final int FALSE_DEATHS_NODES = 100;
    private static final int FALSE_DEATHS_SECONDS = 3_600;
    private static final int FALSE_DEATHS_SECONDS_QUICK = 300;
    private static final int HOUR_NODES = 10_000;
    private static final int HOUR_NODES_QUICK = 1_000;

    private final long seed;
    private final boolean isQuick;
    private final int threads;
    private final Consumer<String> progress;

    /**
     * @param threads for what can be measured side by side; the figures do not depend on them
     * @param progress hears a line of words for each measurement
     */
    public GossipBench(long seed, boolean isQuick, int threads, Consumer<String> progress) {
        this.seed = seed;
        this.isQuick = isQuick;
        this.threads = threads;
        this.progress = progress;
    }

    public GossipReport run(Set<Section> sections) {
        GossipReport report = new GossipReport();
        try (Crew crew = new Crew(threads)) {
            besideTheory(sections, report, crew);
            crew.await();
        }
        costs(sections, report);
        return report;
    }

    private void besideTheory(Set<Section> sections, GossipReport report, Crew crew) {
        if (sections.contains(Section.DETECTION)) {
            detection(report, crew);
        }
        if (sections.contains(Section.DISSEMINATION)) {
            dissemination(report, crew);
        }
        if (sections.contains(Section.FALSE_SUSPICION)) {
            falseSuspicion(report, crew);
        }
        if (sections.contains(Section.LIFEGUARD)) {
            lifeguard(report, crew);
        }
        if (sections.contains(Section.EVERYWHERE)) {
            everywhere(report, crew);
        }
        if (sections.contains(Section.FALSE_DEATHS)) {
            falseDeaths(report, crew);
        }
    }

    private void costs(Set<Section> sections, GossipReport report) {
        if (sections.contains(Section.TRAFFIC)) {
            traffic(report);
        }
        if (sections.contains(Section.JOIN)) {
            crowd(report.join(), "join", new MassJoin(seed).run(isQuick ? JOIN_NODES_QUICK : JOIN_NODES));
        }
        if (sections.contains(Section.RESTART)) {
            for (int n : isQuick ? RESTART_NODES_QUICK : RESTART_NODES) {
                crowd(report.restart(), "restart", new MassRestart(seed).run(n));
            }
        }
        if (sections.contains(Section.HOUR)) {
            Hour hour = new Hour(seed, progress);
            crowd(report.hour(), "hour", isQuick ? hour.run(HOUR_NODES_QUICK, 600) : hour.run(HOUR_NODES, 3600));
        }
    }

    private void detection(GossipReport report, Crew crew) {
        Detection detection = new Detection(seed);
        for (int i = 0; i < SIZES.length; i++) {
            int n = SIZES[i];
            int crashes = isQuick ? CRASHES_QUICK[i] : CRASHES[i];
            int atOnce = CRASHES_AT_ONCE[i];
            crew.ask(() -> detection.run(n, crashes, atOnce), report.detection(), row -> {
                say("detection, N = %d: mean %.3f periods, theory %.3f", row.n(), row.meanPeriods(), row.oracleMean());
            });
        }
    }

    private void falseSuspicion(GossipReport report, Crew crew) {
        FalseSuspicion suspicion = new FalseSuspicion(seed);
        for (int loss : LOSSES_PPM) {
            for (int relays : RELAYS) {
                long probes = isQuick ? PROBES_QUICK : PROBES;
                crew.ask(() -> suspicion.run(loss, relays, probes), report.falseSuspicion(), row -> {
                    say("false suspicion, loss %d ppm, k = %d: %.2e of %.2e", loss, relays, row.rate(), row.theory());
                });
            }
        }
    }

    private void dissemination(GossipReport report, Crew crew) {
        Dissemination dissemination = new Dissemination(seed);
        for (int i = 0; i < SPREAD_SIZES.length; i++) {
            int n = SPREAD_SIZES[i];
            int runs = isQuick ? SPREADS_QUICK[i] : SPREADS[i];
            for (int loss : SPREAD_LOSSES_PPM) {
                if (runs > 0) {
                    crew.ask(() -> dissemination.run(n, loss, runs), report.dissemination(), row -> {
                        String form = "dissemination, N = %d, loss %d ppm: mean %.2f rounds, oracle %.2f";
                        say(form, row.n(), loss, row.meanRounds(), row.oracleMean());
                    });
                }
            }
        }
    }

    private void lifeguard(GossipReport report, Crew crew) {
        LifeguardGrid grid = new LifeguardGrid(seed);
        int seconds = isQuick ? GRID_SECONDS_QUICK : GRID_SECONDS;
        for (Variant variant : Variant.values()) {
            for (Freeze freeze : isQuick ? List.of(Freeze.BLOCKED) : List.of(Freeze.values())) {
                for (int frozen : isQuick ? FROZEN_QUICK : FROZEN) {
                    for (int millis : isQuick ? FREEZE_MILLIS_QUICK : FREEZE_MILLIS) {
                        crew.ask(
                                () -> grid.run(variant, freeze, frozen, millis, seconds),
                                report.lifeguard(),
                                this::say);
                    }
                }
            }
        }
    }

    private void say(LifeguardRow row) {
        say(
                "lifeguard, %s, %s, %d frozen for %d ms: %d false deaths",
                row.variant().word(), row.freeze().word(), row.frozen(), row.millis(), row.falseDeaths());
    }

    private void everywhere(GossipReport report, Crew crew) {
        Everywhere everywhere = new Everywhere(seed);
        for (Variant variant : List.of(Variant.ALL, Variant.SWIM)) {
            int all = variant == Variant.ALL ? EVERYWHERE_CRASHES : EVERYWHERE_CRASHES_OF_SWIM;
            int runs = isQuick ? EVERYWHERE_CRASHES_QUICK : all;
            crew.ask(() -> everywhere.run(EVERYWHERE_NODES, runs, variant), report.everywhere(), row -> {
                say("dead everywhere, N = %d, %s: p99 %.0f ms", row.n(), variant.word(), row.allP99());
            });
        }
    }

    private void falseDeaths(GossipReport report, Crew crew) {
        int seconds = isQuick ? FALSE_DEATHS_SECONDS_QUICK : FALSE_DEATHS_SECONDS;
        for (FalseDeaths.Trouble trouble : FalseDeaths.Trouble.values()) {
            for (Variant variant : List.of(Variant.ALL, Variant.NO_STREAM, Variant.SWIM)) {
                FalseDeaths deaths = new FalseDeaths(seed);
                crew.ask(() -> deaths.run(trouble, variant, FALSE_DEATHS_NODES, seconds), report.falseDeaths(), row -> {
                    say("false deaths, %s, %s: %d", trouble.words(), variant.word(), row.declared());
                });
            }
        }
    }

    private void traffic(GossipReport report) {
        for (int n : isQuick ? TRAFFIC_NODES_QUICK : TRAFFIC_NODES) {
            for (boolean hasRows : new boolean[] {false, true}) {
                TrafficRow row = new SteadyTraffic(seed).run(n, hasRows);
                report.traffic().add(row);
                say("traffic, N = %d: %.0f bytes a node a second", n, row.gossipBytes() + row.rowBytes());
            }
        }
    }

    private void crowd(List<CrowdRow> rows, String what, CrowdRow row) {
        rows.add(row);
        say("%s, N = %d: %d events in %.1f s", what, row.n(), row.events(), row.wallMillis() / 1e3);
    }

    private void say(String form, Object... values) {
        progress.accept(String.format(Locale.ROOT, form, values));
    }
}
