package io.orrery.raft.log;

import io.orrery.kernel.Check;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.Encoder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * Records that wait to be written together. Where they will lie is known only when the batch is sealed, so checksums are
 * completed then; the place of a segment's header is kept free before the first record.
 *
 * <ul>
 *   <li>I1: what was sealed lies in one of two buffers, in turn: the next batch is gathered in the other, and sealed only when the
 *       sealed one is durable.
 * </ul>
 */
final class WalBatch {
    private static final int BYTES_MAX = 64 * 1024 * 1024;

    private Encoder out = new Encoder(4 * 1024, BYTES_MAX);
    private Encoder spare = new Encoder(64, BYTES_MAX);
    private final CRC32C crc = new CRC32C();
    private final SegmentHeader header;
    private int count;
    private int chainBehind;
    private Bytes sealedLast = Bytes.EMPTY;
    private Bytes sealedBefore = Bytes.EMPTY;

    WalBatch(SegmentHeader header) {
        this.header = header;
        clear();
    }

    boolean isEmpty() {
        return count == 0;
    }

    int records() {
        return count;
    }

    /** Bytes that the batch takes in a segment, with its commit record and a segment's header. */
    int sizeBytes() {
        return out.position() + WalFormat.COMMIT_BYTES;
    }

    private void clear() {
        out.clear();
        out.skip(header.sizeBytes());
        count = 0;
    }

    void entry(RaftLog log, EntryWindow entries, long index) {
        byte[] array = entries.array(index);
        int begin = entries.begin(index);
        int length = WalFormat.ENTRY_HEADER_BYTES + EntryForm.length(array, begin);
        Check.that(length <= WalFormat.RECORD_BYTES_MAX, "a record fits its limit", length);
        int at = out.claim(WalFormat.padded(length));
        WalFormat.setEntry(out.buffer(), at, numberOf(log), log.group(), index, array, begin);
        count++;
    }

    private int numberOf(RaftLog log) {
        return header.version() < 3 ? 0 : log.nextRecord();
    }

    void hardState(RaftLog log, HardState state) {
        int at = begin(WalFormat.HARD_STATE, state.forgot() ? 1 : 0, log);
        out.writeLong(state.term());
        if (state.vote() != null) {
            out.writeRaw(Bytes.wrap(state.vote().name().getBytes(StandardCharsets.UTF_8)));
        }
        end(at);
    }

    void truncate(RaftLog log, long fromIndex) {
        int at = begin(WalFormat.TRUNCATE, 0, log);
        out.writeLong(fromIndex);
        end(at);
    }

    /** The group's log begins behind {@code index}. */
    void compact(RaftLog log, long index, long term) {
        mark(WalFormat.COMPACT, log, index, term);
    }

    /** The group's log is empty, and begins behind {@code index}. */
    void restart(RaftLog log, long index, long term) {
        mark(WalFormat.RESTART, log, index, term);
    }

    /** Segments before this one are not needed. */
    void release(long firstNeeded) {
        int at = begin(WalFormat.RELEASE, 0, 0);
        out.writeLong(firstNeeded);
        end(at);
    }

    /** All records of a batch that was sealed for another place, where it is not written after all. */
    void addAll(Bytes sealed) {
        byte[] array = sealed.array();
        int end = sealed.offset() + sealed.length();
        for (int at = sealed.offset(); at < end; ) {
            int length = WalFormat.padded(WalFormat.intAt(array, at + 4));
            int type = array[at + 8];
            if (type != WalFormat.SEGMENT && type != WalFormat.COMMIT) {
                out.writeRaw(array, at, length);
                count++;
            }
            at += length;
        }
    }

    private void mark(int type, RaftLog log, long index, long term) {
        Check.that(header.version() >= 3, "compaction needs format version 3", header.version());
        int at = begin(type, 0, log);
        out.writeLong(index);
        out.writeLong(term);
        end(at);
    }

    private int begin(int type, int kind, RaftLog log) {
        int at = begin(type, kind, numberOf(log));
        out.writeLong(log.group());
        return at;
    }

    private int begin(int type, int kind, int number) {
        int at = out.position();
        out.skip(8);
        out.writeByte(type);
        out.writeByte(kind);
        out.skip(2);
        out.writeInt(number);
        return at;
    }

    private void end(int at) {
        int length = out.position() - at;
        Check.that(length <= WalFormat.RECORD_BYTES_MAX, "a record fits its limit", length);
        out.setInt(at + 4, length);
        out.skip(WalFormat.padded(length) - length);
        count++;
    }

    /**
     * Completes the batch for its place and empties this one for the next.
     *
     * @param offset in the segment; at 0 the batch begins with the segment's header
     * @param chain of the log before this batch
     * @param firstNeeded the first segment that is needed; for a segment's header
     * @return the batch's bytes, until the next one is sealed
     */
    Bytes seal(long segment, long offset, int chain, long firstNeeded) {
        Check.that(count > 0, "a batch to be sealed is not empty");
        boolean opensSegment = offset == 0;
        int start = opensSegment ? 0 : header.sizeBytes();
        if (opensSegment) {
            header.write(out, segment, chain, firstNeeded);
        }
        byte[] buffer = out.buffer();
        int rolled = chain;
        for (int at = start; at < out.position(); ) {
            int length = WalFormat.intAt(buffer, at + 4);
            WalFormat.setInt(buffer, at, WalFormat.checksum(buffer, at, length, segment, offset + at - start, crc));
            rolled = WalFormat.chain(rolled, buffer, at, crc);
            at += WalFormat.padded(length);
        }
        writeCommit(segment, offset, start, opensSegment ? count + 1 : count, rolled);
        Bytes bytes = sealed(start);
        Encoder written = out;
        out = spare;
        spare = written;
        clear();
        chainBehind = rolled;
        return bytes;
    }

    /** Under an even load batches of one length follow one another, and lie where those before did. */
    private Bytes sealed(int start) {
        int length = out.position() - start;
        Bytes before = sealedBefore;
        sealedBefore = sealedLast;
        boolean isSame = before.array() == out.buffer() && before.offset() == start && before.length() == length;
        sealedLast = isSame ? before : Bytes.wrap(out.buffer(), start, length);
        return sealedLast;
    }

    /** The log's chain behind the batch that was sealed last. */
    int chainBehind() {
        return chainBehind;
    }

    private void writeCommit(long segment, long offset, int start, int records, int chain) {
        int at = begin(WalFormat.COMMIT, 0, 0);
        out.writeLong(offset);
        out.writeInt(records);
        out.writeInt(chain);
        out.setInt(at + 4, WalFormat.COMMIT_BYTES);
        int checksum = WalFormat.checksum(out.buffer(), at, WalFormat.COMMIT_BYTES, segment, offset + at - start, crc);
        out.setInt(at, checksum);
    }
}
