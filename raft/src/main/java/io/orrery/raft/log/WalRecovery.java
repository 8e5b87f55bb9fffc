package io.orrery.raft.log;

import io.orrery.kernel.Check;
import io.orrery.kernel.Storage;
import io.orrery.kernel.Storage.Failure;
import io.orrery.kernel.Storage.FileStat;
import io.orrery.kernel.StorageHaltException;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Reads the segments back, in order and in bounded pieces, and decides about the end of the log.
 *
 * <p>A batch is written only when the one before it is durable, and a segment is begun only when the one before it is. So
 * damage has two explanations and a way to tell them apart:
 *
 * <ul>
 *   <li>In the last segment, zeros up to the end are space that was taken ahead ({@link Runway}).
 *   <li>Anything else there, with no intact batch behind it, is a write that a crash tore. Nobody was told of that
 *       batch; it is cut off, on disk too and durably, so that what is appended next can be reached.
 *   <li>Anywhere else, where a sector cannot be read, where the log would end before its {@link Watermark}, or where its last
 *       segment begins with what no torn write leaves ({@link SegmentStart}), it hits what was durable. It is noted, and what
 *       is intact behind it is kept ({@link Salvage}): each group learns what it may have lost, and that it must not vote as if
 *       it remembered.
 * </ul>
 *
 * <p>A read may be wrong though what it should have read is right. So nothing is concluded from damage before the batch was
 * read a second time.
 *
 * <p>Damage behind the last watermark, after it was durable, looks like a torn write and is cut. A single log cannot tell.
 */
final class WalRecovery {
    /**
     * Where the log goes on.
     *
     * @param lengths of the segments that were read
     * @param leftovers released ones before them
     * @param spareBytes length of the spare file, 0 if there is none
     * @param damages parts of segments that are lost
     * @param watermark as it was found
     */
    record Tail(
            long segment,
            long offset,
            int chain,
            TreeMap<Long, Long> lengths,
            TreeMap<Long, Long> leftovers,
            long spareBytes,
            List<WalDamage> damages,
            Watermark watermark) {}

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
    private long segment;
    private SegmentParser parser;
    private final TreeMap<Long, Long> leftovers = new TreeMap<>();
    private final List<WalDamage> damages = new ArrayList<>();
    private final CarefulReader reader;
    private final WatermarkReader watermark;
    private boolean isSecondLook;
    private long spareBytes;
    private long unreadableBefore;

