package io.orrery.raft.log;

import io.orrery.kernel.Prng;
import io.orrery.kernel.codec.Bytes;

/**
 * One entry of a group's log.
 *
 * @param index from 1, without gaps
 * @param term of the leader that made it; never falls along the log
 * @param timestampMillis the leader's wall clock when it made the entry, raised where needed so that it never falls along
 *     the log
 */
public record Entry(long index, long term, long timestampMillis, Kind kind, Bytes payload) {
    /** What an entry is for. The order is part of the disk's and the wire's form. */
    public enum Kind {
        /** A command for the state machine. */
        COMMAND,
        /** Opens a leader's term, so that it has something of its own to commit (section 5.4.2). */
        NOOP,
        /** A {@code Configuration}. */
        CONFIG;

        private static final Kind[] VALUES = values();

        /** The kind with this number, or null. */
        public static Kind of(int ordinal) {
            return ordinal >= 0 && ordinal < VALUES.length ? VALUES[ordinal] : null;
        }
    }

    /** What an entry takes in messages and memory beside its payload, roughly. */
    public static final int OVERHEAD_BYTES = 32;

    /** The weight of this entry against limits in bytes. */
    public int sizeBytes() {
        return payload.length() + OVERHEAD_BYTES;
    }

    /** A hash of all that replicas must agree on; for checkers. */
    public long digest() {
        return digest(index, term, timestampMillis, kind, payload.crc32c());
    }

    static long digest(long index, long term, long timestampMillis, Kind kind, int payloadCrc32c) {
        long hash = Prng.mix(index * 31 + term);
        hash = Prng.mix(hash ^ timestampMillis);
        return Prng.mix(hash ^ ((long) kind.ordinal() << 32 | payloadCrc32c & 0xFFFFFFFFL));
    }
}
