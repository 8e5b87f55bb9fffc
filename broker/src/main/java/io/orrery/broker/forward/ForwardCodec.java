package io.orrery.broker.forward;

import io.orrery.broker.forward.ForwardMessage.LinkId;
import io.orrery.broker.session.MessageCodec;
import io.orrery.kernel.codec.Codec;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;

/** {@link ForwardMessage} in bytes: a kind, the link, then the rest. */
public final class ForwardCodec implements Codec<ForwardMessage> {
    private static final int PUBLISH = 1;
    private static final int ACK = 2;

    @Override
    public void encode(ForwardMessage message, Encoder out) {
        if (message instanceof ForwardMessage.Publish publish) {
            out.writeByte(PUBLISH);
            encode(publish.link(), out);
            out.writeVarLong(publish.target());
            out.writeVarLong(publish.sequence());
            MessageCodec.INSTANCE.encode(publish.message(), out);
        } else if (message instanceof ForwardMessage.Ack ack) {
            out.writeByte(ACK);
            encode(ack.link(), out);
            out.writeVarLong(ack.upTo());
        }
    }

    private static void encode(LinkId link, Encoder out) {
        out.writeVarLong(link.generation());
        out.writeVarLong(link.number());
    }

    @Override
    public ForwardMessage decode(Decoder in) {
        int kind = in.readByte();
        LinkId link = new LinkId(in.readVarLong(), in.readVarLong());
        return switch (kind) {
            case PUBLISH ->
                new ForwardMessage.Publish(link, in.readVarLong(), in.readVarLong(), MessageCodec.INSTANCE.decode(in));
            case ACK -> new ForwardMessage.Ack(link, in.readVarLong());
            default -> throw new DecodeException("no forward message has this kind");
        };
    }
}
