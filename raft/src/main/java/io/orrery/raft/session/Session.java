package io.orrery.raft.session;

import io.orrery.kernel.Prng;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import java.util.Arrays;

/**
 * One client's session: which of its commands took effect, and what they gave. Immutable: a snapshot may be written meanwhile.
 *
 * <ul>
 *   <li>I1: sequences rise, and none is below {@code completedBelow}.
 * </ul>
 */
final class Session {
    /** Stands for a result that was too long to be held. */
    private static final Bytes LOST = null;

    final long id;
    final long activeMillis;
    final long completedBelow;
    private final long[] sequences;
    private final Bytes[] results;

    private Session(long id, long activeMillis, long completedBelow, long[] sequences, Bytes[] results) {
        this.id = id;
        this.activeMillis = activeMillis;
        this.completedBelow = completedBelow;
        this.sequences = sequences;
        this.results = results;
    }

    static Session opened(long id, long nowMillis) {
        return new Session(id, nowMillis, 1, new long[0], new Bytes[0]);
    }

    Session activeAt(long nowMillis) {
        return new Session(id, nowMillis, completedBelow, sequences, results);
    }

    /** Lets go of results before {@code sequence}: the client will not ask for them again. */
    Session completedBelow(long sequence) {
        if (sequence <= completedBelow) {
            return this;
        }
        int first = 0;
        while (first < sequences.length && sequences[first] < sequence) {
            first++;
        }
        return new Session(
                id,
                activeMillis,
                sequence,
                Arrays.copyOfRange(sequences, first, sequences.length),
                Arrays.copyOfRange(results, first, results.length));
    }

    int resultCount() {
        return sequences.length;
    }

    boolean hasApplied(long sequence) {
        return Arrays.binarySearch(sequences, sequence) >= 0;
    }

    /** What the command gave when it took effect. */
    SessionResult resultOf(long sequence) {
        Bytes result = results[Arrays.binarySearch(sequences, sequence)];
        return result == LOST
                ? SessionResult.of(SessionResult.Status.APPLIED_RESULT_LOST)
                : SessionResult.applied(result);
    }

    /** The command took effect. */
    Session applied(long sequence, Bytes result, int resultBytesMax) {
        int place = -1 - Arrays.binarySearch(sequences, sequence);
        long[] moreSequences = new long[sequences.length + 1];
        Bytes[] moreResults = new Bytes[results.length + 1];
        System.arraycopy(sequences, 0, moreSequences, 0, place);
        System.arraycopy(results, 0, moreResults, 0, place);
        System.arraycopy(sequences, place, moreSequences, place + 1, sequences.length - place);
        System.arraycopy(results, place, moreResults, place + 1, results.length - place);
        moreSequences[place] = sequence;
        moreResults[place] = result.length() > resultBytesMax ? LOST : result.compact();
        return new Session(id, activeMillis, completedBelow, moreSequences, moreResults);
    }

    /** Equal for equal sessions, on every JVM. */
    long digest() {
        long digest = Prng.mix(id * 31 + activeMillis) + completedBelow;
        for (int i = 0; i < sequences.length; i++) {
            digest = Prng.mix(digest * 31 + sequences[i] + (results[i] == LOST ? 7 : results[i].hashCode()));
        }
        return digest;
    }

    void write(Encoder out) {
        out.writeVarLong(id);
        out.writeVarLong(activeMillis);
        out.writeVarLong(completedBelow);
        out.writeVarLong(sequences.length);
        for (int i = 0; i < sequences.length; i++) {
            out.writeVarLong(sequences[i]);
            out.writeBoolean(results[i] != LOST);
            if (results[i] != LOST) {
                out.writeBytes(results[i]);
            }
        }
    }

    static Session read(Decoder in) {
        long id = in.readVarLong();
        long activeMillis = in.readVarLong();
        long completedBelow = in.readVarLong();
        int count = in.readCount(2);
        long[] sequences = new long[count];
        Bytes[] results = new Bytes[count];
        long least = completedBelow;
        for (int i = 0; i < count; i++) {
            sequences[i] = in.readVarLong();
            if (sequences[i] < least) {
                throw new DecodeException("I1: a session's sequences rise");
            }
            least = sequences[i] + 1;
            results[i] = in.readBoolean() ? in.readBytes().compact() : LOST;
        }
        return new Session(id, activeMillis, completedBelow, sequences, results);
    }
}
