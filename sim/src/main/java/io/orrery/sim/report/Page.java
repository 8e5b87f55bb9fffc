package io.orrery.sim.report;

import io.orrery.kernel.Check;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * One offline page: a frame with its styles, scripts and data put in. It fetches nothing.
 *
 * <p>All that stems from a run is inside the data, which is compressed and in base 64: no text of a scenario or a message
 * can end a script or start an element.
 *
 * @param title of the page
 * @param frame resource with the page's elements, and the places for the mark, the scripts and the data
 * @param styles resources, in order
 * @param scripts resources, in order
 */
record Page(String title, String frame, List<String> styles, List<String> scripts) {
    static final Page REPORT = new Page(
            "Orrery report",
            "report.html",
            List.of("theme.css", "report.css"),
            List.of(
                    "decode.js",
                    "words.js",
                    "model.js",
                    "causes.js",
                    "palette.js",
                    "world.js",
                    "elements.js",
                    "layer.js",
                    "lanes.js",
                    "arrows.js",
                    "troubles.js",
                    "axis.js",
                    "scene.js",
                    "overview.js",
                    "legend.js",
                    "inspector.js",
                    "log.js",
                    "gutter.js",
                    "search.js",
                    "player.js",
                    "address.js",
                    "input.js",
                    "view.js",
                    "report.js"));
    static final Page WALL = new Page(
            "Orrery seeds",
            "wall.html",
            List.of("theme.css", "wall.css"),
            List.of(
                    "decode.js",
                    "words.js",
                    "palette.js",
                    "elements.js",
                    "burn.js",
                    "seedgrid.js",
                    "heatmap.js",
                    "seedpanel.js",
                    "wall.js"));

    private static final String HEAD = "head.html";
    private static final String MARK = "brand.svg";
    private static final String TITLE_PLACE = "{title}";
    private static final String MARK_PLACE = "{brand}";
    private static final String STYLE = "/*{styles}*/";
    private static final String SCRIPT = "/*{scripts}*/";
    private static final String DATA = "{data}";
    private static final int LEVEL = 9;
    private static final int INFLATED_BYTES_MAX = 512 * 1024 * 1024;

    /**
     * @param parts gives the text of a resource beside this class, by its name
     */
    String fill(UnaryOperator<String> parts, byte[] data) {
        StringBuilder style = new StringBuilder();
        styles.forEach(name -> style.append(parts.apply(name)));
        StringBuilder script = new StringBuilder();
        scripts.forEach(name -> script.append(parts.apply(name)));
        String page = put(parts.apply(HEAD), TITLE_PLACE, title) + parts.apply(frame);
        page = put(page, MARK_PLACE, parts.apply(MARK).strip());
        page = put(page, STYLE, style.toString());
        page = put(page, SCRIPT, script.toString());
        return put(page, DATA, Base64.getEncoder().encodeToString(deflate(data)));
    }

    private static String put(String page, String place, String text) {
        int at = page.indexOf(place);
        Check.argument(at >= 0, "the page has no place for " + place);
        return page.substring(0, at) + text + page.substring(at + place.length());
    }

    private static byte[] deflate(byte[] data) {
        Deflater deflater = new Deflater(LEVEL, true);
        try {
            deflater.setInput(data);
            deflater.finish();
            byte[] out = new byte[Math.max(64, data.length / 4)];
            int length = 0;
            while (!deflater.finished()) {
                if (length == out.length) {
                    out = Arrays.copyOf(out, out.length * 2);
                }
                length += deflater.deflate(out, length, out.length - length);
            }
            return Arrays.copyOf(out, length);
        } finally {
            deflater.end();
        }
    }

    /** The data in a page that {@link #fill} made. */
    static byte[] data(String page) {
        String start = "<script type=\"text/plain\" id=\"data\">";
        int from = page.indexOf(start);
        Check.argument(from >= 0, "the page has no data");
        int begin = from + start.length();
        String text = page.substring(begin, page.indexOf("</script>", begin)).strip();
        return inflate(Base64.getDecoder().decode(text));
    }

    private static byte[] inflate(byte[] data) {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(data);
            byte[] out = new byte[Math.max(64, data.length * 4)];
            int length = 0;
            while (!inflater.finished()) {
                if (length == out.length) {
                    Check.argument(length < INFLATED_BYTES_MAX, "the page's data is too long");
                    out = Arrays.copyOf(out, out.length * 2);
                }
                int count = inflater.inflate(out, length, out.length - length);
                Check.argument(count > 0 || inflater.finished(), "the page's data ends early");
                length += count;
            }
            return Arrays.copyOf(out, length);
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("the page's data is damaged: " + e.getMessage());
        } finally {
            inflater.end();
        }
    }
}
