package io.orrery.transport.tcp;

import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A log that says each thing about each party once in a while: a peer that fails again and again must not fill a disk. Nor must a
 * stranger under a thousand addresses: of all parties together there are so many lines in a while, and then no more. How often it
 * kept silent is said the next time. For the node's thread.
 */
final class LimitedLog {
    private static final long PERIOD_NANOS = 10_000_000_000L;
    private static final int PARTIES_MAX = 1024;
    static final int LINES_MAX = 100;

    private static final class Silence {
        private long untilNanos;
        private long suppressed;
    }

    private final TcpLog log;
    private final String self;
    private final Map<String, Silence> silences = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Silence> eldest) {
            return size() > PARTIES_MAX;
        }
    };

    private long lines;
    private long linesUntilNanos = System.nanoTime();
    private long leftOut;

    LimitedLog(TcpLog log, String self) {
        this.log = log;
        this.self = self;
    }

    void info(String text) {
        log.note(Level.INFO, "node " + self + ": " + text);
    }

    /** Warns, at most once in ten seconds for one party, and at most {@link #LINES_MAX} times for all of them. */
    void warn(String party, String text) {
        long nowNanos = System.nanoTime();
        Silence silence = silences.get(party);
        if (silence == null) {
            silence = new Silence();
            silences.put(party, silence);
        } else if (nowNanos - silence.untilNanos < 0) {
            silence.suppressed++;
            return;
        }
        if (nowNanos - linesUntilNanos >= 0) {
            linesUntilNanos = nowNanos + PERIOD_NANOS;
            lines = 0;
        }
        if (++lines > LINES_MAX) {
            leftOut++;
            return;
        }
        String more = silence.suppressed == 0 ? "" : " (and " + silence.suppressed + " more like it)";
        silence.untilNanos = nowNanos + PERIOD_NANOS;
        silence.suppressed = 0;
        String others = leftOut == 0 ? "" : " (" + leftOut + " lines about others were left out before)";
        leftOut = 0;
        log.note(Level.WARNING, "node " + self + ": " + text + more + others);
    }
}
