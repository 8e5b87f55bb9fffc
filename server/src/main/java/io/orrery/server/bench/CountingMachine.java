package io.orrery.server.bench;

import io.orrery.kernel.SmallStateMachine;
import io.orrery.kernel.SnapshotReader;
import io.orrery.kernel.SnapshotWriter;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.Encoder;

/** Counts commands: a state machine that costs nothing, so that a benchmark measures the replication. */
public final class CountingMachine implements SmallStateMachine {
    private long count;

    @Override
    public Bytes apply(long index, long timestampMillis, Bytes command) {
        count++;
        return Bytes.EMPTY;
    }

    @Override
    public Bytes apply(long index, long timestampMillis, byte[] array, int offset, int length) {
        count++;
        return Bytes.EMPTY;
    }

    @Override
    public boolean keepsCommands() {
        return false;
    }

    @Override
    public void snapshot(SnapshotWriter out) {
        Encoder encoder = new Encoder();
        encoder.writeLong(count);
        out.write(encoder.toBytes());
    }

    @Override
    public void restore(SnapshotReader in) {
        count = in.next().decoder().readLong();
    }
}
