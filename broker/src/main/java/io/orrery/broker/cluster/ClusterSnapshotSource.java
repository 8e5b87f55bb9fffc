package io.orrery.broker.cluster;

import io.orrery.broker.heal.HealRecord;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.SnapshotSource;
import io.orrery.kernel.SnapshotWriter;
import io.orrery.kernel.codec.Encoder;
import io.orrery.kernel.snapshot.SnapshotMap;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/**
 * The cluster's state as a sequence of records, each of a kind, gathered into pieces of about 32 KiB: a head, the nodes, then
 * each namespace before its topics, all sorted. Equal states give equal bytes.
 */
final class ClusterSnapshotSource implements SnapshotSource {
    private static final int PIECE_BYTES = 32 * 1024;

    private final SnapshotMap.View<NodeId, NodeRecord> nodes;

    /** By the namespaces' names; there are at most {@link ClusterStateMachine#NAMESPACES_MAX}. */
    private final TreeMap<String, SnapshotMap.View<String, TopicRecord>> namespaces = new TreeMap<>();

    private final Iterator<Map.Entry<String, SnapshotMap.View<String, TopicRecord>>> namespacesLeft;
    private final Encoder piece = new Encoder();
    private SnapshotMap.View<String, TopicRecord> topics;
    private boolean nodesLeft = true;

    ClusterSnapshotSource(ClusterState state, long appliedIndex) {
        piece.writeByte(ClusterSnapshotFormat.FORMAT);
        piece.writeVarLong(appliedIndex);
        piece.writeVarLong(state.index);
        if (state.heal.index() > 0) {
            piece.writeByte(ClusterSnapshotFormat.HEAL);
            piece.writeVarLong(state.heal.index());
            HealRecord.encode(state.heal.restarts(), piece);
        }
        nodes = state.nodes.view();
        state.namespaces.asMap().forEach((name, each) -> namespaces.put(name, each.view()));
        namespacesLeft = namespaces.entrySet().iterator();
    }

    @Override
    public boolean writeNext(SnapshotWriter out, int bytesMax) {
        int written = 0;
        boolean isMore = true;
        while (isMore && written < bytesMax) {
            isMore = maybeWriteRecord();
            if (piece.position() >= PIECE_BYTES || !isMore && piece.position() > 0) {
                written += piece.position();
                out.write(piece.toBytes());
                piece.clear();
            }
        }
        return isMore;
    }

    private boolean maybeWriteRecord() {
        if (nodesLeft) {
            Map.Entry<NodeId, NodeRecord> node = nodes.next();
            nodesLeft = node != null;
            if (nodesLeft) {
                write(node.getValue());
                return true;
            }
        }
        Map.Entry<String, TopicRecord> topic = topics == null ? null : topics.next();
        if (topic != null) {
            write(topic.getValue());
        } else if (namespacesLeft.hasNext()) {
            Map.Entry<String, SnapshotMap.View<String, TopicRecord>> namespace = namespacesLeft.next();
            topics = namespace.getValue();
            piece.writeByte(ClusterSnapshotFormat.NAMESPACE);
            piece.writeString(namespace.getKey());
        } else {
            return false;
        }
        return true;
    }

    private void write(NodeRecord node) {
        piece.writeByte(ClusterSnapshotFormat.NODE);
        piece.writeNode(node.node());
        piece.writeString(node.address());
        piece.writeByte(node.role().ordinal());
        piece.writeVarLong(node.joinedIndex());
    }

    private void write(TopicRecord topic) {
        piece.writeByte(ClusterSnapshotFormat.TOPIC);
        piece.writeString(topic.name());
        ClusterCommandCodec.encode(topic.spec(), piece);
        piece.writeVarLong(topic.createdIndex());
    }

    @Override
    public void close() {
        nodes.close();
        namespaces.values().forEach(SnapshotMap.View::close);
    }
}
