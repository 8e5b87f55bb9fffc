package io.orrery.kernel.codec;

import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * How a protocol's messages become bytes and come back. Written by hand, one golden file per message type. Stateless;
 * decoding keeps slices of the frame it is given instead of copying.
 *
 * @param <M> the protocol's message type
 */
public interface Codec<M> {
    /**
     * The newest version that this codec writes and reads; it does the same with all before it, from 1 on. Each frame is of
     * one version: {@link #encode} is told which by {@link Encoder#version()}, {@link #decode} by {@link Decoder#version()}.
     */
    default int version() {
        return 1;
    }

    /**
     * The first version that can say this message: it is sent in that one at least. A peer that does not read it drops the
     * message, so a kind of message that came with a later version needs a protocol that does without it.
     */
    default int since(M message) {
        return 1;
    }

    void encode(M message, Encoder out);

    /**
     * @throws DecodeException for any bytes that are not a message, and nothing else
     */
    M decode(Decoder in);

    /** A codec of two functions, for messages that have one version. */
    static <M> Codec<M> of(BiConsumer<M, Encoder> encode, Function<Decoder, M> decode) {
        return new Codec<>() {
            @Override
            public void encode(M message, Encoder out) {
                encode.accept(message, out);
            }

            @Override
            public M decode(Decoder in) {
                return decode.apply(in);
            }
        };
    }
}
