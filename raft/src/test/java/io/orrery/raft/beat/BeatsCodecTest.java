package io.orrery.raft.beat;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.Prng;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import io.orrery.raft.log.Entry;
import io.orrery.raft.message.AppendAck;
import io.orrery.raft.message.AppendEntries;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class BeatsCodecTest {
    private static final Beats BEATS = new Beats(
            0x0102030405060708L,
            Beats.mark(7, 3),
            true,
            List.of(
                    new Beat(7, new AppendEntries(3, 300, 2, 299, 5, List.of()), false),
                    new Beat(1000, new AppendEntries(4, 1, 1, 1, 0, List.of()), true)),
            List.of(new BeatAnswer(8, new AppendAck(9, 40, 39, 38, 2, 100))),
            List.of(11L, 12L));

    private static final Entry FIRST = new Entry(301, 2, 1_000, Entry.Kind.COMMAND, Bytes.ofUtf8("a"));

    private static final Beats LOADED = new Beats(
            1,
            2,
            false,
            BEATS.beats(),
            BEATS.answers(),
            BEATS.wakes(),
            List.of(
                    new Parcel(
                            7,
                            new AppendEntries(
                                    3,
                                    300,
                                    2,
                                    299,
                                    5,
                                    List.of(FIRST, new Entry(302, 3, 1_001, Entry.Kind.NOOP, Bytes.EMPTY)))),
                    new Parcel(8, new AppendEntries(3, 300, 2, 299, 0, List.of(FIRST)))));

    @Test
    void bytesOnTheWireAreThoseOfTheGoldenFile() throws IOException {
        byte[] golden = golden("Beats");
        assertThat(HexFormat.of().formatHex(encode(BEATS, 1)))
                .isEqualTo(HexFormat.of().formatHex(golden));
        assertThat(decode(golden, 1)).isEqualTo(BEATS);
    }

    @Test
    void entriesOfSeveralGroupsGoInOneMessageFromVersion2On() throws IOException {
        byte[] golden = golden("Beats.2");
        assertThat(HexFormat.of().formatHex(encode(LOADED, 2)))
                .isEqualTo(HexFormat.of().formatHex(golden));
        assertThat(decode(golden, 2)).isEqualTo(LOADED);
        assertThat(BeatsCodec.INSTANCE.since(LOADED)).isEqualTo(2);
        assertThat(BeatsCodec.INSTANCE.since(BEATS))
                .as("earlier releases read it")
                .isEqualTo(1);
    }

    @Test
    void anyBytesAreAMessageOrRefused() {
        Prng prng = new Prng(1);
        int refused = 0;
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = i % 2 == 0 ? encode(BEATS, 1) : encode(LOADED, 2);
            for (int changes = 1 + prng.below(4); changes > 0; changes--) {
                bytes[prng.below(bytes.length)] = (byte) prng.nextLong();
            }
            try {
                decode(Arrays.copyOf(bytes, prng.below(bytes.length + 4)), 1 + i % 2);
            } catch (DecodeException expected) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(5_000);
    }

    @Test
    void groupsAndTermsThatSleepAreToldApart() {
        assertThat(Beats.mark(1, 2)).isNotEqualTo(Beats.mark(2, 1));
        assertThat(Beats.mark(0, 1) + Beats.mark(1, 2)).isNotEqualTo(Beats.mark(0, 2) + Beats.mark(1, 1));
        assertThat(Beats.mark(0, 1)).isNotZero();
    }

    private static byte[] encode(Beats message, int version) {
        Encoder out = new Encoder();
        out.version(version);
        BeatsCodec.INSTANCE.encode(message, out);
        return out.toBytes().toByteArray();
    }

    private static Beats decode(byte[] bytes, int version) {
        Decoder in = Bytes.wrap(bytes).decoder();
        in.version(version);
        Beats message = BeatsCodec.INSTANCE.decode(in);
        in.expectEnd();
        return message;
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream in = BeatsCodecTest.class.getResourceAsStream("/golden/" + name + ".hex")) {
            assertThat(in).as("golden file").isNotNull();
            return HexFormat.of().parseHex(new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip());
        }
    }
}
