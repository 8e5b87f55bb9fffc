package io.orrery.raft;

import io.orrery.kernel.Check;
import io.orrery.kernel.Prng;
import io.orrery.kernel.StateMachine;
import io.orrery.kernel.codec.Bytes;
import io.orrery.raft.log.Entry;
import io.orrery.raft.snapshot.SnapshotMeta;

/**
 * Applies committed entries to the state machine, in order and in bounded steps (section 5.3).
 *
 * <ul>
 *   <li>I1: each index is applied once, after the one before it, and only when committed.
 *   <li>I2: timestamps never fall.
 * </ul>
 */
final class Applier {
    /** Hears of each applied entry. */
    interface Listener {
        void onApplied(Entry entry, Bytes result);
    }

    private final Replica replica;
    private final StateMachine machine;
    private final Listener listener;
    private final Snapshots snapshots;
    private long appliedIndex;
    private long timestampMillis;
    private long digest;
    private long bytes;
    private boolean continuing;
    private Runnable onApplied = () -> {};

    Applier(Replica replica, StateMachine machine, Listener listener, Snapshots snapshots) {
        this.replica = replica;
        this.machine = machine;
        this.listener = listener;
        this.snapshots = snapshots;
    }

    /** Runs whenever some entries were applied. */
    void onApplied(Runnable runnable) {
        onApplied = runnable;
    }

    long appliedIndex() {
        return appliedIndex;
    }

    /** A hash of all applied entries in order: equal on all replicas that have applied equally far. */
    long digest() {
        return digest;
    }

    /** The time of the last entry that was applied; 0 if none was. */
    long timestampMillis() {
        return timestampMillis;
    }

    /** The machine is in the state of a snapshot. */
    void restartAt(SnapshotMeta meta) {
        Check.that(meta.index() > appliedIndex, "I1: a snapshot leads on", meta.index(), appliedIndex);
        appliedIndex = meta.index();
        timestampMillis = meta.timestampMillis();
        digest = meta.appliedDigest();
        bytes = meta.appliedBytes();
    }

    /** What a snapshot of the machine says beside its state. */
    SnapshotMeta meta() {
        Configurations configurations = replica.configurations;
        return new SnapshotMeta(
                appliedIndex,
                replica.log.term(appliedIndex),
                timestampMillis,
                digest,
                bytes,
                configurations.indexAt(appliedIndex),
                configurations.at(appliedIndex));
    }

    /** Applies what is committed; goes on in later events where it is much. */
    void applyCommitted() {
        if (!continuing && !snapshots.isMissing()) {
            applySome();
        }
    }

    private void applySome() {
        continuing = false;
        long limit = Math.min(
                replica.commitIndex(), appliedIndex + replica.config.limits().applyEntriesMax());
        while (appliedIndex < limit) {
            apply(replica.log.entry(appliedIndex + 1));
        }
        onApplied.run();
        if (appliedIndex < replica.commitIndex()) {
            continuing = true;
            replica.kernel.defer(this::applySome);
        }
    }

    private void apply(Entry entry) {
        Check.that(entry.index() == appliedIndex + 1, "I1: entries are applied in order", entry.index(), appliedIndex);
        Check.that(entry.timestampMillis() >= timestampMillis, "I2: timestamps never fall", entry.index());
        appliedIndex = entry.index();
        timestampMillis = entry.timestampMillis();
        digest = chain(digest, entry);
        Bytes result = entry.kind() == Entry.Kind.COMMAND
                ? machine.apply(entry.index(), entry.timestampMillis(), entry.payload())
                : Bytes.EMPTY;
        listener.onApplied(entry, result);
        bytes += entry.sizeBytes();
        snapshots.onApplied(entry, bytes - entry.sizeBytes(), bytes);
    }

    /** The digest after {@code entry}, from the one before it. */
    static long chain(long digest, Entry entry) {
        return Prng.mix(digest * 31 + entry.digest());
    }
}
