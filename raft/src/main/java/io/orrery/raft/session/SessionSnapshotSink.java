package io.orrery.raft.session;

import io.orrery.kernel.SnapshotSink;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import java.util.function.Consumer;

/** Reads what {@link SessionSnapshotSource} writes, into a table of its own. */
final class SessionSnapshotSink implements SnapshotSink {
    private final SnapshotSink machine;
    private final Consumer<SessionTable> restored;
    private final SessionTable sessions = new SessionTable();
    private long sessionsLeft = -1;

    /**
     * @param restored gets the table when the snapshot is complete
     */
    SessionSnapshotSink(SnapshotSink machine, Consumer<SessionTable> restored) {
        this.machine = machine;
        this.restored = restored;
    }

    @Override
    public void take(Bytes piece) {
        if (sessionsLeft == 0) {
            machine.take(piece);
            return;
        }
        Decoder in = piece.decoder();
        if (sessionsLeft < 0) {
            if (in.readByte() != SessionSnapshotSource.FORMAT) {
                throw new DecodeException("sessions of an unknown format");
            }
            sessionsLeft = in.readVarLong();
        }
        while (in.remaining() > 0) {
            if (sessionsLeft-- <= 0) {
                throw new DecodeException("more sessions than were announced");
            }
            sessions.put(Session.read(in));
        }
    }

    @Override
    public void complete() {
        if (sessionsLeft != 0) {
            throw new DecodeException("a snapshot without all its sessions");
        }
        machine.complete();
        restored.accept(sessions);
    }
}