    WalRecovery(Storage storage, SegmentHeader header, int readBytes, WalReplay replay, Trace trace, Done done) {
        this.storage = storage;
        this.reader = new CarefulReader(storage);
        this.watermark = new WatermarkReader(storage);
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
            } else if (file.name().equals(Spare.FILE)) {
                spareBytes = file.length();
            }
        }
        dropLeftovers();
        if (lengths.isEmpty()) {
            watermark.read(this::onNoSegments);
        } else {
            begin(lengths.firstKey());
        }
    }

    private void onNoSegments(Watermark mark) {
        if (mark.number() > 0) {
            noteMissing(WalFormat.fileName(mark.segment()), 0, mark);
            replay.onGap();
        }
        done.onRecovered(new Tail(1, 0, 0, lengths, leftovers, spareBytes, damages, mark));
    }

    /**
     * Released segments are deleted one by one, and a crash may bring one back. So only those from the last gap on count; whether
     * one of them is missing shows when it is known which are needed.
     */
    private void dropLeftovers() {
        long from = lengths.isEmpty() ? 1 : lengths.lastKey();
        while (lengths.containsKey(from - 1)) {
            from--;
        }
        for (long number : new ArrayList<>(lengths.headMap(from).keySet())) {
            leftovers.put(number, lengths.remove(number));
        }
    }

    /** The first segment that is there vouches for itself, the others for those before them. */
    private void begin(long number) {
        boolean adopts = parser == null || parser.isTorn();
        int chain = parser == null ? 0 : parser.chain();
        segment = number;
        unreadableBefore = reader.unreadable();
        parser = new SegmentParser(header, number, lengths.get(number), chain, adopts, replay);
        replay.onSegment(number);
        goOn();
    }

    private void goOn() {
        if (parser.damage() != null && !isSecondLook) {
            trace.reached(WalMarks.READ_AGAIN);
            isSecondLook = true;
            parser.lookAgain();
            goOn();
        } else if (parser.damage() != null) {
            onDamage();
        } else if (parser.isAtEnd()) {
            onEnd();
        } else {
            int asked = Math.max(readBytes, parser.wanted());
            reader.read(file(), parser.position(), asked, bytes -> onRead(bytes, asked));
        }
    }

    /** A record may turn out to be longer than what was asked for: then more is asked for. */
    private void onRead(Bytes bytes, int asked) {
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
        parser.finish();
        watermark.read(this::onEnd);
    }

    /** A segment was read to its end, which may not be where it ended once. */
    private void onEnd(Watermark mark) {
        boolean isLast = segment == lengths.lastKey();
        long end = parser.position();
        if (mark.isBeyond(segment, end) && (isLast || mark.segment() == segment)) {
            noteMissing(file(), end, mark);
            parser.skipTo(end);
        }
        if (isLast) {
            settle(mark);
        } else {
            begin(segment + 1);
        }
    }

    private void noteMissing(String file, long from, Watermark mark) {
        WalDamage missing = new WalDamage(file, from, from, "the log ends here, but was durable up to " + mark);
        if (header.version() < 3) {
            throw new CorruptWalException(file, from, missing.reason());
        }
        trace.reached(WalMarks.ENDS_BEFORE_WATERMARK);
        damages.add(missing);
        trace.transition("wal-damaged", missing.toString());
    }

    private void onDamage() {
        boolean isUnreadable = reader.unreadable() > unreadableBefore;
        if (isUnreadable) {
            trace.reached(WalMarks.UNREADABLE);
        }
        if (segment != lengths.lastKey() || isUnreadable || parser.isTorn()) {
            salvage(parser.damage());
            return;
        }
        new TailScan(
                        reader,
                        segment,
                        lengths.get(segment),
                        parser.committed(),
                        parser.position(),
                        readBytes,
                        this::onScanned)
                .start();
    }

    private void onScanned(TailScan.Verdict verdict) {
        if (verdict == TailScan.Verdict.DAMAGED) {
            salvage(parser.damage());
        } else if (verdict == TailScan.Verdict.TORN && parser.position() == 0) {
            reader.read(file(), 0, SegmentStart.BYTES, this::onStart);
        } else {
            watermark.read(mark -> onTail(verdict, mark));
        }
    }

    private void onTail(TailScan.Verdict verdict, Watermark mark) {
        if (mark.isBeyond(segment, parser.committed())) {
            trace.reached(WalMarks.ENDS_BEFORE_WATERMARK);
            salvage(parser.damage() + ", and the log was durable up to " + mark);
        } else if (verdict == TailScan.Verdict.EMPTY) {
            trace.reached(WalMarks.RUNWAY_FOUND);
            settle(mark);
        } else {
            cut(mark);
        }
    }

    /** Nothing in the last segment is intact: it may not have been written, or written over. */
    private void onStart(Bytes start) {
        if (SegmentStart.isOfTornWrite(start, segment)) {
            watermark.read(mark -> onTail(TailScan.Verdict.TORN, mark));
        } else {
            trace.reached(WalMarks.START_OVERWRITTEN);
            salvage(parser.damage() + ", where no torn write leaves one");
        }
    }

    /** What was durable is damaged: notes what is lost, and goes on behind it. */
    private void salvage(String reason) {
        if (header.version() < 3 && reader.unreadable() > unreadableBefore) {
            refuse(new Failure(Failure.Kind.IO, reason), "read " + file() + " at " + parser.position());
        }
        if (header.version() < 3) {
            throw new CorruptWalException(file(), parser.position(), reason);
        }
        long from = parser.position();
        new Salvage(reader, segment, lengths.get(segment), readBytes, intact -> {
                    trace.reached(WalMarks.SALVAGED);
                    damages.add(new WalDamage(file(), from, intact, reason));
                    trace.transition(
                            "wal-damaged", damages.get(damages.size() - 1).toString());
                    parser.skipTo(intact);
                    isSecondLook = false;
                    goOn();
                })
                .start(from);
    }

    private void cut(Watermark mark) {
        trace.reached(WalMarks.TORN_TAIL_CUT);
        if (trace.isOn()) {
            trace.transition(
                    "wal-cut",
                    file() + " from " + lengths.get(segment) + " to " + parser.committed() + " bytes: "
                            + parser.damage());
        }
        storage.truncate(file(), parser.committed(), (nothing, failure) -> refuse(failure, "truncate " + file()));
        lengths.put(segment, parser.committed());
        settle(mark);
    }

    /**
     * What was read may never have reached the disk, if the process died and not the machine; and after a sync that failed
     * the operating system takes it for written, so that a sync now would prove nothing. Only the last batch can be in doubt:
     * it is written again, as it was read, and synced before anyone relies on it.
     */
    private void settle(Watermark mark) {
        Bytes last = parser.lastBatch();
        boolean isTorn = parser.isTorn();
        if (!last.isEmpty() && !isTorn) {
            storage.write(
                    file(),
                    parser.committed() - last.length(),
                    last,
                    (nothing, failure) -> refuse(failure, "write " + file()));
        }
        storage.sync(file(), (nothing, failure) -> {
            refuse(failure, "sync " + file());
            long end = isTorn ? WalFormat.padded(lengths.get(segment)) : parser.committed();
            lengths.merge(segment, end, Math::max);
            done.onRecovered(new Tail(segment, end, parser.chain(), lengths, leftovers, spareBytes, damages, mark));
        });
    }

    private String file() {
        return WalFormat.fileName(segment);
    }

    static void refuse(Failure failure, String what) {
        refuse(failure, what, "");
    }

    static void refuse(Failure failure, String what, String file) {
        if (failure != null) {
            throw StorageHaltException.of(failure, "write-ahead log: cannot " + what + file);
        }
    }
}
