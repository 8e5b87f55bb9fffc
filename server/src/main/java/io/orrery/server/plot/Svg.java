package io.orrery.server.plot;

import java.util.Locale;

/** The few elements that charts are made of. */
final class Svg {
    private Svg() {}

    static void begin(StringBuilder out, int width, int height, String title) {
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ")
                .append(width)
                .append(' ')
                .append(height)
                .append("\" width=\"")
                .append(width)
                .append("\" height=\"")
                .append(height)
                .append("\" font-family=\"sans-serif\" font-size=\"12\">\n");
        out.append("<style>.grid{stroke:#ccc;stroke-width:1}text{fill:#333}</style>\n");
        out.append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        out.append("<text x=\"16\" y=\"20\" font-size=\"14\" font-weight=\"bold\">")
                .append(escaped(title))
                .append("</text>\n");
    }

    static void line(StringBuilder out, double x1, double y1, double x2, double y2, String style) {
        out.append("<line class=\"")
                .append(style)
                .append("\" x1=\"")
                .append(number(x1))
                .append("\" y1=\"");
        out.append(number(y1))
                .append("\" x2=\"")
                .append(number(x2))
                .append("\" y2=\"")
                .append(number(y2))
                .append("\"/>\n");
    }

    static void text(StringBuilder out, double x, double y, String anchor, String text) {
        out.append("<text x=\"")
                .append(number(x))
                .append("\" y=\"")
                .append(number(y))
                .append("\" text-anchor=\"");
        out.append(anchor).append("\">").append(escaped(text)).append("</text>\n");
    }

    static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
