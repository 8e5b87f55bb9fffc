package io.orrery.server.bench.gossip;

import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Runs the sections, one after another on the caller's thread.
 *
 * <p>Quick and full differ in how often each thing is measured, and so in how sharp the comparison is; not in what is
 * measured.
 */
public final class GossipBench {
    private static final int[] SIZES = {10, 100, 1_000, 10_000};
    private static final int[] CRASHES = {1_000, 1_000, 1_000, 1_000};
    private static final int[] CRASHES_QUICK = {500, 300, 200, 100};
    /** Crashes in one world: at most one node in a hundred. */
    private static final int[] CRASHES_AT_ONCE = {1, 1, 10, 100};

    private static final int[] LOSSES_PPM = {10_000, 50_000, 100_000, 250_000, 500_000};
    private static final int[] RELAYS = {0, 1, 3};
    private static final long PROBES = 400_000;
    private static final long PROBES_QUICK = 20_000;

    private final long seed;
    private final boolean isQuick;
    private final Consumer<String> progress;

    /**
     * @param progress hears a line of words for each measurement
     */
    public GossipBench(long seed, boolean isQuick, Consumer<String> progress) {
        this.seed = seed;
        this.isQuick = isQuick;
        this.progress = progress;
    }

    public GossipReport run(Set<Section> sections) {
        GossipReport report = new GossipReport();
        if (sections.contains(Section.DETECTION)) {
            detection(report);
        }
        if (sections.contains(Section.FALSE_SUSPICION)) {
            falseSuspicion(report);
        }
        return report;
    }

    private void detection(GossipReport report) {
        Detection detection = new Detection(seed);
        for (int i = 0; i < SIZES.length; i++) {
            int crashes = isQuick ? CRASHES_QUICK[i] : CRASHES[i];
            DetectionRow row = detection.run(SIZES[i], crashes, CRASHES_AT_ONCE[i]);
            report.detection().add(row);
            say("detection, N = %d: mean %.3f periods, theory %.3f", row.n(), row.meanPeriods(), row.oracleMean());
        }
    }

    private void falseSuspicion(GossipReport report) {
        FalseSuspicion suspicion = new FalseSuspicion(seed);
        for (int loss : LOSSES_PPM) {
            for (int relays : RELAYS) {
                FalseSuspicionRow row = suspicion.run(loss, relays, isQuick ? PROBES_QUICK : PROBES);
                report.falseSuspicion().add(row);
                say("false suspicion, loss %d ppm, k = %d: %.2e of %.2e", loss, relays, row.rate(), row.theory());
            }
        }
    }

    private void say(String form, Object... values) {
        progress.accept(String.format(Locale.ROOT, form, values));
    }
}
