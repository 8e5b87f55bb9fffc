package io.orrery.raft.log;

import io.orrery.kernel.trace.Trace;
import java.util.List;
import java.util.TreeMap;

/** What recovery found damaged or missing, and what follows from it for the groups. */
final class Findings {
    private final TreeMap<Long, RaftLog> logs;
    private final Segments segments;
    private final Trace trace;
    private List<WalDamage> damages = List.of();
    private int gaps;

    Findings(TreeMap<Long, RaftLog> logs, Segments segments, Trace trace) {
        this.logs = logs;
        this.segments = segments;
        this.trace = trace;
    }

    /** What is damaged; empty for a sound disk, and before recovery. */
    List<WalDamage> damages() {
        return damages;
    }

    /**
     * The log was read back, and there is one.
     *
     * @param gapsFound how many parts of the log are lost
     * @param firstNeeded the first segment that is needed
     * @throws CorruptWalException if what is missing cannot be made good
     */
    void onRecovered(List<WalDamage> found, int gapsFound, long firstNeeded) {
        damages = found;
        gaps = gapsFound;
        if (damages.isEmpty() && segments.oldest() > firstNeeded) {
            throw new CorruptWalException(WalFormat.fileName(segments.oldest() - 1), 0, "the segment is missing");
        }
        for (RaftLog log : logs.values()) {
            String fault = log.onRecovered(gaps);
            if (fault != null) {
                throw new CorruptWalException(WalFormat.fileName(segments.oldest()), 0, fault);
            }
        }
    }

    /** Each group writes down at once what it may have lost, and damaged segments are on their way out. */
    void noteLosses(Collector collector) {
        for (WalDamage damage : damages) {
            if (segments.has(WalFormat.segmentOf(damage.file()))) {
                collector.onDamaged(WalFormat.segmentOf(damage.file()));
            }
        }
        int forgetful = 0;
        for (RaftLog log : logs.values()) {
            forgetful += log.maybeSaveLosses(gaps) ? 1 : 0;
            if (!log.damaged().isEmpty()) {
                trace.reached(WalMarks.HOLE_FOUND);
            }
        }
        trace.reached(forgetful > 0 ? WalMarks.FORGOT : WalMarks.SALVAGED);
    }

    /** A group of which nothing was found: all of it may be lost. */
    void onNewGroup(RaftLog log) {
        if (!damages.isEmpty()) {
            log.maybeSaveLosses(gaps);
        }
    }
}
