package io.orrery.broker.cluster;

import io.orrery.broker.cluster.ClusterResult.Status;
import io.orrery.kernel.Check;
import io.orrery.kernel.SnapshotSink;
import io.orrery.kernel.SnapshotSource;
import io.orrery.kernel.StateMachine;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.snapshot.SnapshotMap;

/**
 * The cluster's state as a replicated state machine.
 *
 * <p>A command that makes no sense, or bytes that are none, yield a result that says so and change nothing. Limits are part
 * of the semantics: all replicas of one version agree on them.
 */
public final class ClusterStateMachine implements StateMachine {
    static final int NODES_MAX = 1_024;
    static final int NAMESPACES_MAX = 1_000;
    static final int TOPICS_MAX = 100_000;
    static final int NAME_CHARS_MAX = 255;
    static final int ADDRESS_CHARS_MAX = 255;

    private final ClusterState state = ClusterState.initial();
    private final Decoder decoder = new Decoder();
    private long appliedIndex;

    /** The state after the last command; changes with the next. */
    public ClusterState state() {
        return state;
    }

    @Override
    public Bytes apply(long index, long timestampMillis, Bytes command) {
        Check.that(index > appliedIndex, "commands are applied in rising order", appliedIndex, index);
        appliedIndex = index;
        ClusterCommand decoded;
        try {
            decoder.wrap(command);
            decoded = ClusterCommandCodec.INSTANCE.decode(decoder);
            decoder.expectEnd();
        } catch (DecodeException notOne) {
            return ClusterResult.failed(Status.INVALID, index, "not a command: " + notOne.getMessage())
                    .encode();
        }
        ClusterResult result = apply(index, decoded);
        Check.that(result.isOk() || !result.changed(), "a command that failed changed nothing", index);
        if (result.changed()) {
            state.index = index;
        }
        return result.encode();
    }

    private ClusterResult apply(long index, ClusterCommand command) {
        if (command instanceof ClusterCommand.RegisterNode register) {
            return registerNode(index, register);
        } else if (command instanceof ClusterCommand.RemoveNode remove) {
            return ClusterResult.ok(state.nodes.remove(remove.node()) != null, index);
        } else if (command instanceof ClusterCommand.CreateNamespace create) {
            return createNamespace(index, create.name());
        } else if (command instanceof ClusterCommand.DeleteNamespace delete) {
            return deleteNamespace(index, delete.name());
        } else if (command instanceof ClusterCommand.CreateTopic create) {
            return createTopic(index, create);
        } else if (command instanceof ClusterCommand.HealSplit heal) {
            return healSplit(index, heal);
        }
        return deleteTopic(index, (ClusterCommand.DeleteTopic) command);
    }

    private ClusterResult healSplit(long index, ClusterCommand.HealSplit heal) {
        if (heal.after() != state.heal.index()) {
            return ClusterResult.failed(Status.CONFLICT, index, "the split was decided about at " + state.heal.index());
        }
        state.heal = state.heal.and(index, heal.restarts(), node -> state.nodes.value(node) != null);
        return ClusterResult.ok(true, index);
    }

    private ClusterResult registerNode(long index, ClusterCommand.RegisterNode register) {
        if (register.address().length() > ADDRESS_CHARS_MAX) {
            return ClusterResult.failed(Status.INVALID, index, "an address has at most 255 characters");
        }
        NodeRecord before = state.nodes.value(register.node());
        if (before == null && state.nodes.size() >= NODES_MAX) {
            return ClusterResult.failed(Status.LIMIT, index, "a cluster has at most " + NODES_MAX + " nodes");
        }
        NodeRecord after = new NodeRecord(
                register.node(), register.address(), register.role(), before == null ? index : before.joinedIndex());
        if (after.equals(before)) {
            return ClusterResult.ok(false, index);
        }
        state.nodes.put(after.node(), after);
        return ClusterResult.ok(true, index);
    }

    private ClusterResult createNamespace(long index, String name) {
        String fault = nameFault(name);
        if (fault != null) {
            return ClusterResult.failed(Status.INVALID, index, fault);
        }
        if (state.namespaces.holds(name)) {
            return ClusterResult.ok(false, index);
        }
        if (state.namespaces.size() >= NAMESPACES_MAX) {
            return ClusterResult.failed(Status.LIMIT, index, "a cluster has at most " + NAMESPACES_MAX + " namespaces");
        }
        state.namespaces.put(name, new SnapshotMap<>());
        return ClusterResult.ok(true, index);
    }

    private ClusterResult deleteNamespace(long index, String name) {
        SnapshotMap<String, TopicRecord> topics = state.namespaces.value(name);
        if (topics == null) {
            return ClusterResult.ok(false, index);
        }
        if (name.equals(ClusterState.DEFAULT_NAMESPACE)) {
            return ClusterResult.failed(Status.CONFLICT, index, "the default namespace stays");
        }
        if (!topics.isEmpty()) {
            return ClusterResult.failed(
                    Status.CONFLICT, index, "namespace " + name + " has " + topics.size() + " topics");
        }
        state.namespaces.remove(name);
        return ClusterResult.ok(true, index);
    }

    private ClusterResult createTopic(long index, ClusterCommand.CreateTopic create) {
        String fault = nameFault(create.name());
        if (fault == null) {
            fault = create.spec().fault();
        }
        if (fault != null) {
            return ClusterResult.failed(Status.INVALID, index, fault);
        }
        SnapshotMap<String, TopicRecord> topics = state.namespaces.value(create.namespace());
        if (topics == null) {
            return ClusterResult.failed(Status.NOT_FOUND, index, "there is no namespace " + create.namespace());
        }
        TopicRecord before = topics.value(create.name());
        if (before != null) {
            return before.spec().equals(create.spec())
                    ? ClusterResult.ok(false, index)
                    : ClusterResult.failed(Status.CONFLICT, index, "topic " + create.name() + " exists and is another");
        }
        if (state.topicCount >= TOPICS_MAX) {
            return ClusterResult.failed(Status.LIMIT, index, "a cluster has at most " + TOPICS_MAX + " topics");
        }
        topics.put(create.name(), new TopicRecord(create.name(), create.spec(), index));
        state.topicCount++;
        return ClusterResult.ok(true, index);
    }

    private ClusterResult deleteTopic(long index, ClusterCommand.DeleteTopic delete) {
        SnapshotMap<String, TopicRecord> topics = state.namespaces.value(delete.namespace());
        if (topics == null) {
            return ClusterResult.failed(Status.NOT_FOUND, index, "there is no namespace " + delete.namespace());
        }
        if (topics.remove(delete.name()) == null) {
            return ClusterResult.ok(false, index);
        }
        state.topicCount--;
        return ClusterResult.ok(true, index);
    }

    /** Why nothing can have this name; null if something can. */
    private static String nameFault(String name) {
        if (name.isEmpty() || name.length() > NAME_CHARS_MAX) {
            return "a name has 1 to " + NAME_CHARS_MAX + " characters";
        }
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) < ' ' || name.charAt(i) == 0x7F) {
                return "a name holds no control character";
            }
        }
        return null;
    }

    @Override
    public SnapshotSource snapshot() {
        return new ClusterSnapshotSource(state, appliedIndex);
    }

    @Override
    public SnapshotSink restore() {
        return new ClusterSnapshotSink(this::onRestored);
    }

    private void onRestored(ClusterState restored, long atIndex) {
        Check.that(atIndex >= appliedIndex, "a snapshot leads on", atIndex, appliedIndex);
        appliedIndex = atIndex;
        state.replaceBy(restored);
    }
}
