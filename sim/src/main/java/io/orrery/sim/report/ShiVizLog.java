package io.orrery.sim.report;

import io.orrery.sim.report.Recording.EventRow;
import io.orrery.sim.report.Recording.MessageRow;
import java.util.Map;
import java.util.TreeMap;

/**
 * A recording as a log for ShiViz: two lines an event, the node with its vector clock and then what happened. ShiViz asks
 * for the expression that reads the log: {@link #EXPRESSION}.
 */
public final class ShiVizLog {
    /** To be typed into ShiViz's field "log parsing regular expression". */
    public static final String EXPRESSION = "(?<host>\\S*) (?<clock>{.*})\\n(?<event>.*)";

    private ShiVizLog() {}

    public static String of(Recording recording) {
        EventText texts = new EventText(recording);
        int nodes = recording.nodes().size();
        long[][] clocks = new long[nodes][nodes];
        Map<Long, long[]> sends = new TreeMap<>();
        for (MessageRow message : recording.messages()) {
            sends.put(message.event(), new long[0]);
        }
        StringBuilder log = new StringBuilder();
        for (EventRow event : recording.events()) {
            long[] clock = clocks[event.node()];
            MessageRow message = texts.delivered(event);
            if (message != null) {
                merge(clock, sends.get(message.event()));
            }
            clock[event.node()]++;
            if (sends.containsKey(event.number())) {
                sends.put(event.number(), clock.clone());
            }
            log.append(recording.nodes().get(event.node())).append(' ');
            write(log, recording, clock);
            log.append('\n').append(oneLine(texts.whole(event))).append('\n');
        }
        return log.toString();
    }

    private static void merge(long[] clock, long[] other) {
        for (int i = 0; i < other.length; i++) {
            clock[i] = Math.max(clock[i], other[i]);
        }
    }

    private static void write(StringBuilder log, Recording recording, long[] clock) {
        log.append('{');
        String comma = "";
        for (int i = 0; i < clock.length; i++) {
            if (clock[i] > 0) {
                log.append(comma)
                        .append(JsonText.quote(recording.nodes().get(i)))
                        .append(':');
                log.append(clock[i]);
                comma = ", ";
            }
        }
        log.append('}');
    }

    private static String oneLine(String text) {
        return text.replace('\n', ' ').replace('\r', ' ');
    }
}
