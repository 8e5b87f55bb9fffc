package io.orrery.raft.log;

/** A piece of memory in which entries of one log lie, one behind the other. Decides nothing. */
final class Chunk {
    final byte[] bytes;

    /** Bytes that are taken, from the first on. */
    int used;

    /** How many entries lie here. */
    int entries;

    /** Whether slices of it were given to somebody who may keep them. */
    boolean isLent;

    Chunk(int length) {
        bytes = new byte[length];
    }
}
