package io.orrery.raft.log;

import io.orrery.kernel.Check;

/**
 * Where one log's entries lie in memory: in chunks that fill one after another. The first are small, so that a group that does
 * nothing takes little.
 *
 * <ul>
 *   <li>I1: a chunk is left behind when it is full, and goes back to the pool with its last entry.
 * </ul>
 */
final class LogMemory {
    private static final int FIRST_BYTES = 256;

    private final ChunkPool pool;
    private Chunk current;
    private int nextBytes = FIRST_BYTES;

    LogMemory(ChunkPool pool) {
        this.pool = pool;
    }

    /** The chunk in which the next entry is to lie, at what is {@link Chunk#used} now. */
    Chunk place(int length) {
        if (current == null || length > current.bytes.length - current.used) {
            Chunk left = current;
            current = next(length);
            if (left != null && left.entries == 0) {
                pool.giveBack(left);
            }
        }
        return current;
    }

    private Chunk next(int length) {
        if (length > ChunkPool.CHUNK_BYTES) {
            return new Chunk(length);
        }
        while (nextBytes < length) {
            nextBytes *= 2;
        }
        Chunk next = nextBytes < ChunkPool.CHUNK_BYTES ? new Chunk(nextBytes) : pool.take();
        nextBytes = Math.min(ChunkPool.CHUNK_BYTES, nextBytes * 2);
        return next;
    }

    /** An entry that lies in the chunk is gone. */
    void release(Chunk chunk) {
        chunk.entries--;
        Check.that(chunk.entries >= 0, "an entry leaves its chunk once", chunk.entries);
        if (chunk.entries > 0) {
            return;
        }
        if (chunk != current) {
            pool.giveBack(chunk);
        } else if (!chunk.isLent) {
            chunk.used = 0;
        }
    }

    /** All entries are gone: memory is given back, and begins small again. */
    void restart() {
        if (current != null && current.entries == 0) {
            pool.giveBack(current);
        }
        current = null;
        nextBytes = FIRST_BYTES;
    }
}
