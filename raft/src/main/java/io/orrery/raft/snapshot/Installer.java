package io.orrery.raft.snapshot;

import io.orrery.kernel.Check;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Storage.Failure;
import io.orrery.kernel.Timer;
import io.orrery.kernel.codec.Bytes;
import io.orrery.raft.message.SliceRefusal;
import io.orrery.raft.message.SliceRequest;
import io.orrery.raft.message.SnapshotMessage;
import io.orrery.raft.message.SnapshotSlice;
import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Fetches one snapshot at a time, slice by slice, from whoever has it, into a file; a window of slices is under way. What is in
 * the file and intact is not fetched again, whatever stopped it: another leader, a broken connection, a crash.
 *
 * <pre>
 *   IDLE --begin--> SCANNING --what is there is known--> PULLING --all slices are there--> SEALING --> IDLE
 * </pre>
 *
 * <ul>
 *   <li>N1: slices asked for and slices being written are together at most the window.
 *   <li>N2: the file gets its name when all of it is durable and its checksum is that of the snapshot.
 * </ul>
 *
 * <p>For the node's thread.
 */
public final class Installer {
    /** Where messages go, and what comes of it. */
    public interface Host {
        boolean send(NodeId to, SnapshotMessage message);

        /** The file is complete and durable. */
        void onFetched(SnapshotId id);

        /** Nobody of those that were named has the snapshot. */
        void onExhausted(SnapshotId id);
    }

    /** As in {@link SnapshotTaker}. */
    private static final long SYNC_BYTES = 4L * 1024 * 1024;

    private enum Phase {
        IDLE,
        SCANNING,
        PULLING,
        SEALING
    }

    /** A slice that was asked for. */
    private record Request(NodeId of, long untilNanos) {}

    private final Kernel kernel;
    private final SnapshotFiles files;
    private final SnapshotConfig config;
    private final SnapshotCounters counters;
    private final Host host;
    private final long patienceNanos;
    private final Timer timer;
    private final TreeMap<Integer, Request> requests = new TreeMap<>();
    private Phase phase = Phase.IDLE;
    private SnapshotId id;
    private String name;
    private SliceSources sources;
    private NodeId first;
    private BitSet intact = new BitSet();
    private BitSet begun = new BitSet();
    private int[] crcs = {};
    private int writing;
    private long unsynced;
    private long movedNanos;
    private int lives;

    /**
     * @param patienceNanos how long a slice may take before it is asked of another
     */
    public Installer(
            Kernel kernel,
            SnapshotFiles files,
            SnapshotConfig config,
            SnapshotCounters counters,
            long patienceNanos,
            Host host) {
        this.kernel = kernel;
        this.files = files;
        this.config = config;
        this.counters = counters;
        this.patienceNanos = patienceNanos;
        this.host = host;
        this.timer = kernel.timer("install", this::onTimeout);
    }

    public boolean isBusy() {
        return phase != Phase.IDLE;
    }

    /** The snapshot that is being fetched; null if none is. */
    public SnapshotId id() {
        return isBusy() ? id : null;
    }

    /** Slices that are there. */
    public int slices() {
        return intact.cardinality();
    }

    /**
     * Fetches a snapshot, or goes on fetching it. Another one that is being fetched, and moves, is fetched to its end first.
     *
     * @param from who offered it, or the first to ask
     */
    public void begin(SnapshotId wanted, NodeId from, List<NodeId> others) {
        if (isBusy() && (wanted.equals(id) || phase == Phase.SEALING || isMoving())) {
            if (wanted.equals(id)) {
                sources.add(List.of(from));
                sources.add(others);
            }
            return;
        }
        if (isBusy()) {
            kernel.trace().reached(SnapshotMarks.INTERRUPTED);
            kernel.trace().transition("interrupt-install", id + " for " + wanted);
            stop();
        }
        lives++;
        id = wanted;
        name = SnapshotName.installing(wanted);
        first = from;
        sources = new SliceSources();
        sources.add(List.of(from));
        sources.add(others);
        intact = new BitSet();
        begun = new BitSet();
        crcs = new int[wanted.slices()];
        movedNanos = kernel.nowNanos();
        phase = Phase.SCANNING;
        boolean hasPart = files.hasPart(wanted);
        kernel.trace().transition("install", wanted + " from " + from);
        Bytes header = SnapshotFormat.header(files.group(), wanted.index(), wanted.term(), wanted.sliceBytes());
        files.write(name, 0, header, ofThisLife(() -> {
            if (hasPart || files.isDamaged(wanted)) {
                scan(0);
            } else {
                pull();
            }
        }));
        timer.restart(patienceNanos);
    }

    private boolean isMoving() {
        return kernel.nowNanos() - movedNanos < 2 * patienceNanos;
    }

    /** What a completion does if what it is for goes on; a failure of the disk ends that. */
    private Consumer<Failure> ofThisLife(Runnable next) {
        int life = lives;
        return failure -> {
            if (life != lives || phase == Phase.IDLE) {
                return;
            }
            if (failure == null) {
                next.run();
            } else {
                kernel.trace().reached(SnapshotMarks.ABANDONED);
                kernel.trace().transition("abandon-install", id + " " + failure.reason());
                counters.abandoned++;
                files.deletePart(name);
                stop();
            }
        };
    }

