package io.orrery.raft.log;

import io.orrery.kernel.Check;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.Storage;
import io.orrery.kernel.Storage.Failure;
import io.orrery.kernel.codec.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The write-ahead log of a node, shared by all its groups, so that one sync serves them all.
 *
 * <p>What groups append within one event loop cycle becomes one batch: one write and one sync. While they are under way
 * the next batch gathers. Form on disk: {@link WalFormat}; reading back: {@link WalRecovery}; how the log stays small on disk:
 * {@link Collector}; where its space comes from: {@link Room}.
 *
 * <ul>
 *   <li>I1: at most one batch is being written, and the next is written only when that one is durable.
 *   <li>I2: a segment is begun only when the one before it is durable to its end, and ends there.
 *   <li>I3: a batch that a full disk refuses is written elsewhere or later, in its order; nothing of it counts before.
 * </ul>
 *
 * <p>A full disk does not halt the node: the log {@link #isFull() is full} until there is space again, which is tried with
 * growing pauses. Groups then put nothing into it that can wait. Any other failure of the disk halts the node.
 *
 * <p>For the node's thread.
 */
public final class Wal implements Protocol {
    private final Kernel kernel;
    private final WalConfig config;
    private final TreeMap<Long, RaftLog> logs = new TreeMap<>();
    private final SegmentHeader header;
    private final WalBatch batch;
    private final WalCounters counters = new WalCounters();
    private final Segments segments = new Segments();
    private final Ahead ahead = new Ahead();
    private final ChunkPool chunks = new ChunkPool();
    private final Collector collector;
    private final Spare spare;
    private final Room room;
    private final Scrubber scrubber;
    private final Runnable flushing = this::flush;
    private final Storage.Completion<Void> written = this::onWritten;
    private final Storage.Completion<Void> synced = this::onSynced;
    private final EntryReader reader = new EntryReader();
    private final WatermarkWriter watermark;
    private LogReplay replay;
    private final Findings findings;
    private List<Runnable> waiting = new ArrayList<>();
    private List<RaftLog> gathered = new ArrayList<>();
    private List<RaftLog> syncing = new ArrayList<>();
    private boolean recovered;
    private boolean flushQueued;
    private int appended;
    private boolean syncUnderWay;
    private boolean isRefused;
    private Bytes sealed = Bytes.EMPTY;
    private int chainBehindSealed;
    private long sealedOffset;
    private int sealedChain;
    private long sealedNeeded;
    private long syncStartedNanos;
    private long segment;
    private long offset;
    private int chain;

    /**
     * @param kernel a scope of its own: its folder holds the segments
     */
    public Wal(Kernel kernel, WalConfig config) {
        this.kernel = kernel;
        this.config = config;
        this.header = new SegmentHeader(kernel.self(), config.version());
        this.batch = new WalBatch(header);
        this.collector = new Collector(logs, segments, config, counters);
        this.room = new Room(kernel, config, counters, this::writeAgain, bytes -> segments.grow(segment, bytes));
        this.spare = room.spare();
        this.scrubber = new Scrubber(kernel, new Scrubbed(), counters);
        this.watermark = new WatermarkWriter(kernel, counters);
        this.findings = new Findings(logs, segments, kernel.trace());
    }

    /**
     * Reads the log back. A damaged one stops the node with a {@link CorruptWalException}, which names file and offset.
     */
    @Override
    public void start() {
        replay = new LogReplay(this::log, collector::firstNeeded, kernel.trace());
        new WalRecovery(kernel.storage(), header, config.readBytes(), replay, kernel.trace(), this::onRecovered)
                .start();
    }

    private void onRecovered(WalRecovery.Tail tail) {
        Check.that(!recovered, "a log is recovered once");
        recovered = true;
        segment = tail.segment();
        offset = tail.offset();
        chain = tail.chain();
        tail.lengths().forEach((number, length) -> {
            segments.open(number);
            segments.length(number, length);
        });
        watermark.onRecovered(tail.watermark());
        if (!segments.isEmpty() || !tail.damages().isEmpty()) {
            findings.onRecovered(tail.damages(), replay.gaps(), collector.firstNeeded());
        }
        onDamagesFound();
        if (!segments.isEmpty()) {
            tail.leftovers().keySet().forEach(number -> spare.drop(WalFormat.fileName(number)));
            collector.firstNeeded(segments.oldest());
            release(collector.firstNeeded());
        }
        spare.onRecovered(tail.spareBytes());
        scrubber.start();
        if (segment > 1) {
            kernel.trace().reached(WalMarks.SEGMENTS_RECOVERED);
        }
        if (kernel.trace().isOn()) {
            kernel.trace()
                    .transition("wal-recovered", "segment=" + segment + " offset=" + offset + " groups=" + logs.size());
        }
        List<Runnable> ready = waiting;
        waiting = new ArrayList<>();
        ready.forEach(Runnable::run);
    }

    /** What is lost is written down at once, and the damaged segments are given away as soon as nothing in them is live. */
    private void onDamagesFound() {
        if (!damages().isEmpty()) {
            counters.damagesFound += damages().size();
            findings.noteLosses(collector);
            queueFlush();
        }
    }

    /** What recovery found damaged in this life; empty for a sound disk. */
    public List<WalDamage> damages() {
        return findings.damages();
    }

    public boolean isRecovered() {
        return recovered;
    }

    /** Runs the task once the log is recovered: in that event, or in a later one if it is already. */
    public void whenRecovered(Runnable task) {
        if (recovered) {
            kernel.defer(task);
        } else {
            waiting.add(task);
        }
    }

    /**
     * A group's log; once for each group. Until recovery it is empty.
     *
     * @param onDurable runs in the disk's completion, after each sync that held something of this group
     */
    public RaftLog open(long group, Ahead.Task onDurable) {
        boolean isNew = recovered && !logs.containsKey(group);
        RaftLog log = log(group);
        if (isNew) {
            findings.onNewGroup(log);
        }
        log.onDurable(onDurable);
        return log;
    }

    /** The node's, for a batch that is read within one call. */
    public EntryReader read(EntryBatch entries) {
        reader.begin(entries);
        return reader;
    }

    private RaftLog log(long group) {
        return logs.computeIfAbsent(group, id -> new RaftLog(this, id, segments, chunks));
    }

    /** Whether the disk is so far behind that groups must hold back. */
    public boolean isBacklogged() {
        if (batch.sizeBytes() < config.backlogBytesMax()) {
            return false;
        }
        kernel.trace().reached(WalMarks.BACKLOGGED);
        return true;
    }

    /**
     * Whether the disk has no space: then groups put into the log only what cannot wait, which is hard states, truncations,
     * compactions, changes of members and what opens a term. Ends by itself when there is space.
     */
    public boolean isFull() {
        return room.isFull();
    }

    /**
     * For how long the disk has owed an answer, in nanoseconds; 0 while it owes none. A full disk is not a slow one: waiting for
     * space does not count.
     */
    public long silentNanos() {
        return syncUnderWay && !room.isAwaited() ? kernel.nowNanos() - syncStartedNanos : 0;
    }

    /** Bytes that the log takes on disk: its segments, as long as their files are. */
    public long usedBytes() {
        return segments.usedBytes();
    }

    /** Bytes of the log on disk that a group would miss. */
    public long liveBytes() {
        return segments.liveBytes();
    }

    /** How many segments there are. */
    public int segments() {
        return segments.count();
    }

    public WalCounters counters() {
        return counters;
    }

    void append(RaftLog log, EntryWindow entries, long index) {
        gather(log);
        appended++;
        batch.entry(log, entries, index);
    }

    void truncate(RaftLog log, long fromIndex) {
        gather(log);
        appended++;
        batch.truncate(log, fromIndex);
    }

    void hardState(RaftLog log, HardState state) {
        gather(log);
        appended++;
        batch.hardState(log, state);
    }

    /** Whether the format in which this log is written knows compaction. */
    boolean compacts() {
        return header.version() >= 3;
    }

    void compact(RaftLog log, long index, long term) {
        gather(log);
        appended++;
        batch.compact(log, index, term);
    }

    void restart(RaftLog log, long index, long term) {
        gather(log);
        appended++;
        batch.restart(log, index, term);
    }

    void gather(RaftLog log) {
        Check.that(recovered, "nothing is appended before recovery", log.group());
        if (log.maybeGather()) {
            gathered.add(log);
        }
        queueFlush();
    }

    private void queueFlush() {
        if (!flushQueued && !syncUnderWay) {
            flushQueued = true;
            kernel.defer(flushing);
        }
    }

    /** Writes and syncs what has gathered, and what the collector adds. */
    private void flush() {
        flushQueued = false;
        Check.that(!syncUnderWay, "I1: one batch at a time");
        syncUnderWay = true;
        syncStartedNanos = kernel.nowNanos();
        if (compacts()) {
            long rewritten = counters.bytesRewritten;
            collector.collect(batch, segment, isFull());
            if (batch.isEmpty() && collector.isDamaged(segment)) {
                batch.release(collector.firstNeeded());
            }
            if (counters.bytesRewritten > rewritten) {
                kernel.trace().reached(WalMarks.REWRITTEN);
            }
        }
        if (batch.isEmpty()) {
            syncUnderWay = false;
        } else if (offset > 0 && collector.isDamaged(segment)) {
            closeSegment(this::openNext);
        } else if (offset > 0 && offset + batch.sizeBytes() > config.segmentBytes()) {
            kernel.trace().reached(WalMarks.SEGMENT_ROLLED);
            closeSegment(this::openNext);
        } else {
            write();
        }
    }

    /** What {@link Scrubber} reads, and what is done about what it finds. */
    private final class Scrubbed implements Scrubber.Source {
        @Override
        public long oldest() {
            return segments.isEmpty() ? 0 : segments.oldest();
        }

        @Override
        public long durableBytes(long number) {
            if (segments.isEmpty() || number < segments.oldest() || number > segment) {
                return -1;
            }
            if (number < segment) {
                return segments.bytes(number);
            }
            return syncUnderWay ? Math.min(sealedOffset, offset) : offset;
        }

        @Override
        public void onDamage(long number, long damagedAt, String what) {
            counters.onDamage(WalFormat.fileName(number), damagedAt, what);
            kernel.trace().reached(WalMarks.DAMAGE_FOUND);
            kernel.trace()
                    .transition("wal-damaged", WalFormat.fileName(number) + " at offset " + damagedAt + ": " + what);
            if (compacts()) {
                collector.onDamaged(number);
                queueFlush();
            }
        }
    }

    /** I2: a segment ends where its last batch does, so what its file held in an earlier life is not taken for its end. */
    private void closeSegment(Runnable next) {
        String file = segments.fileName(segment);
        room.onClosing();
        if (segments.bytes(segment) == offset) {
            next.run();
            return;
        }
        kernel.storage().truncate(file, offset, (nothing, failure) -> refuse(failure, "truncate "));
        kernel.storage().sync(file, (nothing, failure) -> {
            refuse(failure, "sync ");
            segments.length(segment, offset);
            next.run();
        });
    }

    private void openNext() {
        long next = segment + 1;
        long bytes = spare.bytes();
        if (bytes == 0) {
            beginSegment(next, 0);
            write();
            return;
        }
        if (bytes >= config.segmentBytes() / 2) {
            counters.segmentsRecycled++;
            kernel.trace().reached(WalMarks.SEGMENT_RECYCLED);
        }
        spare.take(WalFormat.fileName(next), () -> {
            beginSegment(next, bytes);
            write();
            spare.maybeMake();
        });
    }

    private void beginSegment(long number, long bytes) {
        if (segments.isEmpty() || number > segment) {
            segments.open(number);
        }
        segment = number;
        offset = 0;
        segments.length(segment, bytes);
    }

    private void write() {
        if (segments.isEmpty()) {
            segments.open(segment);
        }
        counters.records += appended;
        appended = 0;
        sealedChain = chain;
        sealedNeeded = collector.firstNeeded();
        sealed = batch.seal(segment, offset, chain, sealedNeeded);
        chainBehindSealed = batch.chainBehind();
        List<RaftLog> participants = gathered;
        gathered = syncing;
        syncing = participants;
        syncing.forEach(RaftLog::onSealed);
        counters.batches++;
        counters.bytes += sealed.length();
        issue();
    }

    private void issue() {
        String file = segments.fileName(segment);
        kernel.storage().write(file, offset, sealed, written);
        kernel.storage().sync(file, synced);
        syncStartedNanos = kernel.nowNanos();
        sealedOffset = offset;
        offset += sealed.length();
        chain = chainBehindSealed;
        segments.grow(segment, offset);
        room.onIssued(file, offset, segments.bytes(segment));
    }

    private void onWritten(Void nothing, Failure failure) {
        if (failure != null && failure.kind() == Failure.Kind.FULL) {
            isRefused = true;
        } else {
            refuse(failure, "write ");
        }
    }

    private void refuse(Failure failure, String what) {
        WalRecovery.refuse(failure, what, segments.fileName(segment));
    }

    private void onSynced(Void nothing, Failure failure) {
        refuse(failure, "sync ");
        Check.that(syncUnderWay, "I1: a sync completes once");
        if (isRefused) {
            onRefused();
            return;
        }
        syncUnderWay = false;
        long syncNanos = kernel.nowNanos() - syncStartedNanos;
        counters.onSync(syncNanos);
        watermark.onDurable(segment, offset, syncNanos);
        if (!batch.isEmpty()) {
            kernel.trace().reached(WalMarks.GATHERED_DURING_SYNC);
            queueFlush();
        }
        for (int i = 0; i < syncing.size(); i++) {
            ahead.approach(syncing, i);
            syncing.get(i).onSynced(segment);
        }
        syncing.clear();
        release(sealedNeeded);
        if (compacts() && collector.hasWork(segment)) {
            queueFlush();
        }
    }

    /** Gives away the segments before this one: what says so is durable. */
    private void release(long firstNeeded) {
        while (segments.oldest() < firstNeeded) {
            long number = segments.oldest();
            long bytes = segments.bytes(number);
            segments.release(number);
            counters.segmentsReleased++;
            kernel.trace().reached(WalMarks.SEGMENT_RELEASED);
            if (collector.isDamaged(number)) {
                spare.drop(WalFormat.fileName(number));
            } else {
                spare.put(WalFormat.fileName(number), bytes);
            }
        }
    }

    // ---- A full disk

    /** I3: gives back what the refused write has taken, and writes the batch to the space that is kept for this. */
    private void onRefused() {
        isRefused = false;
        kernel.trace().reached(WalMarks.OUT_OF_SPACE);
        counters.writesRefused++;
        offset = sealedOffset;
        chain = sealedChain;
        room.onRefused();
        closeSegment(this::writeToReserve);
    }

    private void writeToReserve() {
        if (!spare.isReady()) {
            room.await();
            return;
        }
        kernel.trace().reached(WalMarks.RESERVE_USED);
        long bytes = spare.bytes();
        long next = offset == 0 ? segment : segment + 1;
        spare.take(WalFormat.fileName(next), () -> {
            beginSegment(next, bytes);
            writeAgain();
        });
    }

    private void writeAgain() {
        WalBatch again = new WalBatch(header);
        again.addAll(sealed);
        sealed = again.seal(segment, offset, chain, sealedNeeded);
        chainBehindSealed = again.chainBehind();
        issue();
    }
}
