package io.orrery.raft.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.kernel.Prng;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import io.orrery.raft.log.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RaftCodecTest {
    /** One of each, with every field different, beside the name of its golden file. */
    private static final List<RaftMessage> MESSAGES = List.of(
            new RequestPreVote(8, 300, 7),
            new PreVoteReply(8, true),
            new RequestVote(8, 300, 7, true),
            new VoteReply(9, false),
            new AppendEntries(
                    9,
                    299,
                    7,
                    298,
                    List.of(
                            new Entry(300, 8, 1_700_000_000_000L, Entry.Kind.NOOP, Bytes.EMPTY),
                            new Entry(301, 9, 1_700_000_000_001L, Entry.Kind.COMMAND, Bytes.ofUtf8("set x=1")),
                            new Entry(302, 9, 1_700_000_000_001L, Entry.Kind.CONFIG, Bytes.ofUtf8("\u0001\u0001a")))),
            new AppendAck(9, 302, 301),
            new AppendRefusal(9, 299, 250, 6),
            new TimeoutNow(9),
            new RequestReadIndex(9, 0x0123_4567_89ab_cdefL, true),
            new ReadIndexReply(9, 0x0123_4567_89ab_cdefL, ReadIndexReply.Status.INDEX, 302));

    @Test
    void bytesOnTheWireAreThoseOfTheGoldenFiles() {
        for (RaftMessage message : MESSAGES) {
            String name = message.getClass().getSimpleName();
            byte[] golden = golden(name);
            assertThat(HexFormat.of().formatHex(encode(message)))
                    .as(name)
                    .isEqualTo(HexFormat.of().formatHex(golden));
            assertThat(decode(golden)).as(name).isEqualTo(message);
        }
    }

    @Test
    void versionTwoTellsHowFarAFollowerHasApplied() {
        AppendAck ack = new AppendAck(9, 302, 301, 297);
        Encoder out = new Encoder();
        out.version(2);
        RaftCodec.INSTANCE.encode(ack, out);
        assertThat(out.toBytes().toByteArray()).isEqualTo(golden("AppendAck.2"));
        Decoder in = out.toBytes().decoder();
        in.version(2);
        assertThat(RaftCodec.INSTANCE.decode(in)).isEqualTo(ack);
        assertThat(decode(encode(ack))).isEqualTo(new AppendAck(9, 302, 301));
    }

    @Test
    void versionThreeBearsTheRoundOfReads() {
        Entry entry = new Entry(300, 8, 1_700_000_000_000L, Entry.Kind.COMMAND, Bytes.ofUtf8("set x=1"));
        assertInVersionThree("AppendAck.3", new AppendAck(9, 302, 301, 297, 41), new AppendAck(9, 302, 301, 297));
        assertInVersionThree(
                "AppendEntries.3",
                new AppendEntries(9, 299, 7, 298, 41, List.of(entry)),
                new AppendEntries(9, 299, 7, 298, List.of(entry)));
    }

    /** A peer of version 2 gets it without the round. */
    private static void assertInVersionThree(String golden, RaftMessage message, RaftMessage asOfTwo) {
        assertThat(HexFormat.of().formatHex(encode(message, 3)))
                .isEqualTo(HexFormat.of().formatHex(golden(golden)));
        assertThat(decode(golden(golden), 3)).isEqualTo(message);
        assertThat(decode(encode(message, 2), 2)).isEqualTo(asOfTwo);
    }

    @Test
    void answerToAReadOfUnknownStatusIsRefused() {
        byte[] bytes = encode(new ReadIndexReply(9, 1, ReadIndexReply.Status.OVERLOADED, 0));
        bytes[10] = 3;
        assertThatThrownBy(() -> decode(bytes)).isInstanceOf(DecodeException.class);
    }

    @Test
    void versionFourHasTheQuestionOfWhoMayHaveForgotten() {
        for (RaftMessage message :
                List.of(new Recall(9, 0x0123_4567_89ab_cdefL), new RecallReply(9, 0x0123_4567_89ab_cdefL, 302, true))) {
            String name = message.getClass().getSimpleName();
            assertThat(RaftCodec.INSTANCE.since(message)).isEqualTo(4);
            assertThat(HexFormat.of().formatHex(encode(message, 4)))
                    .as(name)
                    .isEqualTo(HexFormat.of().formatHex(golden(name)));
            assertThat(decode(golden(name), 4)).isEqualTo(message);
        }
    }

    @Test
    void versionFourTellsAFollowersPriority() {
        AppendAck ack = new AppendAck(9, 302, 301, 297, 41, 80);
        assertThat(HexFormat.of().formatHex(encode(ack, 4)))
                .isEqualTo(HexFormat.of().formatHex(golden("AppendAck.4")));
        assertThat(decode(golden("AppendAck.4"), 4)).isEqualTo(ack);
        assertThat(decode(encode(ack, 3), 3)).isEqualTo(new AppendAck(9, 302, 301, 297, 41));
    }

    @Test
    void everyMessageHasAGoldenFile() {
        assertThat(Stream.concat(MESSAGES.stream(), SnapshotCodecTest.MESSAGES.stream()))
                .extracting(Object::getClass)
                .extracting(Class::getName)
                .containsExactlyInAnyOrder(Stream.concat(
                                Arrays.stream(RaftMessage.class.getPermittedSubclasses()),
                                Arrays.stream(SnapshotMessage.class.getPermittedSubclasses()))
                        .filter(type -> !type.isInterface())
                        .map(Class::getName)
                        .toArray(String[]::new));
    }

    @Test
    void anyBytesAreAMessageOrRefused() {
        Prng prng = new Prng(1);
        int refused = 0;
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = prng.chance(700_000) ? mutated(prng) : random(prng);
            try {
                decode(bytes);
            } catch (DecodeException expected) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(10_000);
    }

    @Test
    void entriesWhoseTermsFallOrPassTheLeadersAreRefused() {
        Entry high = new Entry(2, 5, 0, Entry.Kind.COMMAND, Bytes.EMPTY);
        Entry low = new Entry(3, 4, 0, Entry.Kind.COMMAND, Bytes.EMPTY);
        assertRefused(new AppendEntries(5, 1, 1, 0, List.of(high, low)));
        assertRefused(new AppendEntries(4, 1, 1, 0, List.of(high)));
        assertRefused(new AppendEntries(5, 1, 6, 0, List.of()));
        assertRefused(new AppendAck(5, 1, 2));
    }

    private static void assertRefused(RaftMessage message) {
        assertThatThrownBy(() -> decode(encode(message))).isInstanceOf(DecodeException.class);
    }

    private static byte[] mutated(Prng prng) {
        byte[] bytes = encode(MESSAGES.get(prng.below(MESSAGES.size())));
        for (int changes = 1 + prng.below(4); changes > 0; changes--) {
            bytes[prng.below(bytes.length)] = (byte) prng.nextLong();
        }
        return prng.chance(300_000) ? Arrays.copyOf(bytes, prng.below(bytes.length + 10)) : bytes;
    }

    private static byte[] random(Prng prng) {
        byte[] bytes = new byte[prng.below(40)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) prng.nextLong();
        }
        if (bytes.length > 0) {
            bytes[0] = (byte) prng.below(12);
        }
        return bytes;
    }

    private static byte[] encode(RaftMessage message) {
        return encode(message, 1);
    }

    private static byte[] encode(RaftMessage message, int version) {
        Encoder out = new Encoder();
        out.version(version);
        RaftCodec.INSTANCE.encode(message, out);
        return out.toBytes().toByteArray();
    }

    private static RaftMessage decode(byte[] bytes) {
        return decode(bytes, 1);
    }

    private static RaftMessage decode(byte[] bytes, int version) {
        Decoder in = Bytes.wrap(bytes).decoder();
        in.version(version);
        RaftMessage message = RaftCodec.INSTANCE.decode(in);
        in.expectEnd();
        return message;
    }

    private static byte[] golden(String name) {
        try (InputStream in = RaftCodecTest.class.getResourceAsStream("/golden/" + name + ".hex")) {
            assertThat(in).as("golden file of " + name).isNotNull();
            String hex = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return HexFormat.of().parseHex(hex.strip());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
