package io.orrery.raft.session;

import io.orrery.kernel.SnapshotSource;
import io.orrery.kernel.SnapshotWriter;
import io.orrery.kernel.codec.Encoder;
import io.orrery.kernel.snapshot.SnapshotMap;
import java.util.Map;

/** Writes how many sessions there are and each of them, in pieces of about 32 KiB, then the wrapped machine's pieces. */
final class SessionSnapshotSource implements SnapshotSource {
    static final int FORMAT = 1;
    private static final int PIECE_BYTES = 32 * 1024;

    private final SnapshotMap.View<Long, Session> sessions;
    private final SnapshotSource machine;
    private final Encoder piece = new Encoder();
    private boolean sessionsLeft = true;

    SessionSnapshotSource(SessionTable table, SnapshotSource machine) {
        this.machine = machine;
        piece.writeByte(FORMAT);
        piece.writeVarLong(table.size());
        sessions = table.view();
    }

    @Override
    public boolean writeNext(SnapshotWriter out, int bytesMax) {
        int written = 0;
        while (sessionsLeft && written < bytesMax) {
            Map.Entry<Long, Session> next = sessions.next();
            sessionsLeft = next != null;
            if (sessionsLeft) {
                next.getValue().write(piece);
            }
            if (piece.position() >= PIECE_BYTES || !sessionsLeft && piece.position() > 0) {
                written += piece.position();
                out.write(piece.toBytes());
                piece.clear();
            }
        }
        return sessionsLeft || written >= bytesMax || machine.writeNext(out, bytesMax - written);
    }

    @Override
    public void close() {
        sessions.close();
        machine.close();
    }
}
