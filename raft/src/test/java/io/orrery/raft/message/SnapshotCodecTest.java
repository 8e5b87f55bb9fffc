package io.orrery.raft.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import io.orrery.raft.snapshot.SnapshotId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotCodecTest {
    private static final SnapshotId ID = new SnapshotId(300, 7, 1_000, 256, 0x0123_4567_89AB_CDEFL);

    /** One of each, with every field different, beside the name of its golden file. */
    static final List<RaftMessage> MESSAGES = List.of(
            new InstallSnapshot(9, ID, List.of(NodeId.of("n2"), NodeId.of("n3"))),
            new InstallStatus(9, 300, 2),
            new SnapshotQuery(299),
            new SnapshotOffer(ID),
            new SliceRequest(ID, 3),
            new SnapshotSlice(0x0123_4567_89AB_CDEFL, 3, Bytes.ofUtf8("slice")),
            new SliceRefusal(0x0123_4567_89AB_CDEFL, 3));

    @Test
    void bytesOnTheWireAreThoseOfTheGoldenFiles() {
        for (RaftMessage message : MESSAGES) {
            String name = message.getClass().getSimpleName();
            assertThat(RaftCodec.INSTANCE.since(message)).as(name).isEqualTo(3);
            assertThat(HexFormat.of().formatHex(encode(message))).as(name).isEqualTo(golden(name));
            assertThat(decode(HexFormat.of().parseHex(golden(name)), 3))
                    .as(name)
                    .isEqualTo(message);
        }
    }

    @Test
    void anEarlierReleaseKnowsNoneOfThem() {
        for (RaftMessage message : MESSAGES) {
            assertThatThrownBy(() -> decode(encode(message), 2)).isInstanceOf(DecodeException.class);
        }
    }

    @Test
    void anyBytesAreAMessageOrRefused() {
        Prng prng = new Prng(1);
        int refused = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = encode(MESSAGES.get(prng.below(MESSAGES.size())));
            for (int changes = 1 + prng.below(4); changes > 0; changes--) {
                bytes[prng.below(bytes.length)] = (byte) prng.nextLong();
            }
            try {
                decode(prng.chance(300_000) ? Arrays.copyOf(bytes, prng.below(bytes.length + 10)) : bytes, 3);
            } catch (DecodeException expected) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(10_000);
    }

    private static byte[] encode(RaftMessage message) {
        Encoder out = new Encoder();
        out.version(3);
        RaftCodec.INSTANCE.encode(message, out);
        return out.toBytes().toByteArray();
    }

    private static RaftMessage decode(byte[] bytes, int version) {
        Decoder in = Bytes.wrap(bytes).decoder();
        in.version(version);
        RaftMessage message = RaftCodec.INSTANCE.decode(in);
        in.expectEnd();
        return message;
    }

    private static String golden(String name) {
        try (InputStream in = SnapshotCodecTest.class.getResourceAsStream("/golden/" + name + ".hex")) {
            assertThat(in).as("golden file of " + name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
