package io.orrery.raft.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import io.orrery.raft.Proposal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ForwardCodecTest {
    private static final long ID = 0x0102030405060708L;
    private static final Map<String, ForwardMessage> MESSAGES = new TreeMap<>(Map.of(
            "Forward", new ForwardMessage.Forward(ID, Bytes.ofUtf8("set x=1")),
            "AnswerCommitted", answer(Proposal.Outcome.committed(300, Bytes.ofUtf8("ok"))),
            "AnswerNotLeader", answer(Proposal.Outcome.notLeader(NodeId.of("n2"))),
            "AnswerNoLeader", answer(Proposal.Outcome.notLeader(null)),
            "AnswerOverloaded", answer(Proposal.Outcome.overloaded()),
            "AnswerUnknown", answer(Proposal.Outcome.unknown())));

    private static ForwardMessage answer(Proposal.Outcome outcome) {
        return new ForwardMessage.Answer(ID, outcome);
    }

    @Test
    void bytesOnTheWireAreThoseOfTheGoldenFiles() {
        MESSAGES.forEach((name, message) -> {
            byte[] golden = golden(name);
            assertThat(HexFormat.of().formatHex(encode(message)))
                    .as(name)
                    .isEqualTo(HexFormat.of().formatHex(golden));
            assertThat(decode(golden)).as(name).isEqualTo(message);
        });
    }

    @Test
    void anyBytesAreAMessageOrRefused() {
        Prng prng = new Prng(1);
        int refused = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = encode((ForwardMessage) MESSAGES.values().toArray()[prng.below(MESSAGES.size())]);
            for (int changes = 1 + prng.below(4); changes > 0; changes--) {
                bytes[prng.below(bytes.length)] = (byte) prng.nextLong();
            }
            try {
                decode(Arrays.copyOf(bytes, prng.below(bytes.length + 4)));
            } catch (DecodeException expected) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(10_000);
    }

    private static byte[] encode(ForwardMessage message) {
        Encoder out = new Encoder();
        ForwardCodec.INSTANCE.encode(message, out);
        return out.toBytes().toByteArray();
    }

    private static ForwardMessage decode(byte[] bytes) {
        Decoder in = Bytes.wrap(bytes).decoder();
        ForwardMessage message = ForwardCodec.INSTANCE.decode(in);
        in.expectEnd();
        return message;
    }

    private static byte[] golden(String name) {
        try (InputStream in = ForwardCodecTest.class.getResourceAsStream("/golden/" + name + ".hex")) {
            assertThat(in).as("golden file of " + name).isNotNull();
            return HexFormat.of().parseHex(new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
