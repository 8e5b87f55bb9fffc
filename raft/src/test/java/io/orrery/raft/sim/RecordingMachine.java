package io.orrery.raft.sim;

import io.orrery.kernel.Check;
import io.orrery.kernel.SmallStateMachine;
import io.orrery.kernel.SnapshotReader;
import io.orrery.kernel.SnapshotWriter;
import io.orrery.kernel.codec.Bytes;
import java.util.ArrayList;
import java.util.List;

/** Remembers the commands applied to it, in order; a command's result is its place. */
public final class RecordingMachine implements SmallStateMachine {
    private final List<String> applied = new ArrayList<>();
    private long timestampMillis;

    public List<String> applied() {
        return applied;
    }

    @Override
    public Bytes apply(long index, long timestampMillis, Bytes command) {
        Check.that(timestampMillis >= this.timestampMillis, "timestamps never fall", index);
        this.timestampMillis = timestampMillis;
        applied.add(command.utf8());
        return Bytes.ofUtf8(Integer.toString(applied.size()));
    }

    @Override
    public void snapshot(SnapshotWriter out) {
        applied.forEach(command -> out.write(Bytes.ofUtf8(command)));
    }

    @Override
    public void restore(SnapshotReader in) {
        applied.clear();
        while (in.hasNext()) {
            applied.add(in.next().utf8());
        }
    }
}
