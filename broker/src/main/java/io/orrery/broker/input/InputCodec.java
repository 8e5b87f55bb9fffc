package io.orrery.broker.input;

import io.orrery.broker.session.ConnectRequest;
import io.orrery.broker.session.MessageCodec;
import io.orrery.broker.session.ReasonCode;
import io.orrery.broker.session.SubscribeRequest;
import io.orrery.broker.session.Will;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Codec;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import java.util.ArrayList;
import java.util.List;

/** An {@link Input} in bytes: one byte says which, then its fields in order. Reason codes are as on the wire of MQTT 5. */
public final class InputCodec implements Codec<Input> {
    public static final InputCodec INSTANCE = new InputCodec();

    private static final int CONNECT = 1;
    private static final int PUBLISH = 2;
    private static final int PUB_ACK = 3;
    private static final int SUBSCRIBE = 4;
    private static final int UNSUBSCRIBE = 5;
    private static final int WRITABLE = 6;
    private static final int DISCONNECT = 7;
    private static final int LINK_LOST = 8;
    private static final int END = 9;
    private static final int JOIN = 10;
    private static final int STAY = 11;
    private static final int INIT = 16;
    private static final int CHANGE_NAMESPACE = 17;
    private static final int REGISTER_CLIENT = 18;
    private static final int UNREGISTER_CLIENT = 19;
    private static final int TRANSFER = 20;
    private static final int FORGET = 12;
    private static final int FAREWELL = 13;
    private static final int HAND_OVER = 14;
    private static final int RECOVER = 15;

    @Override
    public void encode(Input input, Encoder out) {
        if (input instanceof Input.Publish publish) {
            begin(PUBLISH, publish.client(), out);
            MessageCodec.INSTANCE.encode(publish.message(), out);
            out.writeVarLong(publish.packetId());
        } else if (input instanceof Input.PubAck ack) {
            begin(PUB_ACK, ack.client(), out);
            out.writeVarLong(ack.packetId());
        } else if (input instanceof Input.Writable writable) {
            begin(WRITABLE, writable.client(), out);
        } else if (input instanceof Input.Connect connect) {
            out.writeByte(CONNECT);
            encode(connect.request(), out);
        } else if (input instanceof Input.Subscribe subscribe) {
            begin(SUBSCRIBE, subscribe.client(), out);
            encode(subscribe.request(), out);
        } else if (input instanceof Input.Unsubscribe unsubscribe) {
            begin(UNSUBSCRIBE, unsubscribe.client(), out);
            out.writeString(unsubscribe.filter());
        } else {
            encodeEnding(input, out);
        }
    }

    private static void encodeEnding(Input input, Encoder out) {
        if (input instanceof Input.Disconnect disconnect) {
            begin(DISCONNECT, disconnect.client(), out);
            out.writeByte(disconnect.reason().code());
        } else if (input instanceof Input.LinkLost lost) {
            begin(LINK_LOST, lost.client(), out);
        } else if (input instanceof Input.End end) {
            begin(END, end.client(), out);
            out.writeByte(end.reason().code());
            out.writeBoolean(end.withWill());
        } else if (input instanceof Input.Join join) {
            out.writeByte(JOIN);
            out.writeVarLong(join.seeds().size());
            join.seeds().forEach(out::writeNode);
        } else {
            encodeForNode(input, out);
        }
    }

    private static void encodeForNode(Input input, Encoder out) {
        if (input instanceof Input.Stay) {
            out.writeByte(STAY);
        } else if (input instanceof Input.Init) {
            out.writeByte(INIT);
        } else if (input instanceof Input.Forget forget) {
            out.writeByte(FORGET);
            out.writeNode(forget.node());
        } else if (input instanceof Input.ChangeNamespace change) {
            out.writeByte(CHANGE_NAMESPACE);
            out.writeBoolean(change.adds());
            out.writeString(change.name());
        } else if (input instanceof Input.RegisterClient client) {
            out.writeByte(REGISTER_CLIENT);
            out.writeString(client.namespace());
            out.writeString(client.clientId());
            out.writeVarLong(client.purposes().size());
            client.purposes().forEach(out::writeString);
            out.writeString(client.description());
        } else if (input instanceof Input.UnregisterClient client) {
            out.writeByte(UNREGISTER_CLIENT);
            out.writeString(client.namespace());
            out.writeString(client.clientId());
        } else if (input instanceof Input.HandOver) {
            out.writeByte(HAND_OVER);
        } else if (input instanceof Input.Transfer transfer) {
            out.writeByte(TRANSFER);
            out.writeNode(transfer.to());
        } else if (input instanceof Input.Recover recover) {
            out.writeByte(RECOVER);
            out.writeVarLong(recover.voters().size());
            recover.voters().forEach(out::writeNode);
        } else {
            out.writeByte(FAREWELL);
        }
    }

