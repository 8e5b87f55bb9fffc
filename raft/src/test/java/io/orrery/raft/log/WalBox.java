package io.orrery.raft.log;

import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.Storage;
import io.orrery.kernel.Time;
import io.orrery.kernel.codec.Bytes;
import io.orrery.sim.Simulation;
import io.orrery.sim.disk.SimDisk;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** One simulated node with a write-ahead log, whose files can be looked at and damaged between its lives. */
final class WalBox {
    final Simulation sim;
    private WalConfig config;
    private final NodeId node;
    private boolean bare;
    private long durableRecords;

    WalBox(long seed, WalConfig config) {
        this.sim = new Simulation(seed);
        this.config = config;
        this.node = sim.addNode("n1", this::boot);
        awaitRecovery();
    }

    static WalConfig segments(long bytes) {
        return new WalConfig(bytes, 0, 24 * 1024 * 1024, 512, WalConfig.VERSION_MAX);
    }

    /** A log, or nothing but its folder. */
    private final class Life implements Protocol {
        private final Kernel kernel;
        private final Wal wal;
        private final TreeMap<Long, RaftLog> logs = new TreeMap<>();

        private Life(Kernel kernel) {
            this.kernel = kernel.scope("wal");
            this.wal = bare ? null : new Wal(this.kernel, config);
        }

        @Override
        public void start() {
            if (wal != null) {
                wal.start();
            }
        }

        private void onDurable() {
            durableRecords = wal.counters().records();
        }
    }

    private Protocol boot(Kernel kernel) {
        durableRecords = 0;
        return new Life(kernel);
    }

    private Life life() {
        return sim.protocol(node, Life.class);
    }

    private void awaitRecovery() {
        if (!sim.runUntil(() -> life().wal.isRecovered(), Time.seconds(60))) {
            throw new AssertionError("not recovered within 60s");
        }
    }

    SimDisk disk() {
        return sim.disk(node);
    }

    boolean isUp() {
        return sim.isUp(node);
    }

    boolean isLost() {
        return sim.isLost(node);
    }

    /** A new life, after a power loss if there is one; whether its log came to be recovered, or its disk stopped it. */
    boolean maybeRestart() {
        if (sim.isUp(node)) {
            crash();
        }
        sim.restart(node);
        sim.runUntil(() -> !sim.isUp(node) || life().wal.isRecovered(), Time.seconds(600));
        return sim.isUp(node);
    }

    Wal wal() {
        return life().wal;
    }

    /** The group's log in this life. */
    RaftLog log(long group) {
        Life life = life();
        return life.logs.computeIfAbsent(group, id -> life.wal.open(id, life::onDurable));
    }

    /** Runs as one event of the node. */
    void event(Runnable task) {
        sim.onNode(node, task);
    }

    /** Waits until all that was appended is durable. */
    void settle() {
        sim.runFor(Time.millis(100));
    }

    /** Records appended in this life that a completed sync covers. */
    long durableRecords() {
        return durableRecords;
    }

    void append(long group, String... payloads) {
        event(() -> {
            for (String payload : payloads) {
                appendNow(group, 1, payload);
            }
        });
    }

    /** Inside an event. */
    void appendNow(long group, long term, String payload) {
        RaftLog log = log(group);
        log.append(new Entry(log.lastIndex() + 1, term, 7, Entry.Kind.COMMAND, Bytes.ofUtf8(payload)));
    }

    /** Of the next life. */
    void upgrade(WalConfig newConfig) {
        config = newConfig;
    }

    void crash() {
        sim.crash(node);
    }

    /** Power loss and a new life. */
    void restart() {
        if (sim.isUp(node)) {
            crash();
        }
        sim.restart(node);
        awaitRecovery();
    }

    List<String> payloads(long group) {
        RaftLog log = log(group);
        List<String> payloads = new ArrayList<>();
        for (long index = log.firstIndex(); index <= log.lastIndex(); index++) {
            payloads.add(log.entry(index).payload().utf8());
        }
        return payloads;
    }

    /** Does something to the log's folder while no log uses it. */
    private <T> T onFiles(BiConsumer<Storage, List<T>> action) {
        if (sim.isUp(node)) {
            crash();
        }
        bare = true;
        sim.restart(node);
        bare = false;
        List<T> result = new ArrayList<>();
        event(() -> action.accept(life().kernel.storage(), result));
        sim.runUntil(() -> !result.isEmpty(), Time.seconds(10));
        crash();
        return result.get(0);
    }

    byte[] read(String file) {
        return this.<Bytes>onFiles(
                        (storage, result) -> storage.read(file, 0, 1 << 20, (bytes, failure) -> result.add(bytes)))
                .toByteArray();
    }

    /** Replaces the file's content. */
    void overwrite(String file, byte[] content) {
        this.<Boolean>onFiles((storage, result) -> {
            storage.truncate(file, 0, (nothing, failure) -> {});
            storage.write(file, 0, Bytes.wrap(content.clone()), (nothing, failure) -> {});
            storage.sync(file, (nothing, failure) -> result.add(failure == null));
        });
    }

    /** So that what is damaged next looks as if it had never been durable. */
    void forgetWatermarks() {
        Watermark.FILES.forEach(this::delete);
    }

    void delete(String file) {
        this.<Boolean>onFiles(
                (storage, result) -> storage.delete(file, (nothing, failure) -> result.add(failure == null)));
    }

    List<String> files() {
        return this.<List<String>>onFiles((storage, result) -> storage.list((stats, failure) ->
                result.add(stats.stream().map(Storage.FileStat::name).toList())));
    }

    /** Puts an entry's record into the batch, as a log that holds it does. */
    static void add(WalBatch batch, RaftLog log, Entry entry) {
        EntryWindow window = new EntryWindow(new ChunkPool());
        window.put(entry);
        batch.entry(log, window, entry.index());
    }
}
