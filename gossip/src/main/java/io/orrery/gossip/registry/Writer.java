package io.orrery.gossip.registry;

import io.orrery.gossip.registry.RegistryCounters.Counter;
import io.orrery.gossip.registry.cell.Cell;
import io.orrery.gossip.registry.disk.SaveCallback;
import io.orrery.gossip.registry.replica.Replica;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.codec.Bytes;

/** What all typed writes to a replica have in common. */
final class Writer {
    private final Kernel kernel;
    private final Replica replica;

    Writer(Kernel kernel, Replica replica) {
        this.kernel = kernel;
        this.replica = replica;
    }

    /** Tells a callback, which may be null, in an event of its own. */
    void tell(WriteOutcome.Callback done, WriteOutcome outcome) {
        if (done != null) {
            kernel.defer(() -> done.onWritten(outcome));
        }
    }

    /** Whether nothing can be written now, which is told. */
    boolean maybeRefuse(WriteOutcome.Callback done) {
        String reason = replica.whyNotWritable();
        if (reason == null) {
            return false;
        }
        replica.counters().count(Counter.WRITES_REFUSED);
        tell(done, WriteOutcome.refused(reason));
        return true;
    }

    /**
     * Writes the tombstone of a cell.
     *
     * @param now whether it is stamped with the present; else it beats just what it deletes
     */
    void delete(Replica of, Cell held, boolean now, WriteOutcome.Callback done) {
        long stamp = now ? of.stamp(held) : held.stamp() + 1;
        of.put(held.key(), Bytes.EMPTY, held.epoch(), stamp, true, saved(done));
    }

    static SaveCallback saved(WriteOutcome.Callback done) {
        return done == null
                ? null
                : reason -> done.onWritten(reason == null ? WriteOutcome.done() : WriteOutcome.unsaved(reason));
    }
}
