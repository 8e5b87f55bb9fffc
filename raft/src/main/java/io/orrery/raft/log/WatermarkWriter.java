package io.orrery.raft.log;

import io.orrery.kernel.Check;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.Storage.Failure;
import io.orrery.kernel.Time;
import io.orrery.kernel.Timer;

/**
 * Writes the {@link Watermark} behind the log: at once when a segment was begun, so that the loss of a whole one shows, or when
 * what the last one knew of is lost, which by then is written down; and else {@link #PAUSE_NANOS} after something was durable
 * that is not marked, or {@link #PAUSE_SYNCS} times as long as a sync took if that is longer, so that it takes a hundredth of the
 * disk's time, but after {@link #PAUSE_NANOS_MAX} on any disk. Nobody waits for it. While nothing is appended nothing is written.
 *
 * <ul>
 *   <li>I1: a mark names what is durable.
 *   <li>I2: one mark is written at a time, to the file that does not hold the last one.
 * </ul>
 */
final class WatermarkWriter {
    static final long PAUSE_NANOS = Time.millis(100);
    static final long PAUSE_NANOS_MAX = Time.seconds(1);
    static final long PAUSE_SYNCS = 100;

    private final Kernel kernel;
    private final WalCounters counters;
    private final Timer timer;
    private Watermark last = Watermark.NONE;
    private Watermark written;
    private long segment;
    private long offset;
    private long syncNanos;
    private boolean isRefused;

    WatermarkWriter(Kernel kernel, WalCounters counters) {
        this.kernel = kernel;
        this.counters = counters;
        this.timer = kernel.timer("watermark", this::write);
    }

    /** The mark as it was found; the next one is another. */
    void onRecovered(Watermark found) {
        last = found;
    }

    /** The last mark that is durable. */
    Watermark last() {
        return last;
    }

    /**
     * The log is durable up to there.
     *
     * @param lastSyncNanos how long the disk took for it
     */
    void onDurable(long durableSegment, long durableOffset, long lastSyncNanos) {
        Check.that(durableSegment >= segment, "I1: what is durable stays so", durableSegment, segment);
        boolean isBegun = durableSegment > Math.max(segment, last.segment());
        boolean isLostBefore = last.isBeyond(durableSegment, durableOffset);
        segment = durableSegment;
        offset = durableOffset;
        syncNanos = lastSyncNanos;
        if (written == null && (isBegun || isLostBefore)) {
            timer.cancel();
            write();
        } else if (written == null && !timer.isArmed()) {
            pause();
        }
    }

    private void pause() {
        timer.restart(Math.min(PAUSE_NANOS_MAX, Math.max(PAUSE_NANOS, PAUSE_SYNCS * syncNanos)));
    }

    private void write() {
        Check.that(written == null, "I2: one mark at a time");
        written = new Watermark(last.number() + 1, segment, offset);
        isRefused = false;
        kernel.storage().write(written.file(), 0, written.encode(), this::onWritten);
        kernel.storage().sync(written.file(), this::onSynced);
    }

    /** On a full disk there may be no room for the file; its place is tried again. */
    private void onWritten(Void nothing, Failure failure) {
        if (failure != null && failure.kind() == Failure.Kind.FULL) {
            isRefused = true;
        } else {
            WalRecovery.refuse(failure, "write ", written.file());
        }
    }

    private void onSynced(Void nothing, Failure failure) {
        WalRecovery.refuse(failure, "sync ", written.file());
        Check.that(written != null, "I2: a mark is durable once");
        if (!isRefused) {
            last = written;
            counters.marks++;
            counters.lastMark = last;
        }
        written = null;
        if (segment > last.segment() && !isRefused) {
            write();
        } else if (segment != last.segment() || offset != last.offset()) {
            pause();
        }
    }
}
