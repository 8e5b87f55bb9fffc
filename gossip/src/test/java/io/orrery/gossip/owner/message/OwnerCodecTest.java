package io.orrery.gossip.owner.message;

import io.orrery.gossip.Golden;
import io.orrery.gossip.owner.message.OwnerMessage.Batch;
import io.orrery.gossip.owner.message.OwnerMessage.Chunk;
import io.orrery.gossip.owner.message.OwnerMessage.Digests;
import io.orrery.gossip.owner.message.OwnerMessage.Fetch;
import io.orrery.gossip.owner.message.OwnerMessage.Purpose;
import io.orrery.gossip.owner.message.OwnerMessage.Summary;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OwnerCodecTest {
    private static final NodeId A = NodeId.of("a@h1");
    private static final Bytes R1 = Bytes.ofUtf8("device/+/1");
    private static final Bytes R2 = Bytes.ofUtf8("device/+/2");

    private static final OwnerDigest DIGEST = new OwnerDigest(A, 7, 8, 9, -10);

    private static final Map<String, OwnerMessage> SAMPLES = new TreeMap<>(Map.of(
            "digests", new Digests("east", Purpose.TABLE, List.of(new OwnerDigest(A, 7, 8, 9, -10))),
            "digests-hello", new Digests("east", Purpose.HELLO, List.of()),
            "fetch", new Fetch("east", A, 7, 8, null),
            "fetch-cursor", new Fetch("east", A, 7, 8, R1),
            "batch", new Batch("east", A, 7, 8, 9, List.of(new Operation(true, R1), new Operation(false, R2))),
            "batch-empty", new Batch("east", A, 7, 10, 9, List.of()),
            "chunk", new Chunk("east", DIGEST, null, R2, List.of(R1, R2)),
            "summary", new Summary("east", 0x0123456789ABCDEFL),
            "chunk-last", new Chunk("east", DIGEST, R2, null, List.of())));

    @Test
    void bytesOfEachMessageAreThoseOnFile() {
        SAMPLES.forEach((name, message) -> Golden.check(OwnerCodec.INSTANCE, "owner-" + name, message));
    }

    @Test
    void anyBytesDecodeOrAreRefused() {
        SAMPLES.values().forEach(message -> Golden.fuzz(OwnerCodec.INSTANCE, message, 3, 3000));
        Golden.fuzzNoise(OwnerCodec.INSTANCE, 4, 20_000);
    }
}
