package io.orrery.raft;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.SnapshotSink;
import io.orrery.kernel.StateMachine;
import io.orrery.kernel.Timer;
import io.orrery.raft.log.RaftLog;
import io.orrery.raft.message.SliceRefusal;
import io.orrery.raft.message.SliceRequest;
import io.orrery.raft.message.SnapshotMessage;
import io.orrery.raft.message.SnapshotOffer;
import io.orrery.raft.message.SnapshotQuery;
import io.orrery.raft.message.SnapshotSlice;
import io.orrery.raft.snapshot.Installer;
import io.orrery.raft.snapshot.SnapshotConfig;
import io.orrery.raft.snapshot.SnapshotCounters;
import io.orrery.raft.snapshot.SnapshotFiles;
import io.orrery.raft.snapshot.SnapshotId;
import io.orrery.raft.snapshot.SnapshotLoader;
import io.orrery.raft.snapshot.SnapshotMarks;
import io.orrery.raft.snapshot.SnapshotMeta;
import io.orrery.raft.snapshot.SnapshotTaker;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * When a replica takes a snapshot, what it does with one that it fetched, and how far its log may be compacted (section 7;
 * dissertation, chapter 5). Files and transfers are in {@code raft.snapshot}.
 *
 * <ul>
 *   <li>S1: the log is compacted only up to where a durable snapshot reaches.
 *   <li>S2: a snapshot is put in place in one event: machine, log, configuration and commit index.
 *   <li>S3: a snapshot never leads back: what is applied stays applied.
 * </ul>
 *
 * <p>A replica whose snapshot is damaged, and whose log is compacted, is without its state: it votes, and acknowledges entries,
 * since its log is whole; it applies nothing and does not campaign, and asks all others for a snapshot until it has one.
 */
final class Snapshots {
    private final Replica replica;
    private final StateMachine machine;
    private final SnapshotConfig config;
    private final SnapshotFiles files;
    private final SnapshotCounters counters = new SnapshotCounters();
    private final SnapshotTaker taker;
    private final Installer installer;
    private final Timer queryTimer;
    private final Installing installing;
    private List<SnapshotFiles.Found> found = List.of();
    private boolean isLoading;
    private boolean isMissing;
    /** What is damaged, for people; empty while nothing is. */
    private String damage = "";

    private SnapshotId damagedId;
    /** The bytes of all entries applied up to the last snapshot. */
    private long appliedBytesAtLast;

    private final Compaction compaction;

    /** The last entry of a snapshot that is durable, read back and about to be put in place; 0 if none is. */
    private long loadedIndex;

    Snapshots(Replica replica, StateMachine machine, Installing installing) {
        this.replica = replica;
        this.machine = machine;
        this.config = replica.config.snapshots();
        this.installing = installing;
        this.files = new SnapshotFiles(replica.kernel, replica.config.group());
        this.taker = new SnapshotTaker(replica.kernel, files, counters, this::onTaken);
        long patience = replica.config.timing().electionNanos();
        this.installer = new Installer(replica.kernel, files, config, counters, patience, new Fetching());
        this.compaction = new Compaction(replica, config, this::compactable);
        this.queryTimer = replica.kernel.timer("snapshot-query", this::query);
    }

    // ---- At the start

    /** Reads the latest snapshot that is intact back; then runs the task. The log is recovered. */
    void recover(Runnable done) {
        files.find(files -> {
            found = files;
            if (!files.isEmpty()) {
                align(files.get(files.size() - 1));
            }
            recover(files.size() - 1, done);
        });
    }

    /** A crash came between the snapshot and the log: what the snapshot stands for may have been acknowledged. */
    private void align(SnapshotFiles.Found newest) {
        RaftLog log = replica.log;
        boolean isBehind = newest.index() > log.snapshotIndex()
                && (newest.index() > log.lastIndex() || log.term(newest.index()) != newest.term());
        if (isBehind) {
            replica.reached(SnapshotMarks.LOG_BEHIND);
            replica.note("restart-log", "at " + newest.index() + ", it ended at " + log.lastIndex());
            log.restartAt(newest.index(), newest.term());
        }
    }

