package io.orrery.sim.report;

import io.orrery.sim.report.Recording.MessageRow;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A recording as one HTML file that opens from disk.
 *
 * @param html the file's text
 * @param bodyLengthMax to how many characters the texts of messages had to be cut to keep the file small
 */
public record ReportPage(String html, int bodyLengthMax) {
    /** The file is kept below this, as long as cutting the texts of messages can do it. */
    public static final int BYTES_MAX = 2_000_000;

    private static final int[] BODY_LENGTHS = {Recorder.BODY_LENGTH_MAX, 300, 160, 80, 40};

    /**
     * @param parts gives the text of a resource beside this class, by its name, such as {@code report.html}
     */
    public static ReportPage of(Recording recording, UnaryOperator<String> parts) {
        ReportPage page = null;
        for (int length : BODY_LENGTHS) {
            page = new ReportPage(Page.REPORT.fill(parts, RecordingCodec.encode(shortened(recording, length))), length);
            // The data is ASCII; what else the page has is small change.
            if (page.html.length() < BYTES_MAX - BYTES_MAX / 50) {
                return page;
            }
        }
        return page;
    }

    /** What the page shows, read back from it. */
    public static Recording recording(String html) {
        return RecordingCodec.decode(Page.data(html));
    }

    /** Whether texts of messages are cut shorter than they were recorded. */
    public boolean isShortened() {
        return bodyLengthMax < Recorder.BODY_LENGTH_MAX;
    }

    private static Recording shortened(Recording recording, int lengthMax) {
        if (lengthMax >= Recorder.BODY_LENGTH_MAX) {
            return recording;
        }
        List<MessageRow> messages = recording.messages().stream()
                .map(row -> row.shortened(lengthMax))
                .toList();
        return recording.messages(messages);
    }
}
