package io.orrery.broker.cluster;

import io.orrery.broker.heal.HealRecord;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.Codec;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;

/**
 * {@link ClusterCommand} in bytes. These lie in logs that outlive a program's version: kinds are never reused, and a byte
 * for the format comes first.
 */
public final class ClusterCommandCodec implements Codec<ClusterCommand> {
    public static final ClusterCommandCodec INSTANCE = new ClusterCommandCodec();

    private static final int FORMAT = 1;
    private static final int REGISTER_NODE = 1;
    private static final int REMOVE_NODE = 2;
    private static final int CREATE_NAMESPACE = 3;
    private static final int DELETE_NAMESPACE = 4;
    private static final int CREATE_TOPIC = 5;
    private static final int DELETE_TOPIC = 6;
    private static final int HEAL_SPLIT = 7;

    /** A command for a proposal. */
    public Bytes encode(ClusterCommand command) {
        Encoder out = new Encoder();
        encode(command, out);
        return out.toBytes();
    }

    /**
     * @throws DecodeException for bytes that are no command
     */
    public ClusterCommand decode(Bytes bytes) {
        Decoder in = bytes.decoder();
        ClusterCommand command = decode(in);
        in.expectEnd();
        return command;
    }

    @Override
    public void encode(ClusterCommand command, Encoder out) {
        out.writeByte(FORMAT);
        if (command instanceof ClusterCommand.RegisterNode register) {
            out.writeByte(REGISTER_NODE);
            out.writeNode(register.node());
            out.writeString(register.address());
            out.writeByte(register.role().ordinal());
        } else if (command instanceof ClusterCommand.RemoveNode remove) {
            out.writeByte(REMOVE_NODE);
            out.writeNode(remove.node());
        } else if (command instanceof ClusterCommand.CreateNamespace create) {
            out.writeByte(CREATE_NAMESPACE);
            out.writeString(create.name());
        } else if (command instanceof ClusterCommand.DeleteNamespace delete) {
            out.writeByte(DELETE_NAMESPACE);
            out.writeString(delete.name());
        } else if (command instanceof ClusterCommand.CreateTopic create) {
            out.writeByte(CREATE_TOPIC);
            out.writeString(create.namespace());
            out.writeString(create.name());
            encode(create.spec(), out);
        } else if (command instanceof ClusterCommand.DeleteTopic delete) {
            out.writeByte(DELETE_TOPIC);
            out.writeString(delete.namespace());
            out.writeString(delete.name());
        } else if (command instanceof ClusterCommand.HealSplit heal) {
            out.writeByte(HEAL_SPLIT);
            out.writeVarLong(heal.after());
            HealRecord.encode(heal.restarts(), out);
        }
    }

    @Override
    public ClusterCommand decode(Decoder in) {
        if (in.readByte() != FORMAT) {
            throw new DecodeException("a command of an unknown format");
        }
        return switch (in.readByte()) {
            case REGISTER_NODE ->
                new ClusterCommand.RegisterNode(in.readNode(), in.readString(), decodeEnum(NodeRole.values(), in));
            case REMOVE_NODE -> new ClusterCommand.RemoveNode(in.readNode());
            case CREATE_NAMESPACE -> new ClusterCommand.CreateNamespace(in.readString());
            case DELETE_NAMESPACE -> new ClusterCommand.DeleteNamespace(in.readString());
            case CREATE_TOPIC -> new ClusterCommand.CreateTopic(in.readString(), in.readString(), decodeSpec(in));
            case DELETE_TOPIC -> new ClusterCommand.DeleteTopic(in.readString(), in.readString());
            case HEAL_SPLIT -> new ClusterCommand.HealSplit(in.readVarLong(), HealRecord.decode(in));
            default -> throw new DecodeException("a command of an unknown kind");
        };
    }

    static void encode(TopicSpec spec, Encoder out) {
        out.writeVarLong(spec.shards());
        out.writeVarLong(spec.replicationFactor());
        out.writeVarLong(spec.retentionNanos());
        out.writeByte(spec.exchange().ordinal());
    }

    static TopicSpec decodeSpec(Decoder in) {
        return new TopicSpec(decodeInt(in), decodeInt(in), in.readVarLong(), decodeEnum(ExchangeType.values(), in));
    }

    private static int decodeInt(Decoder in) {
        long value = in.readVarLong();
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new DecodeException("a number out of range");
        }
        return (int) value;
    }

    static <E extends Enum<E>> E decodeEnum(E[] values, Decoder in) {
        int ordinal = in.readByte();
        if (ordinal >= values.length) {
            throw new DecodeException("a value that is not of its kind");
        }
        return values[ordinal];
    }
}
