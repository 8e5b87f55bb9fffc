package io.orrery.server.plot;

import java.util.ArrayList;
import java.util.List;

/** Named bars, lying, with their values in words at their ends. */
public final class Bars {
    private static final int WIDTH = 640;
    private static final int LEFT = 150;
    private static final int RIGHT = 110;
    private static final int TOP = 44;
    private static final int STEP = 26;
    private static final int BOTTOM = 44;

    private record Bar(String name, double value, String words) {}

    private final String title;
    private final Axis axis;
    private final List<Bar> bars = new ArrayList<>();

    public Bars(String title, Axis axis) {
        this.title = title;
        this.axis = axis;
    }

    /** A value below the axis is drawn as nothing. */
    public Bars bar(String name, double value, String words) {
        bars.add(new Bar(name, value, words));
        return this;
    }

    public String svg() {
        int bottom = TOP + STEP * bars.size();
        StringBuilder out = new StringBuilder();
        Svg.begin(out, WIDTH, bottom + BOTTOM, title);
        for (double tick : axis.ticks()) {
            Svg.line(out, px(tick), TOP, px(tick), bottom, "grid");
            Svg.text(out, px(tick), bottom + 16, "middle", axis.label(tick));
        }
        Svg.text(out, (LEFT + WIDTH - RIGHT) / 2.0, bottom + 36, "middle", axis.title());
        int y = TOP;
        for (Bar bar : bars) {
            double width = px(bar.value) - LEFT;
            out.append("<rect fill=\"#1f77b4\" x=\"")
                    .append(LEFT)
                    .append("\" y=\"")
                    .append(y + 5);
            out.append("\" width=\"")
                    .append(Svg.number(width))
                    .append("\" height=\"")
                    .append(STEP - 10)
                    .append("\"/>\n");
            Svg.text(out, LEFT - 8, y + 18, "end", bar.name);
            Svg.text(out, LEFT + width + 6, y + 18, "start", bar.words);
            y += STEP;
        }
        return out.append("</svg>\n").toString();
    }

    private double px(double value) {
        return LEFT + axis.share(value) * (WIDTH - LEFT - RIGHT);
    }
}
