package io.orrery.kernel.journal;

import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;

/**
 * What the live node had become after a cycle.
 *
 * @param events that had run
 * @param hash of all of them, see {@link NodeHash}
 * @param state the digest of what the program describes of itself, see {@link io.orrery.kernel.trace.StateDigest}; 0 if it
 *     did not boot
 */
public record Checkpoint(long events, long hash, long state) implements JournalRecord {
    /** The longest distance between two, in events; a cycle is never split, so it may be more by what a cycle holds. */
    public static final int EVERY_EVENTS = 1_024;

    void encode(Encoder out) {
        out.writeVarLong(events);
        out.writeLong(hash);
        out.writeLong(state);
    }

    static Checkpoint decode(Decoder in) {
        Checkpoint read = new Checkpoint(in.readVarLong(), in.readLong(), in.readLong());
        if (read.events < 0) {
            throw new DecodeException("a negative number of events");
        }
        return read;
    }
}
