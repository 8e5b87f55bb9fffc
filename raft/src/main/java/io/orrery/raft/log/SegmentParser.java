package io.orrery.raft.log;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Walks through one segment's bytes as they are read, and replays each batch once its commit record is seen. Pure: it is
 * given bytes and says how far it came.
 *
 * <ul>
 *   <li>I1: nothing of a batch is replayed before all of it was found intact.
 *   <li>I2: {@link #committed} is the end of the last intact batch; {@link #position} is not before it.
 * </ul>
 */
final class SegmentParser {
    private final SegmentHeader header;
    private final String file;
    private final long segment;
    private final long fileLength;
    private final boolean adoptsChain;
    private final WalReplay replay;
    private final CRC32C crc = new CRC32C();
    private final List<WalRecord> batch = new ArrayList<>();
    private List<Bytes> raw = new ArrayList<>();
    private List<Bytes> lastBatch = new ArrayList<>();
    private long position;
    private long committed;
    private int records;
    private int chain;
    private int committedChain;
    private int wanted = WalFormat.HEADER_BYTES;
    private String damage;
    /** Whether something before {@link #position} is missing since the last intact batch. */
    private boolean isTorn;

    /**
     * @param adoptsChain whether no segment before it could tell the chain
     */
    SegmentParser(
            SegmentHeader header, long segment, long fileLength, int chain, boolean adoptsChain, WalReplay replay) {
        this.adoptsChain = adoptsChain;
        this.header = header;
        this.file = WalFormat.fileName(segment);
        this.segment = segment;
        this.fileLength = fileLength;
        this.chain = chain;
        this.committedChain = chain;
        this.replay = replay;
    }

    /** Offset of the next record. */
    long position() {
        return position;
    }

    /** End of the last intact batch. */
    long committed() {
        return committed;
    }

    /** The log's chain at {@link #committed}. */
    int chain() {
        return committedChain;
    }

    /** The bytes of the last intact batch, which end at {@link #committed}; nothing if there is none. */
    Bytes lastBatch() {
        int length = 0;
        for (Bytes record : lastBatch) {
            length += record.length();
        }
        byte[] bytes = new byte[length];
        int at = 0;
        for (Bytes record : lastBatch) {
            System.arraycopy(record.array(), record.offset(), bytes, at, record.length());
            at += record.length();
        }
        return Bytes.wrap(bytes);
    }

    /** Goes back to the end of the last intact batch, to be given again what follows. */
    void rewind() {
        position = committed;
        chain = committedChain;
        records = 0;
        batch.clear();
        raw.clear();
        wanted = WalFormat.HEADER_BYTES;
        damage = null;
    }

    /** To be given what follows {@link #position} again. */
    void lookAgain() {
        if (isTorn) {
            wanted = WalFormat.HEADER_BYTES;
            damage = null;
        } else {
            rewind();
        }
    }

    /** Goes on behind damage, with an intact record. What was read of the batch before it counts: each record vouches for itself. */
    void skipTo(long intact) {
        replayBatch();
        position = intact;
        isTorn = true;
        raw.clear();
        wanted = WalFormat.HEADER_BYTES;
        damage = null;
        replay.onGap();
    }

    /** Whether what was read ends within a batch of which something is missing. */
    boolean isTorn() {
        return isTorn;
    }

    /** The segment is at its end: what is left of a batch without its commit record is replayed. */
    void finish() {
        if (isTorn) {
            replayBatch();
        }
    }

    /** How many bytes from {@link #position} on the next call of {@link #parse} needs at least. */
    int wanted() {
        return wanted;
    }

    /** What is wrong at {@link #position}, or null if nothing is so far. */
    String damage() {
        return damage;
    }

    boolean isAtEnd() {
        return position == fileLength && damage == null;
    }

    /** Parses records as far as the bytes, which start at {@link #position}, go. */
    void parse(Bytes bytes) {
        byte[] array = bytes.array();
        int at = bytes.offset();
        int end = at + bytes.length();
        while (damage == null && position < fileLength) {
            if (fileLength - position < WalFormat.HEADER_BYTES) {
                damage = "the file ends within a record";
                return;
            }
            wanted = WalFormat.HEADER_BYTES;
            if (end - at < wanted) {
                return;
            }
            int length = WalFormat.intAt(array, at + 4);
            if (length < WalFormat.HEADER_BYTES
                    || length > WalFormat.RECORD_BYTES_MAX
                    || WalFormat.padded(length) > fileLength - position) {
                damage = "a record of " + length + " bytes";
                return;
            }
            wanted = WalFormat.padded(length);
            if (end - at < wanted) {
                return;
            }
            if (WalFormat.intAt(array, at) != WalFormat.checksum(array, at, length, segment, position, crc)) {
                damage = "a record with a wrong checksum";
                return;
            }
            raw.add(Bytes.wrap(array, at, wanted));
            onRecord(array, at, length);
            at += wanted;
        }
        if (damage == null && position != committed && !isTorn) {
            damage = "the last batch has no commit record";
        }
    }

    private void onRecord(byte[] array, int at, int length) {
        int type = array[at + 8];
        if ((type == WalFormat.SEGMENT) != (position == 0)) {
            throw corrupt("a segment header belongs at a segment's start and nowhere else");
        }
        if (type == WalFormat.COMMIT) {
            onCommit(array, at, length);
            return;
        }
        chain = WalFormat.chain(chain, array, at, crc);
        records++;
        if (type == WalFormat.SEGMENT) {
            checkHeader(array, at, length);
        } else {
            batch.add(decode(type, array, at, length));
        }
        position += WalFormat.padded(length);
    }

    private void onCommit(byte[] array, int at, int length) {
        boolean closesThisBatch = length == WalFormat.COMMIT_BYTES
                && WalFormat.longAt(array, at + 16) == committed
                && WalFormat.intAt(array, at + 24) == records
                && WalFormat.intAt(array, at + 28) == chain;
        if (!closesThisBatch && !(isTorn && length == WalFormat.COMMIT_BYTES)) {
            damage = "a commit record that does not fit its batch";
            return;
        }
        replay.onBatch(position + WalFormat.padded(length), batch.size());
        replayBatch();
        if (isTorn) {
            isTorn = false;
            raw.clear();
            chain = WalFormat.intAt(array, at + 28);
        }
        List<Bytes> before = lastBatch;
        lastBatch = raw;
        raw = before;
        raw.clear();
        records = 0;
        position += WalFormat.padded(length);
        committed = position;
        committedChain = chain;
    }

    private void replayBatch() {
        for (WalRecord record : batch) {
            if (!record.follows(replay)) {
                throw corrupt("a record that does not follow from those before it: " + record);
            }
        }
        batch.clear();
    }

    private void checkHeader(byte[] array, int at, int length) {
        if (adoptsChain && segment > 1 && length >= SegmentHeader.FIXED_BYTES) {
            committedChain = WalFormat.intAt(array, at + 28);
            chain = WalFormat.chain(committedChain, array, at, crc);
        }
        String fault = header.fault(array, at, length, segment, committedChain);
        if (fault != null) {
            throw corrupt(fault);
        }
        batch.add(new WalRecord.Released(SegmentHeader.firstNeeded(array, at)));
    }

    private WalRecord decode(int type, byte[] array, int at, int length) {
        long group = length < 24 ? 0 : WalFormat.longAt(array, at + 16);
        int number = WalFormat.intAt(array, at + 12);
        if (type == WalFormat.ENTRY && length >= WalFormat.ENTRY_HEADER_BYTES) {
            return new WalRecord.Appended(group, number, decodeEntry(array, at, length));
        }
        if (type == WalFormat.HARD_STATE && length >= 32) {
            NodeId vote = length == 32 ? null : node(Bytes.wrap(array, at + 32, length - 32));
            return new WalRecord.Voted(
                    group, number, new HardState(WalFormat.longAt(array, at + 24), vote, array[at + 9] == 1));
        }
        if (type == WalFormat.TRUNCATE && length == 32) {
            return new WalRecord.Truncated(group, number, WalFormat.longAt(array, at + 24));
        }
        if ((type == WalFormat.COMPACT || type == WalFormat.RESTART) && length == 40) {
            long index = WalFormat.longAt(array, at + 24);
            long term = WalFormat.longAt(array, at + 32);
            return type == WalFormat.COMPACT
                    ? new WalRecord.Compacted(group, number, index, term)
                    : new WalRecord.Restarted(group, number, index, term);
        }
        if (type == WalFormat.RELEASE && length == 24) {
            return new WalRecord.Released(group);
        }
        throw corrupt(
                "a record of unknown type " + type + " and " + length + " bytes: was it written by a newer version?");
    }

    private NodeId node(Bytes name) {
        try {
            return NodeId.of(name.utf8());
        } catch (IllegalArgumentException e) {
            throw corrupt("a vote for nobody: " + e.getMessage());
        }
    }

    private Entry decodeEntry(byte[] array, int at, int length) {
        Entry.Kind kind = Entry.Kind.of(array[at + 9]);
        if (kind == null) {
            throw corrupt("an entry of unknown kind " + array[at + 9] + ": was it written by a newer version?");
        }
        int header = WalFormat.ENTRY_HEADER_BYTES;
        return new Entry(
                WalFormat.longAt(array, at + 24),
                WalFormat.longAt(array, at + 32),
                WalFormat.longAt(array, at + 40),
                kind,
                Bytes.wrap(array, at + header, length - header));
    }

    private CorruptWalException corrupt(String reason) {
        return new CorruptWalException(file, position, reason);
    }
}
