package io.orrery.gossip.traffic;

import io.orrery.kernel.codec.Codec;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import io.orrery.kernel.codec.Frame;
import java.util.function.ToIntFunction;

/** A codec that counts what goes through it; else it is the codec that it is given. */
final class CountedCodec<M> implements Codec<M> {
    private final Codec<M> codec;
    private final ToIntFunction<M> kindOf;
    private final Traffic traffic;

    CountedCodec(Codec<M> codec, ToIntFunction<M> kindOf, Traffic traffic) {
        this.codec = codec;
        this.kindOf = kindOf;
        this.traffic = traffic;
    }

    @Override
    public int version() {
        return codec.version();
    }

    @Override
    public int since(M message) {
        return codec.since(message);
    }

    @Override
    public void encode(M message, Encoder out) {
        int before = out.position();
        codec.encode(message, out);
        traffic.onSent(kindOf.applyAsInt(message), Frame.HEADER_BYTES + out.position() - before);
    }

    @Override
    public M decode(Decoder in) {
        int bytes = Frame.HEADER_BYTES + in.remaining();
        M message = codec.decode(in);
        traffic.onReceived(kindOf.applyAsInt(message), bytes);
        return message;
    }
}
