package io.orrery.raft.transcript;

import io.orrery.kernel.NodeId;
import io.orrery.raft.Configuration;
import io.orrery.raft.RaftConfig;
import io.orrery.raft.read.ReadConfig;
import io.orrery.raft.snapshot.SnapshotConfig;
import java.util.Arrays;
import java.util.TreeMap;

/** How nodes run that start from now on. Without a command there are no snapshots, no leases and no sessions. */
final class Settings {
    /** A proposal is in the log at once. */
    private static final RaftConfig.Timing TIMING = RaftConfig.Timing.DEFAULT.withoutGathering();

    private RaftConfig config = RaftConfig.of(1, Configuration.EMPTY).with(SnapshotConfig.DEFAULT.off());
    private final TreeMap<NodeId, Integer> priorities = new TreeMap<>();
    private final TreeMap<NodeId, Integer> drifts = new TreeMap<>();
    private boolean sessions;
    private boolean sleeps;

    RaftConfig config(NodeId id, Configuration initial) {
        return RaftConfig.of(config.group(), initial)
                .with(TIMING)
                .with(config.limits())
                .with(config.reads())
                .with(config.snapshots())
                .withPriority(priorities.getOrDefault(id, RaftConfig.PRIORITY_MAX));
    }

    boolean hasSessions() {
        return sessions;
    }

    /** How much faster than true time a node's clock runs, in parts per million. */
    int driftPpm(NodeId id) {
        return drifts.getOrDefault(id, 0);
    }

    /** Whether the group shares its node's heartbeat, and falls silent. */
    boolean sleeps() {
        return sleeps;
    }

    void sleeps(boolean on) {
        sleeps = on;
    }

    void sessions(boolean on) {
        sessions = on;
    }

    void priority(NodeId id, int priority) {
        priorities.put(id, priority);
    }

    void drift(NodeId id, int ppm) {
        drifts.put(id, ppm);
    }

    void limits(String[] words) {
        RaftConfig.Limits old = config.limits();
        config = config.with(new RaftConfig.Limits(
                value(words, "entries", old.messageEntriesMax()),
                old.messageBytesMax(),
                value(words, "inflight", old.inflightMessagesMax()),
                old.inflightBytesMax(),
                value(words, "pending", old.pendingProposalsMax()),
                old.pendingBytesMax(),
                old.commandBytesMax(),
                old.applyEntriesMax(),
                value(words, "catch-up", old.catchUpEntriesMax())));
    }

    void leases(String[] words) {
        ReadConfig reads = config.reads();
        boolean on = words[1].equals("on");
        config = config.with(new ReadConfig(reads.waitingMax(), reads.timeoutNanos(), on, value(words, "drift", 0)));
    }

    void reads(String[] words) {
        ReadConfig reads = config.reads();
        int waiting = value(words, "waiting", reads.waitingMax());
        config = config.with(new ReadConfig(waiting, reads.timeoutNanos(), reads.leases(), reads.driftPpmMax()));
    }

    void snapshots(String[] words) {
        SnapshotConfig old = config.snapshots();
        int slice = value(words, "slice", old.sliceBytes());
        int tail = value(words, "tail", 0);
        config = config.with(new SnapshotConfig(
                value(words, "every", 0), 0, 0, slice, old.windowSlices(), tail, old.holdEntriesMax()));
    }

    /** Of {@code name=value} among the words. */
    static int value(String[] words, String name, int otherwise) {
        return Arrays.stream(words)
                .filter(word -> word.startsWith(name + "="))
                .mapToInt(word -> Integer.parseInt(word.substring(name.length() + 1)))
                .findFirst()
                .orElse(otherwise);
    }
}
