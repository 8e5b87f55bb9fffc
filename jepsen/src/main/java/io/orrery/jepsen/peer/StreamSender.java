package io.orrery.jepsen.peer;

import io.orrery.kernel.Check;
import io.orrery.kernel.Time;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The sending end of a stream to one peer.
 *
 * <p>A connection is an epoch. Frames are numbered within it, kept until acknowledged, and sent again when no
 * acknowledgement comes; when none has come for {@link #giveUpNanos()}, the connection is broken: its frames are dropped
 * and the next frame opens the next epoch. So the receiver sees a prefix of each epoch, in order, and epochs in order:
 * lost from some point on, which is what STREAM promises.
 *
 * <ul>
 *   <li>I1: the kept frames are numbered {@code base}, {@code base + 1}, ...; all below base are acknowledged.
 *   <li>I2: at most {@value #FRAMES_MAX} frames and {@link #BYTES_MAX} bytes are kept; beyond, frames are refused.
 * </ul>
 *
 * <p>Time is given in nanoseconds by the caller's monotonic clock.
 */
public final class StreamSender {
    /** Frames kept for one peer. */
    public static final int FRAMES_MAX = 4096;

    /** Bytes kept for one peer; a frame of the largest size always fits an empty buffer. */
    public static final int BYTES_MAX = 32 * 1024 * 1024;

    private static final int SEGMENT_BYTES_MAX = 256 * 1024;
    private static final int RESENT_FRAMES_MAX = 64;
    private static final long RESEND_NANOS_INITIAL = Time.millis(500);
    private static final long RESEND_NANOS_MIN = Time.millis(100);
    private static final long GIVE_UP_NANOS_MIN = Time.seconds(2);

    private final ArrayDeque<byte[]> kept = new ArrayDeque<>();
    private final ArrayDeque<Long> firstSentNanos = new ArrayDeque<>();
    private long epoch;
    private long base;
    private int unsent;
    private long keptBytes;
    private long roundTripNanos = -1;
    private long resentBelow;
    private long resendsSinceProgress;
    private long progressNanos;
    private long resendAtNanos = Long.MAX_VALUE;
    private long broken;
    private long lost;
    private long resent;

    /**
     * @param firstEpoch at least 0; above all that an earlier process of this node has used, such as the wall clock's
     *     microseconds
     */
    public StreamSender(long firstEpoch) {
        Check.argument(firstEpoch >= 0, "an epoch is not negative");
        epoch = firstEpoch;
    }

    /**
     * Takes a frame to be sent by the next {@link #fresh}; the caller gives the array up.
     *
     * @return false if the buffer is full: the frame is not part of the stream
     */
    public boolean offer(byte[] frame) {
        if (kept.size() == FRAMES_MAX || !kept.isEmpty() && keptBytes + frame.length > BYTES_MAX) {
            return false;
        }
        kept.addLast(frame);
        keptBytes += frame.length;
        unsent++;
        return true;
    }

    /** What was offered since the last call, to be sent now. */
    public List<Segment> fresh(long nowNanos) {
        if (unsent == 0) {
            return List.of();
        }
        int sentBefore = kept.size() - unsent;
        if (sentBefore == 0) {
            progressNanos = nowNanos;
            resendsSinceProgress = 0;
        }
        for (int i = 0; i < unsent; i++) {
            firstSentNanos.addLast(nowNanos);
        }
        unsent = 0;
        if (resendAtNanos == Long.MAX_VALUE) {
            resendAtNanos = nowNanos + resendNanos();
        }
        return segments(sentBefore, kept.size());
    }

    /** Notes what the peer has; an acknowledgement of another epoch, or one that came late, says nothing. */
    public void onAck(Ack ack, long nowNanos) {
        long sentEnd = base + kept.size() - unsent;
        if (ack.epoch() != epoch || ack.next() <= base || ack.next() > sentEnd) {
            return;
        }
        if (base >= resentBelow) {
            measure(nowNanos - firstSentNanos.peekFirst());
        }
        while (base < ack.next()) {
            keptBytes -= kept.pollFirst().length;
            firstSentNanos.pollFirst();
            base++;
        }
        Check.that(keptBytes >= 0, "I1: bytes kept are those of the frames kept", keptBytes);
        progressNanos = nowNanos;
        resendsSinceProgress = 0;
        if (base == sentEnd) {
            resendAtNanos = Long.MAX_VALUE;
        } else {
            resendAtNanos = nowNanos + resendNanos();
        }
    }

    /** When {@link #onTick} wants to be called; Long.MAX_VALUE for never. */
    public long dueNanos() {
        return resendAtNanos;
    }

    /** Sends the oldest frames again if they are due, or breaks the connection if it is time to. */
    public List<Segment> onTick(long nowNanos) {
        if (nowNanos < resendAtNanos) {
            return List.of();
        }
        int sent = kept.size() - unsent;
        Check.that(sent > 0, "a resend is due only while something is unacknowledged");
        if (nowNanos - progressNanos >= giveUpNanos()) {
            breakConnection();
            return List.of();
        }
        resendsSinceProgress++;
        resendAtNanos = nowNanos + (resendNanos() << Math.min(3, resendsSinceProgress));
        int again = Math.min(RESENT_FRAMES_MAX, sent);
        resentBelow = Math.max(resentBelow, base + again);
        resent += again;
        return segments(0, again);
    }

    private void breakConnection() {
        broken++;
        lost += kept.size();
        kept.clear();
        firstSentNanos.clear();
        keptBytes = 0;
        unsent = 0;
        base = 0;
        epoch++;
        resentBelow = 0;
        resendsSinceProgress = 0;
        resendAtNanos = Long.MAX_VALUE;
    }

    private List<Segment> segments(int from, int to) {
        List<Segment> segments = new ArrayList<>();
        List<byte[]> frames = new ArrayList<>();
        int bytes = 0;
        Iterator<byte[]> all = kept.iterator();
        for (int i = 0; i < to; i++) {
            byte[] frame = all.next();
            if (i < from) {
                continue;
            }
            if (!frames.isEmpty() && bytes + frame.length > SEGMENT_BYTES_MAX) {
                segments.add(new Segment(epoch, base + i - frames.size(), frames));
                frames = new ArrayList<>();
                bytes = 0;
            }
            frames.add(frame);
            bytes += frame.length;
        }
        segments.add(new Segment(epoch, base + to - frames.size(), frames));
        return segments;
    }

    private void measure(long sampleNanos) {
        roundTripNanos = roundTripNanos < 0 ? sampleNanos : roundTripNanos + (sampleNanos - roundTripNanos) / 8;
    }

    private long resendNanos() {
        return roundTripNanos < 0 ? RESEND_NANOS_INITIAL : Math.max(RESEND_NANOS_MIN, 4 * roundTripNanos);
    }

    /** A connection without progress for this long is broken: 2 s, or 16 round trips if that is longer. */
    public long giveUpNanos() {
        return Math.max(GIVE_UP_NANOS_MIN, 4 * resendNanos());
    }

    /** Connections broken so far. */
    public long broken() {
        return broken;
    }

    /** Frames that went down with their connection, delivered or not. */
    public long lost() {
        return lost;
    }

    /** Frames sent again. */
    public long resent() {
        return resent;
    }
}
