package io.orrery.raft.message;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import io.orrery.raft.Configuration;
import io.orrery.raft.snapshot.SnapshotConfig;
import io.orrery.raft.snapshot.SnapshotId;
import java.util.ArrayList;
import java.util.List;

/** The wire form of the messages about snapshots, which came with version 3: a part of {@link RaftCodec}. */
final class SnapshotCodec {
    static final int SINCE = 3;

    static final int INSTALL_SNAPSHOT = 32;
    static final int INSTALL_STATUS = 33;
    static final int SNAPSHOT_QUERY = 34;
    static final int SNAPSHOT_OFFER = 35;
    static final int SLICE_REQUEST = 36;
    static final int SNAPSHOT_SLICE = 37;
    static final int SLICE_REFUSAL = 38;

    private SnapshotCodec() {}

    static boolean isOne(RaftMessage message) {
        return message instanceof SnapshotMessage
                || message instanceof InstallSnapshot
                || message instanceof InstallStatus;
    }

    static RaftMessage decode(int type, Decoder in) {
        if (in.version() < SINCE) {
            throw new DecodeException("unknown message type");
        }
        return switch (type) {
            case INSTALL_SNAPSHOT -> new InstallSnapshot(RaftCodec.number(in), snapshot(in), nodes(in));
            case INSTALL_STATUS -> new InstallStatus(RaftCodec.number(in), RaftCodec.number(in), RaftCodec.number(in));
            case SNAPSHOT_QUERY -> new SnapshotQuery(RaftCodec.number(in));
            case SNAPSHOT_OFFER -> new SnapshotOffer(snapshot(in));
            case SLICE_REQUEST -> sliceRequest(in);
            case SNAPSHOT_SLICE -> new SnapshotSlice(in.readLong(), slice(in), in.readBytes());
            case SLICE_REFUSAL -> new SliceRefusal(in.readLong(), slice(in));
            default -> throw new DecodeException("unknown message type");
        };
    }

    private static SliceRequest sliceRequest(Decoder in) {
        SnapshotId id = snapshot(in);
        int slice = slice(in);
        if (slice >= id.slices()) {
            throw new DecodeException("a slice beyond the last");
        }
        return new SliceRequest(id, slice);
    }

    private static int slice(Decoder in) {
        long slice = RaftCodec.number(in);
        if (slice >= SnapshotId.SLICES_MAX) {
            throw new DecodeException("a slice beyond the last");
        }
        return (int) slice;
    }

    private static SnapshotId snapshot(Decoder in) {
        long index = RaftCodec.number(in);
        long term = RaftCodec.number(in);
        long bytes = RaftCodec.number(in);
        long sliceBytes = RaftCodec.number(in);
        long checksum = in.readLong();
        if (sliceBytes > SnapshotConfig.SLICE_BYTES_MAX) {
            throw new DecodeException("slices are too large");
        }
        try {
            return new SnapshotId(index, term, bytes, (int) sliceBytes, checksum);
        } catch (IllegalArgumentException e) {
            throw new DecodeException("not a snapshot: " + e.getMessage());
        }
    }

    private static List<NodeId> nodes(Decoder in) {
        int count = in.readCount(2);
        if (count > Configuration.MEMBERS_MAX) {
            throw new DecodeException("too many sources");
        }
        List<NodeId> nodes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            nodes.add(in.readNode());
        }
        return nodes;
    }

    static void encode(InstallSnapshot message, Encoder out) {
        out.writeByte(INSTALL_SNAPSHOT);
        out.writeVarLong(message.term());
        write(message.snapshot(), out);
        out.writeVarLong(message.sources().size());
        message.sources().forEach(out::writeNode);
    }

    static void encode(InstallStatus message, Encoder out) {
        out.writeByte(INSTALL_STATUS);
        out.writeVarLong(message.term());
        out.writeVarLong(message.index());
        out.writeVarLong(message.slices());
    }

    static void encode(SnapshotMessage message, Encoder out) {
        if (message instanceof SnapshotQuery query) {
            out.writeByte(SNAPSHOT_QUERY);
            out.writeVarLong(query.index());
        } else if (message instanceof SnapshotOffer offer) {
            out.writeByte(SNAPSHOT_OFFER);
            write(offer.snapshot(), out);
        } else if (message instanceof SliceRequest request) {
            out.writeByte(SLICE_REQUEST);
            write(request.snapshot(), out);
            out.writeVarLong(request.slice());
        } else if (message instanceof SnapshotSlice slice) {
            out.writeByte(SNAPSHOT_SLICE);
            out.writeLong(slice.checksum());
            out.writeVarLong(slice.slice());
            out.writeBytes(slice.payload());
        } else {
            SliceRefusal refusal = (SliceRefusal) message;
            out.writeByte(SLICE_REFUSAL);
            out.writeLong(refusal.checksum());
            out.writeVarLong(refusal.slice());
        }
    }

    private static void write(SnapshotId id, Encoder out) {
        out.writeVarLong(id.index());
        out.writeVarLong(id.term());
        out.writeVarLong(id.bytes());
        out.writeVarLong(id.sliceBytes());
        out.writeLong(id.checksum());
    }
}
