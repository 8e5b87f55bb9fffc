package io.orrery.server.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One axis of a chart: from values to shares of its length, and where its ticks are.
 *
 * @param isLog whether equal factors take equal lengths; then {@code low} is above 0
 */
public record Axis(String title, double low, double high, boolean isLog) {
    private static final int TICKS = 5;

    public Axis {
        if (!(low < high) || isLog && low <= 0) {
            throw new IllegalArgumentException("an axis goes up, and a logarithmic one begins above 0");
        }
    }

    public static Axis linear(String title, double low, double high) {
        return new Axis(title, low, high, false);
    }

    public static Axis log(String title, double low, double high) {
        return new Axis(title, low, high, true);
    }

    /** 0 at the low end, 1 at the high one; values beyond an end are drawn at it. */
    double share(double value) {
        double bounded = Math.max(low, Math.min(high, value));
        return isLog ? Math.log(bounded / low) / Math.log(high / low) : (bounded - low) / (high - low);
    }

    /** Powers of ten, or round steps. */
    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        if (isLog) {
            for (double power = Math.pow(10, Math.ceil(Math.log10(low) - 1e-9)); power <= high * 1.0001; power *= 10) {
                ticks.add(power);
            }
            return ticks;
        }
        double step = roundUp((high - low) / TICKS);
        for (double tick = Math.ceil(low / step) * step; tick <= high + step / 1000; tick += step) {
            ticks.add(tick);
        }
        return ticks;
    }

    /** The next of 1, 2, 5, 10, ... */
    private static double roundUp(double step) {
        double power = Math.pow(10, Math.floor(Math.log10(step)));
        double digit = step / power;
        return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
    }

    String label(double tick) {
        if (tick != 0 && (Math.abs(tick) < 0.001 || Math.abs(tick) >= 1e6)) {
            return String.format(Locale.ROOT, "%.0e", tick).replace("e+0", "e").replace("e-0", "e-");
        }
        String text = String.format(Locale.ROOT, "%,.3f", tick);
        return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }
}
