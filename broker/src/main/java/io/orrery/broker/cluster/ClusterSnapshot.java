package io.orrery.broker.cluster;

import io.orrery.kernel.SnapshotReader;
import io.orrery.kernel.SnapshotWriter;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import java.util.Map;
import java.util.TreeMap;

/**
 * The cluster's state as a sequence of records, each of a kind, cut into slices of about 32 KiB between records: a head, the
 * nodes, then each namespace before its topics, all sorted. Equal states give equal bytes.
 */
final class ClusterSnapshot {
    private static final int FORMAT = 1;
    private static final int SLICE_BYTES = 32 * 1024;
    private static final int NODE = 1;
    private static final int NAMESPACE = 2;
    private static final int TOPIC = 3;

    private ClusterSnapshot() {}

    static void write(ClusterState state, long appliedIndex, SnapshotWriter out) {
        Encoder slice = new Encoder();
        slice.writeByte(FORMAT);
        slice.writeVarLong(appliedIndex);
        slice.writeVarLong(state.index);
        out.write(slice.toBytes());
        slice.clear();
        for (NodeRecord node : state.nodes.values()) {
            slice.writeByte(NODE);
            slice.writeNode(node.node());
            slice.writeString(node.address());
            slice.writeByte(node.role().ordinal());
            slice.writeVarLong(node.joinedIndex());
            flush(slice, SLICE_BYTES, out);
        }
        for (Map.Entry<String, TreeMap<String, TopicRecord>> namespace : state.namespaces.entrySet()) {
            slice.writeByte(NAMESPACE);
            slice.writeString(namespace.getKey());
            for (TopicRecord topic : namespace.getValue().values()) {
                slice.writeByte(TOPIC);
                slice.writeString(topic.name());
                ClusterCommandCodec.encode(topic.spec(), slice);
                slice.writeVarLong(topic.createdIndex());
                flush(slice, SLICE_BYTES, out);
            }
        }
        flush(slice, 1, out);
    }

    private static void flush(Encoder slice, int fromBytes, SnapshotWriter out) {
        if (slice.position() >= fromBytes) {
            out.write(slice.toBytes());
            slice.clear();
        }
    }

    /** Fills the state and returns the index it was taken at. */
    static long read(SnapshotReader in, ClusterState state) {
        state.clear();
        Decoder head = in.next().decoder();
        if (head.readByte() != FORMAT) {
            throw new DecodeException("a snapshot of an unknown format");
        }
        long appliedIndex = head.readVarLong();
        long index = head.readVarLong();
        TreeMap<String, TopicRecord> topics = null;
        while (in.hasNext()) {
            Decoder slice = in.next().decoder();
            while (slice.remaining() > 0) {
                topics = readRecord(slice, state, topics);
            }
        }
        state.index = index;
        return appliedIndex;
    }

    /** Returns the namespace that topics which follow belong to. */
    private static TreeMap<String, TopicRecord> readRecord(
            Decoder in, ClusterState state, TreeMap<String, TopicRecord> topics) {
        switch (in.readByte()) {
            case NODE:
                NodeRecord node = new NodeRecord(
                        in.readNode(),
                        in.readString(),
                        ClusterCommandCodec.decodeEnum(NodeRole.values(), in),
                        in.readVarLong());
                state.nodes.put(node.node(), node);
                return topics;
            case NAMESPACE:
                TreeMap<String, TopicRecord> next = new TreeMap<>();
                state.namespaces.put(in.readString(), next);
                return next;
            case TOPIC:
                if (topics == null) {
                    throw new DecodeException("a topic without a namespace");
                }
                TopicRecord topic =
                        new TopicRecord(in.readString(), ClusterCommandCodec.decodeSpec(in), in.readVarLong());
                topics.put(topic.name(), topic);
                state.topicCount++;
                return topics;
            default:
                throw new DecodeException("a record of an unknown kind");
        }
    }
}
