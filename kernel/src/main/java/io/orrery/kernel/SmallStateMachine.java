package io.orrery.kernel;

import io.orrery.kernel.codec.Bytes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * A state machine whose whole state is small enough to be written, and read, within one event: at most a few MiB. Its snapshot
 * is held in memory until it is on disk.
 */
public interface SmallStateMachine extends StateMachine {
    /** Writes the whole state, the same bytes on every replica at the same index. */
    void snapshot(SnapshotWriter out);

    /** Replaces the whole state by a snapshot's. */
    void restore(SnapshotReader in);

    @Override
    default SnapshotSource snapshot() {
        List<Bytes> pieces = new ArrayList<>();
        snapshot(pieces::add);
        Iterator<Bytes> rest = pieces.iterator();
        return new SnapshotSource() {
            @Override
            public boolean writeNext(SnapshotWriter out, int bytesMax) {
                int bytes = 0;
                while (bytes < bytesMax && rest.hasNext()) {
                    Bytes piece = rest.next();
                    bytes += piece.length() + 1;
                    out.write(piece);
                }
                return rest.hasNext();
            }

            @Override
            public void close() {}
        };
    }

    @Override
    default SnapshotSink restore() {
        List<Bytes> pieces = new ArrayList<>();
        return new SnapshotSink() {
            @Override
            public void take(Bytes piece) {
                pieces.add(piece.compact());
            }

            @Override
            public void complete() {
                Iterator<Bytes> rest = pieces.iterator();
                restore(new SnapshotReader() {
                    @Override
                    public boolean hasNext() {
                        return rest.hasNext();
                    }

                    @Override
                    public Bytes next() {
                        return rest.next();
                    }
                });
            }
        };
    }
}
