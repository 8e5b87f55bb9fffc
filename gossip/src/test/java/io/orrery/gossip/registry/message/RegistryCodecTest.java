package io.orrery.gossip.registry.message;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.gossip.Golden;
import io.orrery.gossip.registry.cell.Cell;
import io.orrery.gossip.registry.cell.Keys;
import io.orrery.gossip.registry.cell.Kind;
import io.orrery.gossip.registry.cell.Origin;
import io.orrery.gossip.registry.cell.Versions;
import io.orrery.gossip.registry.message.RegistryMessage.Digest;
import io.orrery.gossip.registry.message.RegistryMessage.Fresh;
import io.orrery.gossip.registry.message.RegistryMessage.Pull;
import io.orrery.gossip.registry.message.RegistryMessage.Slice;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RegistryCodecTest {
    private static final Origin A = new Origin(NodeId.of("a@h1"), 7);
    private static final Origin B = new Origin(NodeId.of("b@h2"), 1L << 50);
    private static final Cell NAMESPACE =
            new Cell(Keys.of(Kind.NAMESPACE, "vpn"), Bytes.EMPTY, 0, 1L << 40, false, A, 1);
    private static final Cell FIELD =
            new Cell(Keys.of(Kind.NAMESPACE, "vpn", "owner"), Bytes.ofUtf8("ann"), 0, 99, false, B, 300);
    private static final Cell GONE = new Cell(Keys.of(Kind.CLIENT, "vpn", "c1"), Bytes.EMPTY, 5, 6, true, A, 2);
    private static final Cell SESSION = new Cell(
            Keys.of(Kind.SESSION, "vpn", "c1"), Bytes.wrap(new byte[] {9}), 1_700_000_000_000L, 77, false, B, 301);

    private static Versions versions() {
        Versions versions = new Versions();
        versions.add(A, 2);
        versions.add(B, 301);
        versions.addOne(B, 309);
        versions.retire(NodeId.of("c@h3"), 12);
        return versions;
    }

    private static final Map<String, RegistryMessage> SAMPLES = new TreeMap<>(Map.of(
            "digest", new Digest("east", 7, 8, 9, true, false, true, false, -10, 0, -11, 12),
            "pull-start", new Pull("east", 1, Mode.START, 0, -1, versions(), 0, versions()),
            "pull-missing", new Pull("east", 2, Mode.MISSING, 7, 1L << 31, versions(), 0, new Versions()),
            "slice-first",
                    new Slice(
                            "east",
                            1,
                            Mode.CHANGES,
                            7,
                            3,
                            5,
                            false,
                            9,
                            10,
                            6,
                            versions(),
                            0,
                            null,
                            List.of(),
                            List.of(NAMESPACE, FIELD)),
            "slice-whole-last",
                    new Slice(
                            "east",
                            1,
                            Mode.WHOLE,
                            7,
                            1L << 31,
                            1L << 32,
                            true,
                            0,
                            10,
                            6,
                            null,
                            0,
                            versions(),
                            List.of(NodeId.of("a@h1"), NodeId.of("c@h3")),
                            List.of(GONE, SESSION)),
            "fresh", new Fresh("east", A, 1, 2, 77, List.of(NAMESPACE, GONE))));

    @Test
    void bytesOfEachMessageAreThoseOnFile() {
        SAMPLES.forEach((name, message) -> Golden.check(RegistryCodec.INSTANCE, "registry-" + name, message));
    }

    /** Since version 2 three of them say what was seen of retired lives. */
    @Test
    void bytesOfTheSecondVersionAreThoseOnFile() {
        Map<String, RegistryMessage> samples = new TreeMap<>(Map.of(
                "digest.2", new Digest("east", 7, 8, 9, true, false, true, false, -10, 21, -11, 12),
                "pull-start.2", new Pull("east", 1, Mode.START, 0, -1, versions(), -22, versions()),
                "slice-first.2",
                        new Slice(
                                "east",
                                1,
                                Mode.CHANGES,
                                7,
                                3,
                                5,
                                false,
                                9,
                                10,
                                6,
                                versions(),
                                23,
                                null,
                                List.of(),
                                List.of(NAMESPACE, FIELD))));
        samples.forEach((name, message) -> Golden.check(RegistryCodec.INSTANCE, "registry-" + name, 2, message));
    }

    @Test
    void anyBytesDecodeOrAreRefused() {
        SAMPLES.values().forEach(message -> Golden.fuzz(RegistryCodec.INSTANCE, message, 3, 3000));
        Golden.fuzzNoise(RegistryCodec.INSTANCE, 4, 20_000);
    }

    @Test
    void messagesThatContradictThemselvesAreRefused() {
        refuses(new Slice("east", 1, Mode.START, 7, 0, 1, false, 0, 1, 0, null, 0, null, List.of(), List.of()));
        refuses(new Slice("east", 1, Mode.MISSING, 7, 9, 3, false, 0, 1, 0, null, 0, null, List.of(), List.of()));
        refuses(new Slice("east", 1, Mode.WHOLE, 7, 0, 1L << 32, true, 0, 1, 0, null, 0, null, List.of(), List.of()));
        refuses(new Slice("east", 1, Mode.MISSING, 7, 0, 5, true, 0, 1, 0, null, 0, null, List.of(), List.of()));
        refuses(new Pull("east", 1, Mode.WHOLE, 7, -1, new Versions(), 0, null));
        refuses(new Pull("east", 1, Mode.WHOLE, 7, 1L << 32, new Versions(), 0, null));
        refuses(new Fresh("east", A, 3, 2, 77, List.of()));
        refuses(new Digest("east", 7, -8, 9, true, false, false, false, 0, 0, 0, 0));
    }

    private static void refuses(RegistryMessage message) {
        byte[] bytes = Golden.encode(RegistryCodec.INSTANCE, message);
        Decoder in = new Decoder();
        in.wrap(bytes, 0, bytes.length);
        assertThatThrownBy(() -> RegistryCodec.INSTANCE.decode(in)).isInstanceOf(DecodeException.class);
    }
}
