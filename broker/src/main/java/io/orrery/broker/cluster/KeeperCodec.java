package io.orrery.broker.cluster;

import io.orrery.kernel.codec.Codec;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;

/** {@link KeeperMessage} in bytes: a kind, then the fields. */
public final class KeeperCodec implements Codec<KeeperMessage> {
    private static final int JOIN_REQUEST = 1;
    private static final int REMOVE_REQUEST = 2;
    private static final int REDIRECT = 3;
    private static final int REMOVE_DONE = 4;

    @Override
    public void encode(KeeperMessage message, Encoder out) {
        if (message instanceof KeeperMessage.JoinRequest join) {
            out.writeByte(JOIN_REQUEST);
            out.writeByte(join.role().ordinal());
        } else if (message instanceof KeeperMessage.RemoveRequest remove) {
            out.writeByte(REMOVE_REQUEST);
            out.writeVarLong(remove.request());
            out.writeNode(remove.node());
        } else if (message instanceof KeeperMessage.Redirect redirect) {
            out.writeByte(REDIRECT);
            out.writeNode(redirect.leader());
        } else if (message instanceof KeeperMessage.RemoveDone done) {
            out.writeByte(REMOVE_DONE);
            out.writeVarLong(done.request());
            out.writeString(done.reason());
        }
    }

    @Override
    public KeeperMessage decode(Decoder in) {
        return switch (in.readByte()) {
            case JOIN_REQUEST -> new KeeperMessage.JoinRequest(ClusterCommandCodec.decodeEnum(NodeRole.values(), in));
            case REMOVE_REQUEST -> new KeeperMessage.RemoveRequest(in.readVarLong(), in.readNode());
            case REDIRECT -> new KeeperMessage.Redirect(in.readNode());
            case REMOVE_DONE -> new KeeperMessage.RemoveDone(in.readVarLong(), in.readString());
            default -> throw new DecodeException("no keeper message has this kind");
        };
    }
}
