package io.orrery.raft.log;

import io.orrery.kernel.Check;
import java.util.ArrayDeque;

/**
 * Chunks that no log of this node needs any more, for the next one that does: so a log that grows in front and is compacted
 * behind lives in the same memory all the time.
 *
 * <ul>
 *   <li>I1: no chunk of which somebody may keep a slice is used again.
 *   <li>I2: at most {@link #SPARES_MAX} wait; more are left to the collector.
 * </ul>
 */
final class ChunkPool {
    /**
     * Of the chunks that are used again; a log begins with smaller ones, and a larger entry has one of its own. A new chunk is
     * still in the processor's cache when it is full: with larger ones, the logs of a thousand groups wait for memory twice.
     */
    static final int CHUNK_BYTES = 4 * 1024;

    /** Sixteen megabytes. */
    private static final int SPARES_MAX = 4096;

    private final ArrayDeque<Chunk> spares = new ArrayDeque<>();

    Chunk take() {
        Chunk spare = spares.pollLast();
        return spare == null ? new Chunk(CHUNK_BYTES) : spare;
    }

    /** No entry lies in it any more. */
    void giveBack(Chunk chunk) {
        Check.that(chunk.entries == 0, "a chunk is given back when no entry lies in it", chunk.entries);
        if (chunk.bytes.length == CHUNK_BYTES && !chunk.isLent && spares.size() < SPARES_MAX) {
            chunk.used = 0;
            spares.addLast(chunk);
        }
    }
}