    /** Ends it; what is in the file stays. */
    public void stop() {
        phase = Phase.IDLE;
        lives++;
        requests.clear();
        writing = 0;
        timer.cancel();
    }

    // ---- What is there already

    private void scan(int slice) {
        if (slice == id.slices()) {
            if (!intact.isEmpty()) {
                kernel.trace().reached(SnapshotMarks.RESUMED);
                kernel.trace().transition("resume-install", id + " slices=" + slices() + "/" + id.slices());
            }
            pull();
            return;
        }
        int life = lives;
        files.read(name, id, slice, payload -> {
            if (life != lives) {
                return;
            }
            if (payload != null) {
                has(slice, payload);
                scan(slice + 1);
            } else if (files.isDamaged(id)) {
                salvage(slice);
            } else {
                scan(slice + 1);
            }
        });
    }

    /** A slice of the damaged file that is to be replaced. */
    private void salvage(int slice) {
        int life = lives;
        files.read(SnapshotName.complete(id.index(), id.term()), id, slice, payload -> {
            if (life != lives) {
                return;
            }
            if (payload == null) {
                scan(slice + 1);
                return;
            }
            write(slice, payload, () -> {
                has(slice, payload);
                scan(slice + 1);
            });
        });
    }

    private void has(int slice, Bytes payload) {
        crcs[slice] = payload.crc32c();
        intact.set(slice);
        begun.set(slice);
        movedNanos = kernel.nowNanos();
    }

    // ---- What is fetched

    private void pull() {
        phase = Phase.PULLING;
        if (intact.cardinality() == id.slices()) {
            seal();
            return;
        }
        int missing = begun.nextClearBit(0);
        while (missing < id.slices() && requests.size() + writing < config.windowSlices()) {
            NodeId source = sources.next();
            if (source == null) {
                return;
            }
            if (host.send(source, new SliceRequest(id, missing))) {
                begun.set(missing);
                requests.put(missing, new Request(source, kernel.nowNanos() + patienceNanos));
                missing = begun.nextClearBit(missing + 1);
            } else {
                sources.leaveOut(source);
            }
        }
        Check.that(
                requests.size() + writing <= config.windowSlices(), "N1: the window bounds what is under way", writing);
    }

    public void onSlice(NodeId from, SnapshotSlice message) {
        int slice = message.slice();
        boolean isAsked = phase == Phase.PULLING && message.checksum() == id.checksum() && requests.containsKey(slice);
        if (!isAsked || message.payload().length() != id.sliceLength(slice)) {
            return;
        }
        requests.remove(slice);
        counters.slicesReceived++;
        if (!from.equals(first)) {
            kernel.trace().reached(SnapshotMarks.FROM_PEER);
        }
        Bytes payload = message.payload();
        writing++;
        write(slice, payload, () -> {
            writing--;
            has(slice, payload);
            pull();
        });
    }

    private void write(int slice, Bytes payload, Runnable next) {
        long offset = SnapshotFormat.sliceOffset(id.sliceBytes(), slice);
        unsynced += payload.length();
        if (unsynced >= SYNC_BYTES) {
            unsynced = 0;
            files.sync(name, ofThisLife(() -> {}));
        }
        files.write(name, offset, SnapshotFormat.framed(payload, files.group(), id.index(), slice), ofThisLife(next));
    }

    public void onRefusal(NodeId from, SliceRefusal message) {
        boolean isAsked = phase == Phase.PULLING && message.checksum() == id.checksum();
        Request request = isAsked ? requests.get(message.slice()) : null;
        if (request == null || !request.of.equals(from)) {
            return;
        }
        requests.remove(message.slice());
        begun.clear(message.slice());
        sources.leaveOut(from);
        if (sources.isExhausted()) {
            host.onExhausted(id);
        }
        if (phase == Phase.PULLING) {
            pull();
        }
    }

    private void onTimeout() {
        timer.restart(patienceNanos);
        if (phase != Phase.PULLING) {
            return;
        }
        long now = kernel.nowNanos();
        requests.entrySet().removeIf(each -> {
            boolean isLate = each.getValue().untilNanos <= now;
            if (isLate) {
                kernel.trace().reached(SnapshotMarks.SLICE_TIMED_OUT);
                begun.clear(each.getKey());
                sources.leaveOut(each.getValue().of);
            }
            return isLate;
        });
        if (sources.isExhausted()) {
            sources.readmit();
            host.onExhausted(id);
        }
        if (phase == Phase.PULLING) {
            pull();
        }
    }

    // ---- The end

    /** N2. */
    private void seal() {
        phase = Phase.SEALING;
        long checksum = 0;
        for (int crc : crcs) {
            checksum = SnapshotFormat.chain(checksum, crc);
        }
        if (checksum != id.checksum()) {
            kernel.trace().reached(SnapshotMarks.DAMAGED);
            kernel.trace().transition("abandon-install", id + " its slices are of another");
            counters.damaged++;
            files.deletePart(name);
            stop();
            return;
        }
        String complete = SnapshotName.complete(id.index(), id.term());
        files.write(
                name,
                SnapshotFormat.footerOffset(id),
                SnapshotFormat.footer(id),
                ofThisLife(() ->
                        files.sync(name, ofThisLife(() -> files.rename(name, complete, ofThisLife(this::onRenamed))))));
    }

    private void onRenamed() {
        files.onPartRenamed(name);
        files.onComplete(id);
        stop();
        host.onFetched(id);
    }
}
