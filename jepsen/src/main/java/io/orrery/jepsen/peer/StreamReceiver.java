package io.orrery.jepsen.peer;

import io.orrery.kernel.Check;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The receiving end of a peer's stream: puts segments in order and drops what it has seen.
 *
 * <ul>
 *   <li>I1: the epoch never falls. A segment of a later epoch ends the connection before it: what was not delivered of that
 *       is lost.
 *   <li>I2: within an epoch, frames are delivered by sequence number, from 0, without gap or repetition.
 *   <li>I3: what came early and waits lies above the next number, within {@value #EARLY_MAX} of it.
 * </ul>
 */
public final class StreamReceiver {
    /** Frames further ahead than this are dropped, to be sent again: the sender's own limit, so a correct peer has none. */
    static final int EARLY_MAX = StreamSender.FRAMES_MAX;

    private final TreeMap<Long, byte[]> early = new TreeMap<>();
    private long epoch = -1;
    private long next;
    private long dropped;

    /** Takes a segment and delivers, in order, what is now complete. Every segment deserves an {@link #ack}. */
    public void onSegment(Segment segment, Consumer<byte[]> deliver) {
        if (segment.epoch() < epoch) {
            dropped += segment.frames().size();
            return;
        }
        if (segment.epoch() > epoch) {
            epoch = segment.epoch();
            next = 0;
            dropped += early.size();
            early.clear();
        }
        keep(segment.first(), segment.frames());
        while (!early.isEmpty() && early.firstKey() == next) {
            byte[] frame = early.pollFirstEntry().getValue();
            next++;
            deliver.accept(frame);
        }
        Check.that(early.isEmpty() || early.firstKey() > next, "I3: what waits lies above the next number", next);
    }

    private void keep(long first, List<byte[]> frames) {
        for (int i = 0; i < frames.size(); i++) {
            long sequence = first + i;
            if (sequence < next || sequence - next >= EARLY_MAX || early.putIfAbsent(sequence, frames.get(i)) != null) {
                dropped++;
            }
        }
    }

    public Ack ack() {
        Check.that(epoch >= 0, "there is something to acknowledge");
        return new Ack(epoch, next);
    }

    /** Frames dropped: of dead epochs, seen before, or too far ahead. */
    public long dropped() {
        return dropped;
    }
}
