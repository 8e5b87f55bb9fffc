package io.orrery.raft.snapshot;

import io.orrery.kernel.SnapshotWriter;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.DecodeException;
import java.util.function.Consumer;

/** Turns slices, in order, back into pieces. Holds less than a piece and a slice. */
final class PieceUnpacker {
    private static final int LENGTH_BYTES = 4;

    private final Consumer<Bytes> pieces;
    private Bytes rest = Bytes.EMPTY;

    PieceUnpacker(Consumer<Bytes> pieces) {
        this.pieces = pieces;
    }

    /**
     * The next slice.
     *
     * @throws DecodeException if it holds no pieces
     */
    void take(Bytes slice) {
        Bytes all = slice;
        if (!rest.isEmpty()) {
            byte[] joined = new byte[rest.length() + slice.length()];
            rest.copyTo(joined, 0);
            slice.copyTo(joined, rest.length());
            all = Bytes.wrap(joined);
        }
        int at = 0;
        while (all.length() - at >= LENGTH_BYTES) {
            int length = all.slice(at, LENGTH_BYTES).decoder().readInt();
            if (length < 0 || length > SnapshotWriter.PIECE_BYTES_MAX) {
                throw new DecodeException("a piece of " + length + " bytes");
            }
            if (all.length() - at - LENGTH_BYTES < length) {
                break;
            }
            pieces.accept(all.slice(at + LENGTH_BYTES, length));
            at += LENGTH_BYTES + length;
        }
        rest = all.slice(at, all.length() - at).compact();
    }

    /** The last slice was taken. */
    void end() {
        if (!rest.isEmpty()) {
            throw new DecodeException("the last piece is cut off");
        }
    }
}
