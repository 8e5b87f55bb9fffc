package io.orrery.sim.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ShiVizLogTest {
    /** The documented expression; a script's engine takes a bare brace as itself, this one wants it escaped. */
    private static final Pattern EXPRESSION = Pattern.compile(ShiVizLog.EXPRESSION.replace("{.*}", "\\{.*\\}"));

    private static List<String> matches(String log) {
        List<String> found = new ArrayList<>();
        Matcher matcher = EXPRESSION.matcher(log);
        int end = 0;
        while (matcher.find()) {
            assertEquals("", log.substring(end, matcher.start()).strip(), "nothing is left over");
            found.add(matcher.group("host") + " " + matcher.group("clock") + " " + matcher.group("event"));
            end = matcher.end();
        }
        assertEquals("", log.substring(end).strip());
        return found;
    }

    @Test
    void clocksGrowWithEachEventAndTakeInThoseOfMessages() {
        assertEquals(
                List.of(
                        "a {\"a\":1} expire tick",
                        "c {\"c\":1} expire tick",
                        "b {\"b\":1} expire tick",
                        "b {\"a\":1, \"b\":2} Ask from a; raft-0 become-leader term=2; yield to=c at once",
                        "a {\"a\":2} expire tick",
                        "c {\"a\":1, \"b\":2, \"c\":2} Answer from b",
                        "a {\"a\":3} expire tick"),
                matches(ShiVizLog.of(SmallRuns.chain(""))));
    }

    @Test
    void textsOfARunDoNotBreakTheLog() {
        List<String> events = matches(ShiVizLog.of(SmallRuns.chain(SmallRuns.NASTY)));
        assertEquals(7, events.size());
        assertTrue(events.stream().allMatch(event -> event.matches("[abc] \\{\"a\":.*|[abc] \\{\"[bc]\":.*")));
    }
}
