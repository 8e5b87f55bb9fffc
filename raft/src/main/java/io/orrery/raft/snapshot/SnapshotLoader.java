package io.orrery.raft.snapshot;

import io.orrery.kernel.Kernel;
import io.orrery.kernel.SnapshotSink;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.DecodeException;
import java.util.function.Supplier;

/**
 * Reads a complete file, slice by slice, into a state machine's sink; once. The first slice that is damaged ends it: what the
 * sink has taken is dropped, and the machine is as it was.
 *
 * <p>For the node's thread.
 */
public final class SnapshotLoader {
    /** Hears how it ended, once. */
    public interface Listener {
        /** All is read and intact; the sink is to be completed, or dropped. */
        void onLoaded(SnapshotId id, SnapshotMeta meta, SnapshotSink sink);

        /**
         * The file is damaged.
         *
         * @param id which snapshot it is; null if that cannot be told
         * @param what is damaged, for people
         */
        void onDamaged(SnapshotId id, String what);
    }

    private static final int WHOLE_BYTES_MAX = 4096;

    private final Kernel kernel;
    private final SnapshotFiles files;
    private final SnapshotFiles.Found file;
    private final Supplier<SnapshotSink> sinks;
    private final SnapshotCounters counters;
    private final Listener listener;
    private final PieceUnpacker unpacker = new PieceUnpacker(this::onPiece);
    /** The file, if it is small. */
    private Bytes whole;

    private SnapshotId id;
    private SnapshotMeta meta;
    private SnapshotSink sink;
    private long checksum;

    public SnapshotLoader(
            Kernel kernel,
            SnapshotFiles files,
            SnapshotFiles.Found file,
            Supplier<SnapshotSink> sinks,
            SnapshotCounters counters,
            Listener listener) {
        this.kernel = kernel;
        this.files = files;
        this.file = file;
        this.sinks = sinks;
        this.counters = counters;
        this.listener = listener;
    }

    /** A small file is read at once: a node of many groups opens each of theirs one time only. */
    public void start() {
        boolean isSmall = file.length() <= WHOLE_BYTES_MAX;
        int first = isSmall ? Math.max(SnapshotFormat.HEADER_BYTES, (int) file.length()) : SnapshotFormat.HEADER_BYTES;
        files.readRaw(file.name(), 0, first, read -> onFirst(read, isSmall));
    }

    private void onFirst(Bytes read, boolean isSmall) {
        whole = isSmall && read != null && read.length() == file.length() ? read : null;
        onHeader(read == null ? null : part(read, 0, SnapshotFormat.HEADER_BYTES));
    }

    /** What there is of a part of the file. */
    private static Bytes part(Bytes of, long from, int length) {
        int start = (int) Math.min(from, of.length());
        return of.slice(start, Math.min(length, of.length() - start));
    }

    private void onHeader(Bytes header) {
        int sliceBytes =
                header == null ? -1 : SnapshotFormat.sliceBytes(header, files.group(), file.index(), file.term());
        if (sliceBytes < 0) {
            damaged(sliceBytes == -2 ? "its format is of a later release" : "its header is damaged");
            return;
        }
        long at = Math.max(0, file.length() - SnapshotFormat.FOOTER_BYTES);
        if (whole != null) {
            onFooter(sliceBytes, part(whole, at, SnapshotFormat.FOOTER_BYTES));
            return;
        }
        files.readRaw(file.name(), at, SnapshotFormat.FOOTER_BYTES, footer -> onFooter(sliceBytes, footer));
    }

    private void onFooter(int sliceBytes, Bytes footer) {
        id = footer == null ? null : SnapshotFormat.id(footer, file.index(), file.term(), sliceBytes, file.length());
        if (id == null) {
            damaged("its footer is damaged");
        } else if (whole != null && id.slices() == 1) {
            Bytes framed = part(whole, SnapshotFormat.HEADER_BYTES, id.sliceLength(0) + SnapshotFormat.CRC_BYTES);
            onSlice(0, SnapshotFormat.payload(framed, id.sliceLength(0), files.group(), id.index(), 0));
        } else {
            read(0);
        }
    }

    private void read(int slice) {
        files.read(file.name(), id, slice, payload -> onSlice(slice, payload));
    }

    private void onSlice(int slice, Bytes payload) {
        if (payload == null) {
            damaged("slice " + slice + " at " + SnapshotFormat.sliceOffset(id.sliceBytes(), slice) + " is damaged");
            return;
        }
        checksum = SnapshotFormat.chain(checksum, payload.crc32c());
        try {
            unpacker.take(payload);
            if (slice + 1 < id.slices()) {
                read(slice + 1);
                return;
            }
            unpacker.end();
        } catch (DecodeException e) {
            damaged("slice " + slice + " holds no state: " + e.getMessage());
            return;
        }
        if (checksum != id.checksum() || meta == null) {
            damaged("its checksum is another");
        } else {
            listener.onLoaded(id, meta, sink);
        }
    }

    private void onPiece(Bytes piece) {
        if (meta != null) {
            sink.take(piece);
            return;
        }
        meta = SnapshotMeta.decode(piece);
        if (meta.index() != file.index() || meta.term() != file.term()) {
            throw new DecodeException("it is of another entry");
        }
        sink = sinks.get();
    }

    private void damaged(String what) {
        counters.damaged++;
        kernel.trace().reached(SnapshotMarks.DAMAGED);
        kernel.trace().transition("damaged-snapshot", file.name() + ": " + what);
        listener.onDamaged(id, file.name() + ": " + what);
    }
}