    private void recover(int file, Runnable done) {
        RaftLog log = replica.log;
        if (file < 0 || found.get(file).index() < log.snapshotIndex()) {
            isMissing = log.snapshotIndex() > 0;
            if (isMissing) {
                damage = damage.isEmpty() ? "there is no snapshot" : damage;
                replica.note("without-state", damage);
                queryTimer.restart(1);
            } else if (!damage.isEmpty()) {
                replica.reached(SnapshotMarks.FELL_BACK);
            }
            done.run();
            return;
        }
        new SnapshotLoader(
                        replica.kernel,
                        files,
                        found.get(file),
                        machine::restore,
                        counters,
                        new SnapshotLoader.Listener() {
                            @Override
                            public void onLoaded(SnapshotId id, SnapshotMeta meta, SnapshotSink sink) {
                                replica.reached(damage.isEmpty() ? SnapshotMarks.RECOVERED : SnapshotMarks.FELL_BACK);
                                sink.complete();
                                replica.restart(meta);
                                files.onComplete(id);
                                files.deleteOlder(found);
                                appliedBytesAtLast = meta.appliedBytes();
                                done.run();
                            }

                            @Override
                            public void onDamaged(SnapshotId id, String what) {
                                noteDamage(id, what);
                                recover(file - 1, done);
                            }
                        })
                .start();
    }

    private void noteDamage(SnapshotId id, String what) {
        damage = damage.isEmpty() ? what : damage;
        if (id != null) {
            files.onDamaged(id);
            damagedId = damagedId == null ? id : damagedId;
        }
    }

    // ---- Taking

    /** An entry was applied: takes a snapshot if it is time. */
    void onApplied(long index, long bytesBefore, long bytesAfter) {
        if (!config.isDue(index, bytesBefore, bytesAfter) || isTooEarly(bytesAfter)) {
            return;
        }
        if (installing.hasInstallingFollower() && index - latestIndex() <= config.holdEntriesMax()) {
            replica.reached(SnapshotMarks.HELD_FOR_FOLLOWER);
        } else if (!maybeTake()) {
            replica.reached(SnapshotMarks.POSTPONED);
        }
    }

    private boolean isTooEarly(long appliedBytes) {
        SnapshotId latest = files.latest();
        return latest != null && (appliedBytes - appliedBytesAtLast) * 100 < latest.bytes() * config.growthPercent();
    }

    private long latestIndex() {
        return files.latest() == null ? 0 : files.latest().index();
    }

    private boolean maybeTake() {
        boolean isFree = !taker.isBusy() && !installer.isBusy() && !isLoading && !isMissing;
        if (!isFree || replica.appliedIndex() <= latestIndex()) {
            return false;
        }
        taker.begin(replica.meta(), machine.snapshot(), config.sliceBytes());
        return true;
    }

    private void onTaken(SnapshotMeta meta) {
        appliedBytesAtLast = meta.appliedBytes();
        damage = "";
        files.deleteOlder(found);
        compaction.maybeBegin();
    }

    /** S1. How far the log may be compacted now. The last entries stay for followers that are a little behind. */
    private long compactable() {
        RaftLog log = replica.log;
        if (!log.isCompactable() || replica.hasPeerWithoutSnapshots()) {
            return 0;
        }
        // One that is about to be put in place leaves no tail. It may reach beyond what is applied, where this log may
        // contradict it.
        long covered = Math.max(loadedIndex, latestIndex() - config.tailEntries());
        return Math.min(Math.min(covered, replica.appliedIndex()), log.durableIndex());
    }

    // ---- Installing

    /** The snapshot to offer to a follower; null if there is none. */
    SnapshotId offer() {
        return files.latest();
    }

    /** The leader offers a snapshot that leads on from this log. */
    void onOffer(NodeId leader, SnapshotId id, List<NodeId> sources) {
        if (!isLoading && replica.log.isCompactable()) {
            installer.begin(id, leader, others(sources));
        }
    }

    /** Slices that are there of the snapshot that is being fetched. */
    int slicesFetched() {
        return installer.isBusy() ? installer.slices() : 0;
    }

    private List<NodeId> others(List<NodeId> nodes) {
        List<NodeId> others = new ArrayList<>(nodes);
        others.remove(replica.self());
        return others;
    }

    private final class Fetching implements Installer.Host {
        @Override
        public boolean send(NodeId to, SnapshotMessage message) {
            return replica.send(to, message);
        }

        @Override
        public void onFetched(SnapshotId id) {
            load(id);
        }

        @Override
        public void onExhausted(SnapshotId id) {
            if (isMissing) {
                installer.stop();
                damagedId = null;
                query();
            }
        }
    }

    private void load(SnapshotId id) {
        isLoading = true;
        SnapshotFiles.Found file = files.found(id);
        new SnapshotLoader(replica.kernel, files, file, machine::restore, counters, new SnapshotLoader.Listener() {
                    @Override
                    public void onLoaded(SnapshotId loaded, SnapshotMeta meta, SnapshotSink sink) {
                        clearAndInstall(meta, sink);
                    }

                    @Override
                    public void onDamaged(SnapshotId damaged, String what) {
                        isLoading = false;
                        noteDamage(id, what);
                    }
                })
                .start();
    }

