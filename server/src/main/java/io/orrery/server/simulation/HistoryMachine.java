package io.orrery.server.simulation;

import io.orrery.kernel.SnapshotReader;
import io.orrery.kernel.SnapshotWriter;
import io.orrery.kernel.StateMachine;
import io.orrery.kernel.codec.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A state machine that is its own history: the commands applied, in order. */
final class HistoryMachine implements StateMachine {
    private final List<String> commands = new ArrayList<>();

    List<String> commands() {
        return Collections.unmodifiableList(commands);
    }

    @Override
    public Bytes apply(long index, long timestampMillis, Bytes command) {
        commands.add(command.utf8());
        return Bytes.EMPTY;
    }

    @Override
    public void snapshot(SnapshotWriter out) {
        commands.forEach(command -> out.write(Bytes.ofUtf8(command)));
    }

    @Override
    public void restore(SnapshotReader in) {
        commands.clear();
        while (in.hasNext()) {
            commands.add(in.next().utf8());
        }
    }
}
