package io.orrery.gossip.owner.message;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.gossip.Golden;
import io.orrery.gossip.owner.message.OwnerMessage.Batch;
import io.orrery.gossip.owner.message.OwnerMessage.Chunk;
import io.orrery.gossip.owner.message.OwnerMessage.Digests;
import io.orrery.gossip.owner.message.OwnerMessage.Fetch;
import io.orrery.gossip.owner.message.OwnerMessage.Purpose;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OwnerCodecTest {
    private static final NodeId A = NodeId.of("a@h1");
    private static final Bytes R1 = Bytes.ofUtf8("device/+/1");
    private static final Bytes R2 = Bytes.ofUtf8("device/+/2");

    private static final Map<String, OwnerMessage> SAMPLES = new TreeMap<>(Map.of(
            "digests", new Digests("east", Purpose.TABLE, List.of(new OwnerDigest(A, 7, 8, 9, -10))),
            "digests-hello", new Digests("east", Purpose.HELLO, List.of()),
            "fetch", new Fetch("east", A, 7, 8, null),
            "fetch-cursor", new Fetch("east", A, 7, 8, R1),
            "batch", new Batch("east", A, 7, 8, 9, List.of(new Operation(true, R1), new Operation(false, R2))),
            "batch-empty", new Batch("east", A, 7, 10, 9, List.of()),
            "chunk", new Chunk("east", A, 7, 8, null, R2, List.of(R1, R2)),
            "chunk-last", new Chunk("east", A, 7, 8, R2, null, List.of())));

    @Test
    void bytesOfEachMessageAreThoseOnFile() {
        SAMPLES.forEach((name, message) -> Golden.check(OwnerCodec.INSTANCE, "owner-" + name, message));
    }

    @Test
    void anyBytesDecodeOrAreRefused() {
        SAMPLES.values().forEach(message -> Golden.fuzz(OwnerCodec.INSTANCE, message, 3, 3000));
        Golden.fuzzNoise(OwnerCodec.INSTANCE, 4, 20_000);
    }

    @Test
    void rowsOfAChunkAreInOrderAndWithinItsBounds() {
        refuses(new Chunk("east", A, 7, 8, null, null, List.of(R2, R1)));
        refuses(new Chunk("east", A, 7, 8, null, null, List.of(R1, R1)));
        refuses(new Chunk("east", A, 7, 8, R1, null, List.of(R1)));
        refuses(new Chunk("east", A, 7, 8, null, R1, List.of(R1, R2)));
    }

    private static void refuses(OwnerMessage message) {
        byte[] bytes = Golden.encode(OwnerCodec.INSTANCE, message);
        Decoder in = new Decoder();
        in.wrap(bytes, 0, bytes.length);
        assertThatThrownBy(() -> OwnerCodec.INSTANCE.decode(in)).isInstanceOf(DecodeException.class);
    }
}