    /** A long log that the snapshot replaces goes little by little before: what is left then goes in one event. */
    private void clearAndInstall(SnapshotMeta meta, SnapshotSink sink) {
        boolean isReplaced = !replica.log.matches(meta.index(), meta.term());
        loadedIndex = isReplaced ? meta.index() : 0;
        compaction.whenDone(() -> {
            loadedIndex = 0;
            isLoading = false;
            install(meta, sink);
        });
    }

    /** S2 and S3. */
    private void install(SnapshotMeta meta, SnapshotSink sink) {
        if (meta.index() <= replica.appliedIndex() || meta.index() < replica.log.snapshotIndex()) {
            replica.reached(SnapshotMarks.OUTRUN);
            return;
        }
        taker.abandon("another is installed");
        installing.enter(meta.term());
        sink.complete();
        replica.reached(isMissing ? SnapshotMarks.REPAIRED : SnapshotMarks.INSTALLED);
        isMissing = false;
        installing.beforeInstall(meta.term());
        replica.install(meta);
        counters.onInstalled();
        replica.note("install-snapshot", "index=" + meta.index() + " term=" + meta.term() + " " + meta.configuration());
        damage = "";
        queryTimer.cancel();
        appliedBytesAtLast = meta.appliedBytes();
        files.deleteOlder(found);
        compaction.maybeBegin();
        installing.onInstalled();
    }

    // ---- Without a state

    /** Whether this replica has lost its state, and waits for a snapshot of others. */
    boolean isMissing() {
        return isMissing;
    }

    /** Asks all that it knows: first for what is damaged of its own snapshot, then for any that leads on. */
    private void query() {
        if (!isMissing) {
            return;
        }
        queryTimer.restart(replica.config.timing().electionNanos());
        if (installer.isBusy() || isLoading) {
            return;
        }
        List<NodeId> known = known();
        if (damagedId != null && !known.isEmpty()) {
            installer.begin(damagedId, known.get(0), known);
            return;
        }
        known.forEach(node -> replica.send(node, new SnapshotQuery(replica.log.snapshotIndex())));
    }

    private List<NodeId> known() {
        TreeSet<NodeId> known = new TreeSet<>(replica.configuration().members());
        known.addAll(replica.beginning.initial().members());
        known.remove(replica.self());
        return new ArrayList<>(known);
    }

    // ---- What others ask for, and answer

    void onMessage(NodeId from, SnapshotMessage message) {
        if (message instanceof SliceRequest request) {
            serve(from, request);
        } else if (message instanceof SnapshotSlice slice) {
            installer.onSlice(from, slice);
        } else if (message instanceof SliceRefusal refusal) {
            installer.onRefusal(from, refusal);
        } else if (message instanceof SnapshotQuery query) {
            onQuery(from, query);
        } else if (message instanceof SnapshotOffer offer) {
            boolean leadsOn = offer.snapshot().index() >= replica.log.snapshotIndex();
            if (isMissing && !isLoading && leadsOn && replica.log.isCompactable()) {
                installer.begin(offer.snapshot(), from, known());
            }
        }
    }

    private void onQuery(NodeId from, SnapshotQuery query) {
        if (latestIndex() >= query.index() && files.latest() != null) {
            replica.send(from, new SnapshotOffer(files.latest()));
        } else if (replica.appliedIndex() >= query.index()) {
            maybeTake();
        }
    }

    private void serve(NodeId to, SliceRequest request) {
        SnapshotId id = request.snapshot();
        if (!files.holds(id)) {
            refuse(to, request);
        } else if (!files.isBusy()) {
            files.read(id, request.slice(), payload -> {
                if (payload == null) {
                    onDamagedServing(id, request.slice());
                    refuse(to, request);
                } else {
                    counters.onServed();
                    replica.send(to, new SnapshotSlice(id.checksum(), request.slice(), payload));
                }
            });
        }
    }

    private void refuse(NodeId to, SliceRequest request) {
        counters.onRefused();
        replica.reached(SnapshotMarks.SLICE_REFUSED);
        replica.send(to, new SliceRefusal(request.snapshot().checksum(), request.slice()));
    }

    /** The state is here: another snapshot of it replaces the damaged one. */
    private void onDamagedServing(SnapshotId id, int slice) {
        if (files.holds(id)) {
            counters.onDamaged();
            replica.reached(SnapshotMarks.DAMAGED);
            replica.note("damaged-snapshot", id + " slice=" + slice);
            files.onDamaged(id);
            maybeTake();
        }
    }

    // ---- Views

    /** Why this replica is without its state; empty if it is not. */
    String complaint() {
        return isMissing
                ? "without-state: " + damage + ", and entries up to " + replica.log.snapshotIndex() + " are compacted"
                : "";
    }

    SnapshotFiles files() {
        return files;
    }

    SnapshotCounters counters() {
        return counters;
    }
}
