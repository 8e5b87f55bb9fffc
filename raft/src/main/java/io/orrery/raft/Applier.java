package io.orrery.raft;

import io.orrery.kernel.Check;
import io.orrery.kernel.Prng;
import io.orrery.kernel.StateMachine;
import io.orrery.kernel.codec.Bytes;
import io.orrery.raft.log.Entry;
import io.orrery.raft.log.EntryForm;
import io.orrery.raft.log.RaftLog;
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
        void onApplied(long index, Bytes result);
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
            apply(appliedIndex + 1);
        }
        onApplied.run();
        if (appliedIndex < replica.commitIndex()) {
            continuing = true;
            replica.kernel.defer(this::applySome);
        }
    }

    private void apply(long index) {
        RaftLog log = replica.log;
        byte[] array = log.array(index);
        int begin = log.begin(index);
        long stamp = EntryForm.timestampMillis(array, begin);
        Check.that(index == appliedIndex + 1, "I1: entries are applied in order", index, appliedIndex);
        Check.that(stamp >= timestampMillis, "I2: timestamps never fall", index);
        appliedIndex = index;
        timestampMillis = stamp;
        digest = Prng.mix(digest * 31 + log.digest(index));
        int length = EntryForm.length(array, begin);
        boolean isCommand = EntryForm.kind(array, begin) == Entry.Kind.COMMAND;
        listener.onApplied(index, isCommand ? result(index, stamp, array, begin, length) : Bytes.EMPTY);
        int size = length + Entry.OVERHEAD_BYTES;
        bytes += size;
        snapshots.onApplied(index, bytes - size, bytes);
    }

    private Bytes result(long index, long stamp, byte[] array, int begin, int length) {
        return machine.keepsCommands()
                ? machine.apply(index, stamp, replica.log.payload(index, true))
                : machine.apply(index, stamp, array, begin + EntryForm.PAYLOAD_AT, length);
    }
}
