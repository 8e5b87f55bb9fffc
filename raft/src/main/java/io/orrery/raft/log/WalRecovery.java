package io.orrery.raft.log;

import io.orrery.kernel.Check;
import io.orrery.kernel.Storage;
import io.orrery.kernel.Storage.Failure;
import io.orrery.kernel.Storage.FileStat;
import io.orrery.kernel.StorageHaltException;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.trace.Trace;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * Reads the segments back, in order and in bounded pieces, and decides about the end of the log.
 *
 * <p>A batch is written only when the one before it is durable, and a segment is begun only when the one before it is. So
 * damage has two explanations and a way to tell them apart:
 *
 * <ul>
 *   <li>In the last segment, with no intact batch behind it, it is a write that a crash tore. Nobody was told of that
 *       batch; it is cut off, on disk too and durably, so that what is appended next can be reached.
 *   <li>Anywhere else it hits what was durable: {@link CorruptWalException}.
 * </ul>
 *
 * <p>A read may be wrong though what it should have read is right. So nothing is concluded from damage before the batch was
 * read a second time.
 *
 * <p>Damage to the very last batch after it was durable looks like a torn write and is cut. A single log cannot tell.
 */
final class WalRecovery {
    /** Where the log goes on. */
    record Tail(long segment, long offset, int chain) {}

    /** Takes the end of the log, once all of it was replayed and is durable. */
    interface Done {
        void onRecovered(Tail tail);
    }

    private final Storage storage;
    private final SegmentHeader header;
    private final int readBytes;
    private final WalReplay replay;
    private final Trace trace;
    private final Done done;
    private final TreeMap<Long, Long> lengths = new TreeMap<>();
    private final CRC32C crc = new CRC32C();
    private long segment;
    private SegmentParser parser;
    private long scanned;
    private boolean isSecondLook;

    WalRecovery(Storage storage, SegmentHeader header, int readBytes, WalReplay replay, Trace trace, Done done) {
        this.storage = storage;
        this.header = header;
        this.readBytes = readBytes;
        this.replay = replay;
        this.trace = trace;
        this.done = done;
    }

    void start() {
        storage.list(this::onListed);
    }

    private void onListed(List<FileStat> files, Failure failure) {
        refuse(failure, "list");
        for (FileStat file : files) {
            long number = WalFormat.segmentOf(file.name());
            if (number > 0) {
                lengths.put(number, file.length());
            }
        }
        long expected = 1;
        for (Map.Entry<Long, Long> found : lengths.entrySet()) {
            if (found.getKey() != expected) {
                throw new CorruptWalException(WalFormat.fileName(expected), 0, "the segment is missing");
            }
            expected++;
        }
        if (lengths.isEmpty()) {
            done.onRecovered(new Tail(1, 0, 0));
        } else {
            begin(1, 0);
        }
    }

    private void begin(long number, int chain) {
        segment = number;
        parser = new SegmentParser(header, number, lengths.get(number), chain, replay);
        goOn();
    }

    private void goOn() {
        if (parser.damage() != null && !isSecondLook) {
            trace.reached(WalMarks.READ_AGAIN);
            isSecondLook = true;
            parser.rewind();
            goOn();
        } else if (parser.damage() != null) {
            onDamage();
        } else if (parser.isAtEnd()) {
            onEnd();
        } else {
            int asked = Math.max(readBytes, parser.wanted());
            storage.read(file(), parser.position(), asked, (bytes, failure) -> onRead(bytes, failure, asked));
        }
    }

    /** A record may turn out to be longer than what was asked for: then more is asked for. */
    private void onRead(Bytes bytes, Failure failure, int asked) {
        if (failure != null) {
            trace.reached(WalMarks.UNREADABLE);
        }
        refuse(failure, "read " + file() + " at " + parser.position());
        long before = parser.position();
        long committed = parser.committed();
        parser.parse(bytes);
        isSecondLook &= parser.committed() == committed;
        Check.that(
                parser.position() > before || parser.damage() != null || parser.wanted() > asked,
                "a read of a segment yields a record",
                segment,
                before);
        goOn();
    }

    private void onEnd() {
        if (segment == lengths.lastKey()) {
            settle();
        } else {
            begin(segment + 1, parser.chain());
        }
    }

    private void onDamage() {
        if (segment != lengths.lastKey()) {
            throw new CorruptWalException(file(), parser.position(), parser.damage() + ", and later segments exist");
        }
        scanned = parser.position();
        scanOn();
    }

    private void scanOn() {
        if (lengths.get(segment) - scanned < WalFormat.COMMIT_BYTES) {
            cut();
        } else {
            storage.read(file(), scanned, readBytes, this::onScanned);
        }
    }

    /** Looks at each place where a commit record of a later batch could be. */
    private void onScanned(Bytes bytes, Failure failure) {
        refuse(failure, "read " + file() + " at " + scanned);
        byte[] array = bytes.array();
        Check.that(bytes.length() >= WalFormat.COMMIT_BYTES, "a segment does not shrink", segment, scanned);
        int last = bytes.length() - WalFormat.COMMIT_BYTES;
        for (int i = 0; i <= last; i += 8) {
            if (isLaterCommit(array, bytes.offset() + i, scanned + i)) {
                throw new CorruptWalException(
                        file(),
                        parser.position(),
                        parser.damage() + ", and a later batch is intact, committed at offset " + (scanned + i));
            }
        }
        scanned += last - last % 8 + 8;
        scanOn();
    }

    private boolean isLaterCommit(byte[] array, int at, long offset) {
        return WalFormat.intAt(array, at + 4) == WalFormat.COMMIT_BYTES
                && array[at + 8] == WalFormat.COMMIT
                && WalFormat.longAt(array, at + 16) > parser.committed()
                && WalFormat.intAt(array, at)
                        == WalFormat.checksum(array, at, WalFormat.COMMIT_BYTES, segment, offset, crc);
    }

    private void cut() {
        trace.reached(WalMarks.TORN_TAIL_CUT);
        if (trace.isOn()) {
            trace.transition(
                    "wal-cut",
                    file() + " from " + lengths.get(segment) + " to " + parser.committed() + " bytes: "
                            + parser.damage());
        }
        storage.truncate(file(), parser.committed(), (nothing, failure) -> refuse(failure, "truncate " + file()));
        settle();
    }

    /**
     * What was read may never have reached the disk, if the process died and not the machine; and after a sync that failed
     * the operating system takes it for written, so that a sync now would prove nothing. Only the last batch can be in doubt:
     * it is written again, as it was read, and synced before anyone relies on it.
     */
    private void settle() {
        Bytes last = parser.lastBatch();
        if (!last.isEmpty()) {
            storage.write(
                    file(),
                    parser.committed() - last.length(),
                    last,
                    (nothing, failure) -> refuse(failure, "write " + file()));
        }
        storage.sync(file(), (nothing, failure) -> {
            refuse(failure, "sync " + file());
            done.onRecovered(new Tail(segment, parser.committed(), parser.chain()));
        });
    }

    private String file() {
        return WalFormat.fileName(segment);
    }

    static void refuse(Failure failure, String what) {
        if (failure != null) {
            throw StorageHaltException.of(failure, "write-ahead log: cannot " + what);
        }
    }
}
