package io.orrery.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.codec.Codec;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.SplittableRandom;

/**
 * The bytes of each message as they were when released: a codec that changes them breaks rolling upgrades. The files lie in
 * {@code src/test/golden}; {@code -Dgolden.write=true} writes them anew.
 */
public final class Golden {
    private Golden() {}

    /** Encodes to exactly the file's bytes, and decodes from them to an equal message. */
    public static <M> void check(Codec<M> codec, String name, M message) {
        check(codec, name, 1, message);
    }

    /** The same in a version. */
    public static <M> void check(Codec<M> codec, String name, int version, M message) {
        Path file = Path.of("src/test/golden", name + ".hex");
        byte[] bytes = encode(codec, version, message);
        if (Boolean.getBoolean("golden.write")) {
            write(file, HexFormat.of().formatHex(bytes) + "\n");
        }
        assertThat(HexFormat.of().formatHex(bytes))
                .as(name)
                .isEqualTo(read(file).strip());
        assertThat(decode(codec, version, bytes)).as(name).isEqualTo(message);
    }

    /** Cuts, extends and mutates the bytes of a message: it decodes, or is refused as it should be. */
    public static <M> void fuzz(Codec<M> codec, M message, long seed, int rounds) {
        byte[] bytes = encode(codec, message);
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < rounds; round++) {
            byte[] mutated = bytes.clone();
            for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
            }
            tryDecode(codec, mutated, random.nextInt(4) == 0 ? random.nextInt(mutated.length + 1) : mutated.length);
        }
    }

    /** Feeds noise behind each possible first byte. */
    public static <M> void fuzzNoise(Codec<M> codec, long seed, int rounds) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < rounds; round++) {
            byte[] noise = new byte[random.nextInt(1, 200)];
            random.nextBytes(noise);
            noise[0] = (byte) random.nextInt(10);
            tryDecode(codec, noise, noise.length);
        }
    }

    private static <M> void tryDecode(Codec<M> codec, byte[] bytes, int length) {
        Decoder in = new Decoder();
        in.wrap(bytes, 0, length);
        try {
            M decoded = codec.decode(in);
            in.expectEnd();
            assertThat(decode(codec, 1, encode(codec, decoded))).isEqualTo(decoded);
        } catch (DecodeException refused) {
            assertThat(refused.getMessage()).isNotEmpty();
        }
    }

    public static <M> byte[] encode(Codec<M> codec, M message) {
        return encode(codec, 1, message);
    }

    public static <M> byte[] encode(Codec<M> codec, int version, M message) {
        Encoder out = new Encoder();
        out.version(version);
        codec.encode(message, out);
        return out.toBytes().toByteArray();
    }

    private static <M> M decode(Codec<M> codec, int version, byte[] bytes) {
        Decoder in = new Decoder();
        in.version(version);
        in.wrap(bytes, 0, bytes.length);
        M message = codec.decode(in);
        in.expectEnd();
        return message;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
