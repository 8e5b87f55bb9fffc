package io.orrery.gossip.registry.message;

import io.orrery.gossip.GossipConfig;
import io.orrery.gossip.registry.cell.CellTable;
import io.orrery.gossip.registry.cell.HybridClock;
import io.orrery.gossip.registry.cell.Origin;
import io.orrery.gossip.registry.cell.Versions;
import io.orrery.gossip.registry.message.RegistryMessage.Digest;
import io.orrery.gossip.registry.message.RegistryMessage.Fresh;
import io.orrery.gossip.registry.message.RegistryMessage.Pull;
import io.orrery.gossip.registry.message.RegistryMessage.Slice;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Codec;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import io.orrery.kernel.codec.Utf8;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of a {@link RegistryMessage}: a type u8, the cluster string, then
 *
 * <pre>
 * 1 digest  life u64, position u64, stamp u64, answer u8, settled u8, kept u8, fresh u8, seen hash u64,
 *           [closed hash u64,] live hash u64, live cells u64
 * 2 pull    number u64, mode u8, life u64, cursor u64, seen versions, [closed hash u64,] kept
 * 3 slice   number u64, mode u8, life u64, from u64, to u64, last u8, position u64, stamp u64, floor stamp u64, claim,
 *           floors, participants, cells
 * 4 fresh   node string, life varint, first u64, last u64, stamp u64, cells
 *
 * participants: count varint, (node string) * count
 * kept: 0, or 1 if it is the same as seen, or 2 and versions; floors: 0, or 1 and versions;
 * claim: 0, or 1 and versions [and closed hash u64]
 * </pre>
 *
 * <p>What is in brackets is there since version 2; before, nothing is said of it, which counts as 0.
 */
public final class RegistryCodec implements Codec<RegistryMessage> {
    public static final RegistryCodec INSTANCE = new RegistryCodec();

    /** More members than a cluster has. */
    private static final int PARTICIPANTS_MAX = 65_536;

    private static final int DIGEST = 1;
    private static final int PULL = 2;
    private static final int SLICE = 3;
    private static final int FRESH = 4;
    private static final Mode[] MODES = Mode.values();

    /** The version that says what was seen of retired lives. */
    private static final int CLOSED_SINCE = 2;

    private RegistryCodec() {}

    @Override
    public int version() {
        return CLOSED_SINCE;
    }

    @Override
    public void encode(RegistryMessage message, Encoder out) {
        if (message instanceof Digest digest) {
            begin(DIGEST, message, out);
            out.writeLong(digest.life());
            out.writeLong(digest.position());
            out.writeLong(digest.stamp());
            out.writeBoolean(digest.isAnswer());
            out.writeBoolean(digest.isSettled());
            out.writeBoolean(digest.isKept());
            out.writeBoolean(digest.isFresh());
            out.writeLong(digest.seenHash());
            writeClosed(digest.closedHash(), out);
            out.writeLong(digest.liveHash());
            out.writeLong(digest.liveCells());
        } else if (message instanceof Pull pull) {
            begin(PULL, message, out);
            out.writeLong(pull.number());
            out.writeByte(pull.mode().ordinal());
            out.writeLong(pull.life());
            out.writeLong(pull.cursor());
            VersionsCodec.write(pull.seen(), out);
            writeClosed(pull.closedHash(), out);
            writeKept(pull, out);
        } else if (message instanceof Slice slice) {
            begin(SLICE, message, out);
            write(slice, out);
        } else {
            Fresh fresh = (Fresh) message;
            begin(FRESH, message, out);
            VersionsCodec.writeOrigin(fresh.origin(), out);
            out.writeLong(fresh.first());
            out.writeLong(fresh.last());
            out.writeLong(fresh.stamp());
            CellsCodec.write(fresh.cells(), out);
        }
    }

    private static void writeKept(Pull pull, Encoder out) {
        boolean isAll = pull.seen().equals(pull.kept());
        out.writeByte(pull.kept() == null ? 0 : isAll ? 1 : 2);
        if (pull.kept() != null && !isAll) {
            VersionsCodec.write(pull.kept(), out);
        }
    }

    private static Versions readKept(Versions seen, Decoder in) {
        return switch (in.readByte()) {
            case 0 -> null;
            case 1 -> seen;
            case 2 -> VersionsCodec.read(in);
            default -> throw new DecodeException("kept is nothing, the same, or something");
        };
    }

    private static void write(Slice slice, Encoder out) {
        out.writeLong(slice.number());
        out.writeByte(slice.mode().ordinal());
        out.writeLong(slice.life());
        out.writeLong(slice.from());
        out.writeLong(slice.to());
        out.writeBoolean(slice.isLast());
        out.writeLong(slice.position());
        out.writeLong(slice.stamp());
        out.writeLong(slice.floorStamp());
        writeOptional(slice.claim(), out);
        if (slice.claim() != null) {
            writeClosed(slice.closedHash(), out);
        }
        writeOptional(slice.floors(), out);
        out.writeVarLong(slice.participants().size());
        slice.participants().forEach(out::writeNode);
        CellsCodec.write(slice.cells(), out);
    }

