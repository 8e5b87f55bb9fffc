package io.orrery.server.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A chart of lines and points. Built once, then asked for its {@link #svg}. */
public final class Chart {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 376;
    private static final int LEFT = 70;
    private static final int RIGHT = 150;
    private static final int TOP = 56;
    private static final int BOTTOM = 50;
    private static final String[] COLOURS = {"#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#ff7f0e", "#8c564b"};

    private record Series(String name, double[] xs, double[] ys, boolean isLine) {}

    private final String title;
    private final Axis x;
    private final Axis y;
    private final List<Series> series = new ArrayList<>();

    public Chart(String title, Axis x, Axis y) {
        this.title = title;
        this.x = x;
        this.y = y;
    }

    /** A line and its name in the legend; the points of the same number, if any, are added next and share its colour. */
    public Chart line(String name, double[] xs, double[] ys) {
        series.add(new Series(name, xs, ys, true));
        return this;
    }

    /** Points on the line that was added last. */
    public Chart points(double[] xs, double[] ys) {
        series.add(new Series("", xs, ys, false));
        return this;
    }

    public String svg() {
        StringBuilder out = new StringBuilder();
        Svg.begin(out, WIDTH, HEIGHT, title);
        for (double tick : x.ticks()) {
            Svg.line(out, px(tick), TOP, px(tick), HEIGHT - BOTTOM, "grid");
            Svg.text(out, px(tick), HEIGHT - BOTTOM + 18, "middle", x.label(tick));
        }
        for (double tick : y.ticks()) {
            Svg.line(out, LEFT, py(tick), WIDTH - RIGHT, py(tick), "grid");
            Svg.text(out, LEFT - 8, py(tick) + 4, "end", y.label(tick));
        }
        Svg.text(out, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 10, "middle", x.title());
        Svg.text(out, LEFT - 50, TOP - 14, "start", y.title());
        int lines = 0;
        for (Series each : series) {
            lines += each.isLine ? 1 : 0;
            draw(out, each, Math.max(1, lines));
        }
        return out.append("</svg>\n").toString();
    }

    private void draw(StringBuilder out, Series each, int number) {
        String colour = COLOURS[(number - 1) % COLOURS.length];
        if (each.isLine) {
            out.append("<polyline fill=\"none\" stroke-width=\"1.6\" stroke=\"")
                    .append(colour)
                    .append("\" points=\"");
            for (int i = 0; i < each.xs.length; i++) {
                out.append(Svg.number(px(each.xs[i])))
                        .append(',')
                        .append(Svg.number(py(each.ys[i])))
                        .append(' ');
            }
            out.append("\"/>\n");
            double at = TOP + 18.0 * number;
            out.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%d\" y1=\"%.0f\" x2=\"%d\" y2=\"%.0f\" stroke=\"%s\" stroke-width=\"3\"/>\n",
                    WIDTH - RIGHT + 12,
                    at - 4,
                    WIDTH - RIGHT + 30,
                    at - 4,
                    colour));
            Svg.text(out, WIDTH - RIGHT + 36, at, "start", each.name);
            return;
        }
        for (int i = 0; i < each.xs.length; i++) {
            out.append("<circle r=\"3.5\" fill=\"").append(colour).append("\" cx=\"");
            out.append(Svg.number(px(each.xs[i]))).append("\" cy=\"").append(Svg.number(py(each.ys[i])));
            out.append("\"/>\n");
        }
    }

    private double px(double value) {
        return LEFT + x.share(value) * (WIDTH - LEFT - RIGHT);
    }

    private double py(double value) {
        return HEIGHT - BOTTOM - y.share(value) * (HEIGHT - TOP - BOTTOM);
    }
}
