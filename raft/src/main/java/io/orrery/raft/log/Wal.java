package io.orrery.raft.log;

import io.orrery.kernel.Check;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.Storage.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The write-ahead log of a node, shared by all its groups, so that one sync serves them all.
 *
 * <p>What groups append within one event loop cycle becomes one batch: one write and one sync. While they are under way
 * the next batch gathers. Form on disk: {@link WalFormat}; reading back: {@link WalRecovery}.
 *
 * <ul>
 *   <li>I1: at most one batch is being written, and the next is written only when that one is durable.
 *   <li>I2: a segment is begun only when the one before it is durable to its end.
 * </ul>
 *
 * <p>Segments are not yet deleted: the log grows as long as the node lives. A disk that refuses a write halts the node.
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
    private final WalReplay replay = new WalReplay() {
        @Override
        public boolean onEntry(long group, Entry entry) {
            return log(group).maybeReplay(entry);
        }

        @Override
        public boolean onTruncate(long group, long fromIndex) {
            kernel.trace().reached(WalMarks.TRUNCATION_REPLAYED);
            return log(group).maybeReplayTruncation(fromIndex);
        }

        @Override
        public void onHardState(long group, HardState state) {
            log(group).replay(state);
        }
    };
    private List<Runnable> waiting = new ArrayList<>();
    private List<RaftLog> gathered = new ArrayList<>();
    private List<RaftLog> syncing = new ArrayList<>();
    private boolean recovered;
    private boolean flushQueued;
    private boolean syncUnderWay;
    private long syncStartedNanos;
    private long segment;
    private long namedSegment = -1;
    private String segmentFile;
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
    }

    /**
     * Reads the log back. A damaged one stops the node with a {@link CorruptWalException}, which names file and offset.
     */
    @Override
    public void start() {
        new WalRecovery(kernel.storage(), header, config.readBytes(), replay, kernel.trace(), this::onRecovered)
                .start();
    }

    private void onRecovered(WalRecovery.Tail tail) {
        Check.that(!recovered, "a log is recovered once");
        recovered = true;
        segment = tail.segment();
        offset = tail.offset();
        chain = tail.chain();
        logs.values().forEach(RaftLog::onRecovered);
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
    public RaftLog open(long group, Runnable onDurable) {
        RaftLog log = log(group);
        log.onDurable(onDurable);
        return log;
    }

    private RaftLog log(long group) {
        return logs.computeIfAbsent(group, id -> new RaftLog(this, id));
    }

    /** Whether the disk is so far behind that groups must hold back. */
    public boolean isBacklogged() {
        if (batch.sizeBytes() < config.backlogBytesMax()) {
            return false;
        }
        kernel.trace().reached(WalMarks.BACKLOGGED);
        return true;
    }

    public WalCounters counters() {
        return counters;
    }

    void append(RaftLog log, Entry entry) {
        gather(log);
        batch.entry(log.group(), entry);
    }

    void truncate(RaftLog log, long fromIndex) {
        gather(log);
        batch.truncate(log.group(), fromIndex);
    }

    void hardState(RaftLog log, HardState state) {
        gather(log);
        batch.hardState(log.group(), state);
    }

    private void gather(RaftLog log) {
        Check.that(recovered, "nothing is appended before recovery", log.group());
        if (log.maybeGather()) {
            gathered.add(log);
        }
        queueFlush();
    }

    private void queueFlush() {
        if (!flushQueued && !syncUnderWay) {
            flushQueued = true;
            kernel.defer(this::flush);
        }
    }

    /** Writes and syncs what has gathered. */
    private void flush() {
        flushQueued = false;
        Check.that(!syncUnderWay, "I1: one batch at a time");
        Check.that(!batch.isEmpty(), "a flush has something to write");
        if (offset > 0 && offset + batch.sizeBytes() > config.segmentBytes()) {
            segment++;
            offset = 0;
            kernel.trace().reached(WalMarks.SEGMENT_ROLLED);
        }
        counters.records += batch.records();
        WalBatch.Sealed sealed = batch.seal(segment, offset, chain);
        List<RaftLog> participants = gathered;
        gathered = syncing;
        syncing = participants;
        syncing.forEach(RaftLog::onSealed);

        syncUnderWay = true;
        syncStartedNanos = kernel.nowNanos();
        String file = segmentFile();
        kernel.storage().write(file, offset, sealed.bytes(), this::onWritten);
        kernel.storage().sync(file, this::onSynced);
        offset += sealed.bytes().length();
        chain = sealed.chain();
        counters.batches++;
        counters.bytes += sealed.bytes().length();
    }

    /** The present segment's; a segment takes many batches. */
    private String segmentFile() {
        if (namedSegment != segment) {
            namedSegment = segment;
            segmentFile = WalFormat.fileName(segment);
        }
        return segmentFile;
    }

    private void onWritten(Void nothing, Failure failure) {
        refuse(failure, "write ");
    }

    private void refuse(Failure failure, String what) {
        if (failure != null) {
            if (failure.kind() == Failure.Kind.FULL) {
                kernel.trace().reached(WalMarks.OUT_OF_SPACE);
            }
            WalRecovery.refuse(failure, what + WalFormat.fileName(segment));
        }
    }

    private void onSynced(Void nothing, Failure failure) {
        refuse(failure, "sync ");
        Check.that(syncUnderWay, "I1: a sync completes once");
        syncUnderWay = false;
        counters.onSync(kernel.nowNanos() - syncStartedNanos);
        if (!batch.isEmpty()) {
            kernel.trace().reached(WalMarks.GATHERED_DURING_SYNC);
            queueFlush();
        }
        for (int i = 0; i < syncing.size(); i++) {
            syncing.get(i).onSynced();
        }
        syncing.clear();
    }
}
