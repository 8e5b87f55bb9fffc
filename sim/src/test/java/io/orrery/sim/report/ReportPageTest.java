package io.orrery.sim.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orrery.kernel.codec.DecodeException;
import io.orrery.sim.report.Recording.MessageRow;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReportPageTest {
    static String part(String name) {
        try (InputStream in = ReportPageTest.class.getResourceAsStream(name)) {
            assertTrue(in != null, "no resource " + name);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int count(String text, String what) {
        return text.split(Pattern.quote(what), -1).length - 1;
    }

    @Test
    void aPageHoldsTheVeryRecordingItWasMadeOf() {
        Recording recording = SmallRuns.chain(SmallRuns.NASTY);
        ReportPage page = ReportPage.of(recording, ReportPageTest::part);
        assertEquals(recording, ReportPage.recording(page.html()));
        assertFalse(page.isShortened());
    }

    @Test
    void noTextOfARunCanBreakOutOfItsPlace() {
        String plain =
                ReportPage.of(SmallRuns.chain("plain"), ReportPageTest::part).html();
        String nasty = ReportPage.of(SmallRuns.chain(SmallRuns.NASTY), ReportPageTest::part)
                .html();
        assertFalse(nasty.contains("alert("));
        for (String tag : List.of("<script", "</script", "<!--", "<style", "<body")) {
            assertEquals(count(plain, tag), count(nasty, tag), tag);
        }
    }

    @Test
    void aPageFetchesNothing() {
        String html = ReportPage.of(SmallRuns.chain(""), ReportPageTest::part).html();
        for (String fetch :
                List.of("http:", "https:", "src=", "@import", "url(", "fetch(", "XMLHttpRequest", "import(")) {
            assertFalse(html.contains(fetch), fetch);
        }
    }

    @Test
    void textsOfMessagesAreCutUntilThePageIsSmallEnough() {
        Recording recording = SmallRuns.chain("");
        List<MessageRow> many = new ArrayList<>();
        long noise = 1;
        for (int id = 1; id <= 30_000; id++) {
            StringBuilder body = new StringBuilder("Noise[");
            while (body.length() < 200) {
                noise = noise * 6364136223846793005L + 1442695040888963407L;
                body.append(Long.toHexString(noise));
            }
            many.add(SmallRuns.message(id, 11, 10, 0, 1, body.toString()));
        }
        ReportPage page = ReportPage.of(recording.messages(many), ReportPageTest::part);
        assertTrue(page.isShortened());
        assertTrue(page.html().length() < ReportPage.BYTES_MAX, page.html().length() + " bytes");
        assertEquals(
                "Noise", ReportPage.recording(page.html()).messages().get(7).kind());
    }

    @Test
    void damagedDataIsRefused() {
        byte[] bytes = RecordingCodec.encode(SmallRuns.chain("x"));
        for (int length = 0; length < bytes.length; length++) {
            byte[] part = Arrays.copyOf(bytes, length);
            assertThrows(DecodeException.class, () -> RecordingCodec.decode(part), "of " + part.length + " bytes");
        }
    }
}
