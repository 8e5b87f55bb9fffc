package io.orrery.gossip.owner.message;

import io.orrery.gossip.GossipConfig;
import io.orrery.gossip.Incarnation;
import io.orrery.gossip.owner.message.OwnerMessage.Batch;
import io.orrery.gossip.owner.message.OwnerMessage.Chunk;
import io.orrery.gossip.owner.message.OwnerMessage.Digests;
import io.orrery.gossip.owner.message.OwnerMessage.Fetch;
import io.orrery.gossip.owner.message.OwnerMessage.Purpose;
import io.orrery.gossip.owner.message.OwnerMessage.Summary;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.arena.ByteArena;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.Codec;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import io.orrery.kernel.codec.Utf8;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of an {@link OwnerMessage}: a type u8, the cluster string, then
 *
 * <pre>
 * 1 digests  purpose u8, count varint, (owner string, generation u64, sequence u64, rows u64, hash u64) * count, by owner
 * 2 fetch    owner string, generation u64, sequence u64, cursor
 * 3 batch    owner string, generation u64, first u64, last u64, count varint, (added u8, row bytes) * count
 * 4 chunk    a digest as above, from, to, count varint, (row bytes) * count
 * 5 summary  hash u64                                                        since version 2
 *
 * cursor, from, to: 0, or 1 and bytes
 * </pre>
 */
public final class OwnerCodec implements Codec<OwnerMessage> {
    public static final OwnerCodec INSTANCE = new OwnerCodec();

    private static final int DIGESTS = 1;
    private static final int FETCH = 2;
    private static final int BATCH = 3;
    private static final int CHUNK = 4;
    private static final int SUMMARY = 5;
    /** The version that says all digests in a hash. */
    public static final int SUMMARIES_SINCE = 2;

    private static final int DIGEST_BYTES_MIN = 34;
    private static final Purpose[] PURPOSES = Purpose.values();

    private OwnerCodec() {}

    @Override
    public int version() {
        return SUMMARIES_SINCE;
    }

    @Override
    public int since(OwnerMessage message) {
        return message instanceof Summary ? SUMMARIES_SINCE : 1;
    }

    @Override
    public void encode(OwnerMessage message, Encoder out) {
        if (message instanceof Digests digests) {
            begin(DIGESTS, message, out);
            out.writeByte(digests.purpose().ordinal());
            out.writeVarLong(digests.digests().size());
            for (OwnerDigest digest : digests.digests()) {
                writeDigest(digest, out);
            }
        } else if (message instanceof Summary summary) {
            begin(SUMMARY, message, out);
            out.writeLong(summary.hash());
        } else if (message instanceof Fetch fetch) {
            begin(FETCH, message, out);
            writeOwner(fetch.owner(), fetch.generation(), out);
            out.writeLong(fetch.sequence());
            writeOptional(fetch.cursor(), out);
        } else if (message instanceof Batch batch) {
            begin(BATCH, message, out);
            writeOwner(batch.owner(), batch.generation(), out);
            out.writeLong(batch.firstSequence());
            out.writeLong(batch.lastSequence());
            out.writeVarLong(batch.operations().size());
            for (Operation operation : batch.operations()) {
                out.writeBoolean(operation.added());
                out.writeBytes(operation.row());
            }
        } else {
            Chunk chunk = (Chunk) message;
            begin(CHUNK, message, out);
            writeDigest(chunk.digest(), out);
            writeOptional(chunk.from(), out);
            writeOptional(chunk.to(), out);
            out.writeVarLong(chunk.rows().size());
            for (Bytes row : chunk.rows()) {
                out.writeBytes(row);
            }
        }
    }

    @Override
    public OwnerMessage decode(Decoder in) {
        int type = in.readByte();
        String cluster = in.readRecurring();
        if (Utf8.length(cluster) > GossipConfig.CLUSTER_BYTES_MAX) {
            throw new DecodeException("a cluster's name longer than its limit");
        }
        return switch (type) {
            case DIGESTS -> readDigests(cluster, in);
            case FETCH -> new Fetch(cluster, in.readNode(), readGeneration(in), readSequence(in), readOptional(in));
            case BATCH -> readBatch(cluster, in);
            case CHUNK -> readChunk(cluster, in);
            case SUMMARY -> new Summary(cluster, in.readLong());
            default -> throw new DecodeException("an unknown message of the owner log");
        };
    }

    private static Digests readDigests(String cluster, Decoder in) {
        int purpose = in.readByte();
        if (purpose >= PURPOSES.length) {
            throw new DecodeException("an unknown purpose of digests");
        }
        int count = in.readCount(DIGEST_BYTES_MIN);
        List<OwnerDigest> digests = new ArrayList<>(count);
        NodeId before = null;
        for (int i = 0; i < count; i++) {
            OwnerDigest digest = readDigest(in);
            if (before != null && before.compareTo(digest.owner()) >= 0) {
                throw new DecodeException("digests out of order");
            }
            before = digest.owner();
            digests.add(digest);
        }
        return new Digests(cluster, PURPOSES[purpose], digests);
    }

    private static Batch readBatch(String cluster, Decoder in) {
        NodeId owner = in.readNode();
        long generation = readGeneration(in);
        long first = readSequence(in);
        long last = readSequence(in);
        int count = in.readCount(2);
        if (first == 0 || first + count - 1 > last) {
            throw new DecodeException("a batch beyond the end of its log");
        }
        List<Operation> operations = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            operations.add(new Operation(in.readBoolean(), readRow(in)));
        }
        return new Batch(cluster, owner, generation, first, last, operations);
    }

    /** That the rows are in order is for who applies them to see: it takes their hashes. */
    private static Chunk readChunk(String cluster, Decoder in) {
        OwnerDigest digest = readDigest(in);
        Bytes from = readOptional(in);
        Bytes to = readOptional(in);
        int count = in.readCount(1);
        List<Bytes> rows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            rows.add(readRow(in));
        }
        return new Chunk(cluster, digest, from, to, rows);
    }

    private static OwnerDigest readDigest(Decoder in) {
        return new OwnerDigest(in.readNode(), readGeneration(in), readSequence(in), readSequence(in), in.readLong());
    }

    private static Bytes readRow(Decoder in) {
        Bytes row = in.readBytes();
        if (row.length() > ByteArena.LENGTH_MAX) {
            throw new DecodeException("a row longer than its limit");
        }
        return row;
    }

    private static void begin(int type, OwnerMessage message, Encoder out) {
        out.writeByte(type);
        out.writeString(message.cluster());
    }

    private static void writeOwner(NodeId owner, long generation, Encoder out) {
        out.writeNode(owner);
        out.writeLong(generation);
    }

    private static void writeDigest(OwnerDigest digest, Encoder out) {
        writeOwner(digest.owner(), digest.generation(), out);
        out.writeLong(digest.sequence());
        out.writeLong(digest.count());
        out.writeLong(digest.hash());
    }

    private static void writeOptional(Bytes bytes, Encoder out) {
        out.writeBoolean(bytes != null);
        if (bytes != null) {
            out.writeBytes(bytes);
        }
    }

    private static Bytes readOptional(Decoder in) {
        return in.readBoolean() ? in.readBytes() : null;
    }

    private static long readGeneration(Decoder in) {
        long generation = in.readLong();
        if (generation <= 0 || generation > Incarnation.GENERATION_MAX) {
            throw new DecodeException("a generation out of range");
        }
        return generation;
    }

    private static long readSequence(Decoder in) {
        long sequence = in.readLong();
        if (sequence < 0 || sequence > 1L << 60) {
            throw new DecodeException("a sequence out of range");
        }
        return sequence;
    }
}
