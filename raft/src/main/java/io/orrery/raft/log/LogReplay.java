package io.orrery.raft.log;

import io.orrery.kernel.trace.Trace;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;

/** Gives each record that is read back to the log of its group. */
class LogReplay implements WalReplay {
    private final LongFunction<RaftLog> logs;
    private final LongConsumer firstNeeded;
    private final Trace trace;
    private int gaps;
    private long firstSegment;
    private long segment;

    /**
     * @param logs of a group, by its id
     * @param firstNeededSegment takes what the log says about that
     */
    LogReplay(LongFunction<RaftLog> logs, LongConsumer firstNeededSegment, Trace trace) {
        this.logs = logs;
        this.firstNeeded = firstNeededSegment;
        this.trace = trace;
    }

    @Override
    public void onSegment(long number) {
        firstSegment = firstSegment == 0 ? number : firstSegment;
        segment = number;
    }

    @Override
    public void onGap() {
        gaps++;
    }

    /** How many gaps the log has. */
    int gaps() {
        return gaps;
    }

    @Override
    public void onRelease(long firstNeededSegment) {
        firstNeeded.accept(firstNeededSegment);
    }

    @Override
    public boolean onEntry(long group, Entry entry, boolean inOrder) {
        return logs.apply(group).maybeReplay(entry, segment, inOrder && isWhole());
    }

    @Override
    public boolean onTruncate(long group, long fromIndex, boolean inOrder) {
        trace.reached(WalMarks.TRUNCATION_REPLAYED);
        return logs.apply(group).maybeReplayTruncation(fromIndex, inOrder && isWhole());
    }

    /** Whether no segment was ever released. */
    private boolean isWhole() {
        return firstSegment == 1 && gaps == 0;
    }

    @Override
    public void onHardState(long group, HardState state) {
        logs.apply(group).replay(state, segment);
    }

    @Override
    public boolean onCompact(long group, long index, long term) {
        trace.reached(WalMarks.COMPACTION_REPLAYED);
        return logs.apply(group).maybeReplayCompaction(index, term, segment);
    }

    @Override
    public boolean onRestart(long group, long index, long term) {
        trace.reached(WalMarks.RESTART_REPLAYED);
        return logs.apply(group).maybeReplayRestart(index, term, segment);
    }

    @Override
    public boolean onNumber(long group, int number) {
        return logs.apply(group).maybeReplayNumber(number, gaps);
    }
}
