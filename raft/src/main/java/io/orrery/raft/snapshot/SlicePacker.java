package io.orrery.raft.snapshot;

import io.orrery.kernel.Check;
import io.orrery.kernel.SnapshotWriter;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.Encoder;

/** Turns pieces into slices of one length, the last of which may be shorter. Holds a slice and what one step wrote. */
final class SlicePacker implements SnapshotWriter {
    private final int sliceBytes;
    private final Encoder gathered = new Encoder(64, 2 * PIECE_BYTES_MAX + 2 * SnapshotConfig.SLICE_BYTES_MAX);
    private int taken;

    SlicePacker(int sliceBytes) {
        this.sliceBytes = sliceBytes;
    }

    @Override
    public void write(Bytes piece) {
        Check.argument(piece.length() <= PIECE_BYTES_MAX, "a piece has at most 1 MiB");
        gathered.writeInt(piece.length());
        gathered.writeRaw(piece);
    }

    int gatheredBytes() {
        return gathered.position() - taken;
    }

    boolean hasFullSlice() {
        return gatheredBytes() >= sliceBytes;
    }

    /** The next slice: a full one, or what there is. */
    Bytes take() {
        int length = Math.min(sliceBytes, gatheredBytes());
        Check.that(length > 0, "a slice holds something");
        Bytes slice = Bytes.copyOf(gathered.buffer(), taken, length);
        taken += length;
        if (!hasFullSlice()) {
            Bytes rest = Bytes.copyOf(gathered.buffer(), taken, gatheredBytes());
            gathered.clear();
            gathered.writeRaw(rest);
            taken = 0;
        }
        return slice;
    }
}