    @Override
    public RegistryMessage decode(Decoder in) {
        int type = in.readByte();
        String cluster = in.readRecurring();
        if (Utf8.length(cluster) > GossipConfig.CLUSTER_BYTES_MAX) {
            throw new DecodeException("a cluster's name longer than its limit");
        }
        return switch (type) {
            case DIGEST ->
                new Digest(
                        cluster,
                        readLife(in),
                        readPosition(in),
                        readStamp(in),
                        in.readBoolean(),
                        in.readBoolean(),
                        in.readBoolean(),
                        in.readBoolean(),
                        in.readLong(),
                        readClosed(in),
                        in.readLong(),
                        readPosition(in));
            case PULL -> readPull(cluster, in);
            case SLICE -> readSlice(cluster, in);
            case FRESH -> readFresh(cluster, in);
            default -> throw new DecodeException("an unknown message of the registry");
        };
    }

    private static Pull readPull(String cluster, Decoder in) {
        long number = in.readLong();
        Mode mode = readMode(in);
        long life = readLife(in);
        long cursor = in.readLong();
        boolean inTable = mode == Mode.MISSING || mode == Mode.WHOLE;
        if (cursor < -1 || cursor == -1 && mode != Mode.START || inTable && cursor >= CellTable.HASH_END) {
            throw new DecodeException("a cursor out of range");
        }
        Versions seen = VersionsCodec.read(in);
        return new Pull(cluster, number, mode, life, cursor, seen, readClosed(in), readKept(seen, in));
    }

    private static Slice readSlice(String cluster, Decoder in) {
        long number = in.readLong();
        Mode mode = readMode(in);
        long life = readLife(in);
        long from = readPosition(in);
        long to = readPosition(in);
        boolean isLast = in.readBoolean();
        if (mode == Mode.START || to < from || mode != Mode.CHANGES && to > CellTable.HASH_END) {
            throw new DecodeException("a slice of nothing");
        }
        if (mode != Mode.CHANGES && isLast != (to == CellTable.HASH_END)) {
            throw new DecodeException("a slice that ends elsewhere than it says");
        }
        long position = readPosition(in);
        long stamp = readStamp(in);
        long floorStamp = readStamp(in);
        Versions claim = readOptional(in);
        long closedHash = claim == null ? 0 : readClosed(in);
        Versions floors = readOptional(in);
        if ((floors != null) != (isLast && mode == Mode.WHOLE)) {
            throw new DecodeException("floors where none belong");
        }
        List<NodeId> participants = readNodes(in);
        if (!participants.isEmpty() && !isLast) {
            throw new DecodeException("participants where none belong");
        }
        return new Slice(
                cluster,
                number,
                mode,
                life,
                from,
                to,
                isLast,
                position,
                stamp,
                floorStamp,
                claim,
                closedHash,
                floors,
                participants,
                CellsCodec.read(in));
    }

    private static List<NodeId> readNodes(Decoder in) {
        int count = in.readCount(2);
        if (count > PARTICIPANTS_MAX) {
            throw new DecodeException("more participants than nodes can be");
        }
        List<NodeId> nodes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            nodes.add(in.readNode());
        }
        return nodes;
    }

    private static Fresh readFresh(String cluster, Decoder in) {
        Origin origin = VersionsCodec.readOrigin(in);
        long first = in.readLong();
        long last = in.readLong();
        if (first <= 0 || last < first || last > Versions.SEQUENCE_MAX) {
            throw new DecodeException("writes out of range");
        }
        return new Fresh(cluster, origin, first, last, readStamp(in), CellsCodec.read(in));
    }

    private static void begin(int type, RegistryMessage message, Encoder out) {
        out.writeByte(type);
        out.writeString(message.cluster());
    }

    private static void writeClosed(long hash, Encoder out) {
        if (out.version() >= CLOSED_SINCE) {
            out.writeLong(hash);
        }
    }

    private static long readClosed(Decoder in) {
        return in.version() >= CLOSED_SINCE ? in.readLong() : 0;
    }

    private static void writeOptional(Versions versions, Encoder out) {
        out.writeBoolean(versions != null);
        if (versions != null) {
            VersionsCodec.write(versions, out);
        }
    }

    private static Versions readOptional(Decoder in) {
        return in.readBoolean() ? VersionsCodec.read(in) : null;
    }

    private static Mode readMode(Decoder in) {
        int mode = in.readByte();
        if (mode >= MODES.length) {
            throw new DecodeException("an unknown mode");
        }
        return MODES[mode];
    }

    private static long readLife(Decoder in) {
        long life = in.readLong();
        if (life < 0 || life > Origin.LIFE_MAX) {
            throw new DecodeException("a life out of range");
        }
        return life;
    }

    private static long readPosition(Decoder in) {
        long position = in.readLong();
        if (position < 0) {
            throw new DecodeException("a negative position");
        }
        return position;
    }

    private static long readStamp(Decoder in) {
        long stamp = in.readLong();
        if (stamp < 0 || stamp > HybridClock.STAMP_MAX) {
            throw new DecodeException("a stamp out of range");
        }
        return stamp;
    }
}
