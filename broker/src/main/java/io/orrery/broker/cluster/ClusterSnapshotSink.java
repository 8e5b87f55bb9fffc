package io.orrery.broker.cluster;

import io.orrery.broker.heal.HealRecord;
import io.orrery.kernel.SnapshotSink;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.snapshot.SnapshotMap;

/** Reads what {@link ClusterSnapshotSource} writes, into a state of its own. */
final class ClusterSnapshotSink implements SnapshotSink {
    /** Takes the whole. */
    interface Listener {
        void onRestored(ClusterState state, long appliedIndex);
    }

    private final Listener listener;
    private final ClusterState state = new ClusterState();
    private long appliedIndex = -1;
    /** Of the namespace that topics which follow belong to. */
    private SnapshotMap<String, TopicRecord> topics;

    ClusterSnapshotSink(Listener listener) {
        this.listener = listener;
    }

    @Override
    public void take(Bytes piece) {
        Decoder in = piece.decoder();
        if (appliedIndex < 0) {
            if (in.readByte() != ClusterSnapshotFormat.FORMAT) {
                throw new DecodeException("a snapshot of an unknown format");
            }
            appliedIndex = in.readVarLong();
            state.index = in.readVarLong();
        }
        while (in.remaining() > 0) {
            readRecord(in);
        }
    }

    private void readRecord(Decoder in) {
        switch (in.readByte()) {
            case ClusterSnapshotFormat.NODE:
                NodeRecord node = new NodeRecord(
                        in.readNode(),
                        in.readString(),
                        ClusterCommandCodec.decodeEnum(NodeRole.values(), in),
                        in.readVarLong());
                state.nodes.put(node.node(), node);
                return;
            case ClusterSnapshotFormat.NAMESPACE:
                topics = new SnapshotMap<>();
                state.namespaces.put(in.readString(), topics);
                return;
            case ClusterSnapshotFormat.TOPIC:
                if (topics == null) {
                    throw new DecodeException("a topic without a namespace");
                }
                TopicRecord topic =
                        new TopicRecord(in.readString(), ClusterCommandCodec.decodeSpec(in), in.readVarLong());
                topics.put(topic.name(), topic);
                state.topicCount++;
                return;
            case ClusterSnapshotFormat.HEAL:
                state.heal = new HealRecord(in.readVarLong(), HealRecord.decode(in));
                return;
            default:
                throw new DecodeException("a record of an unknown kind");
        }
    }

    @Override
    public void complete() {
        if (appliedIndex < 0) {
            throw new DecodeException("an empty snapshot");
        }
        listener.onRestored(state, appliedIndex);
    }
}