    private static void begin(int kind, long client, Encoder out) {
        out.writeByte(kind);
        out.writeVarLong(client);
    }

    private static void encode(ConnectRequest request, Encoder out) {
        out.writeString(request.clientId());
        out.writeByte(request.protocolLevel());
        out.writeBoolean(request.cleanStart());
        out.writeVarLong(request.keepAliveSeconds());
        out.writeVarLong(request.receiveMaximum());
        out.writeBoolean(request.userName() != null);
        out.writeString(request.userName() == null ? "" : request.userName());
        out.writeString(request.remoteAddress());
        out.writeBoolean(request.will() != null);
        if (request.will() != null) {
            MessageCodec.INSTANCE.encode(request.will().message(), out);
        }
    }

    private static void encode(SubscribeRequest request, Encoder out) {
        out.writeString(request.filter());
        out.writeByte(request.qos());
        out.writeBoolean(request.noLocal());
        out.writeBoolean(request.retainAsPublished());
        out.writeVarLong(request.subscriptionId());
    }

    @Override
    public Input decode(Decoder in) {
        int kind = in.readByte();
        return switch (kind) {
            case CONNECT -> new Input.Connect(decodeConnect(in));
            case PUBLISH -> new Input.Publish(in.readVarLong(), MessageCodec.INSTANCE.decode(in), integer(in));
            case PUB_ACK -> new Input.PubAck(in.readVarLong(), integer(in));
            case SUBSCRIBE -> new Input.Subscribe(in.readVarLong(), decodeSubscribe(in));
            case UNSUBSCRIBE -> new Input.Unsubscribe(in.readVarLong(), in.readString());
            case WRITABLE -> new Input.Writable(in.readVarLong());
            case DISCONNECT -> new Input.Disconnect(in.readVarLong(), reason(in));
            case LINK_LOST -> new Input.LinkLost(in.readVarLong());
            case END -> new Input.End(in.readVarLong(), reason(in), in.readBoolean());
            case JOIN -> new Input.Join(nodes(in));
            case STAY -> new Input.Stay();
            case INIT -> new Input.Init();
            case FORGET -> new Input.Forget(in.readNode());
            case REGISTER_CLIENT ->
                new Input.RegisterClient(in.readString(), in.readString(), texts(in), in.readString());
            case UNREGISTER_CLIENT -> new Input.UnregisterClient(in.readString(), in.readString());
            case CHANGE_NAMESPACE -> new Input.ChangeNamespace(in.readBoolean(), in.readString());
            case FAREWELL -> new Input.Farewell();
            case HAND_OVER -> new Input.HandOver();
            case TRANSFER -> new Input.Transfer(in.readNode());
            case RECOVER -> new Input.Recover(nodes(in));
            default -> throw new DecodeException("an unknown kind of input, " + kind);
        };
    }

    private static ConnectRequest decodeConnect(Decoder in) {
        String clientId = in.readString();
        int protocolLevel = in.readByte();
        boolean cleanStart = in.readBoolean();
        int keepAliveSeconds = integer(in);
        int receiveMaximum = integer(in);
        boolean hasUser = in.readBoolean();
        String userName = in.readString();
        String remoteAddress = in.readString();
        Will will = in.readBoolean() ? new Will(MessageCodec.INSTANCE.decode(in)) : null;
        return new ConnectRequest(
                clientId,
                protocolLevel,
                cleanStart,
                keepAliveSeconds,
                receiveMaximum,
                hasUser ? userName : null,
                remoteAddress,
                will);
    }

    private static SubscribeRequest decodeSubscribe(Decoder in) {
        return new SubscribeRequest(in.readString(), in.readByte(), in.readBoolean(), in.readBoolean(), integer(in));
    }

    private static int integer(Decoder in) {
        long value = in.readVarLong();
        if (value < Integer.MIN_VALUE || value > Integer.MAX_VALUE) {
            throw new DecodeException("a number out of range");
        }
        return (int) value;
    }

    private static ReasonCode reason(Decoder in) {
        int code = in.readByte();
        for (ReasonCode reason : ReasonCode.values()) {
            if (reason.code() == code) {
                return reason;
            }
        }
        throw new DecodeException("an unknown reason code, " + code);
    }

    private static List<String> texts(Decoder in) {
        List<String> texts = new ArrayList<>();
        for (int left = in.readCount(1); left > 0; left--) {
            texts.add(in.readString());
        }
        return texts;
    }

    private static List<NodeId> nodes(Decoder in) {
        int count = in.readCount(1);
        List<NodeId> nodes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            nodes.add(in.readNode());
        }
        return nodes;
    }
}
