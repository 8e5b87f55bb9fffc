package io.orrery.raft.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logs that earlier releases have written are read for ever. */
class GoldenSegmentTest {
    private static final NodeId SELF = NodeId.of("n1");

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void bytesOnDiskAreThoseOfTheGoldenFile(int version) {
        assertThat(HexFormat.of().formatHex(segment(version)))
                .isEqualTo(HexFormat.of().formatHex(golden(version)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void whatAnyReleaseHasWrittenIsRead(int version) {
        WalBox box = new WalBox(1, WalConfig.DEFAULT.withAheadBytes(0));
        box.overwrite(WalFormat.fileName(1), golden(version));
        box.restart();
        assertThat(box.log(1).hardState()).isEqualTo(new HardState(5, NodeId.of("n2")));
        assertThat(box.payloads(1)).containsExactly("b", "C");
        assertThat(box.log(1).firstIndex()).isEqualTo(version < 3 ? 1 : 2);
        assertThat(box.log(1).lastTerm()).isEqualTo(5);
        assertThat(box.log(2).lastIndex()).isEqualTo(version < 3 ? 0 : 7);
        assertThat(box.log(2).hardState()).isEqualTo(new HardState(6, null));
    }

    private static byte[] segment(int version) {
        WalBatch batch = new WalBatch(new SegmentHeader(SELF, version));
        RaftLog one = new RaftLog(null, 1, new Segments(), new ChunkPool());
        RaftLog two = new RaftLog(null, 2, new Segments(), new ChunkPool());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        batch.hardState(one, new HardState(4, null));
        int index = 1;
        if (version >= 3) {
            WalBox.add(batch, one, entry(index++, 4, "a"));
        }
        WalBox.add(batch, one, entry(index++, 4, "b"));
        WalBox.add(batch, one, entry(index, 4, "c"));
        Bytes sealed = batch.seal(1, 0, 0, 1);
        out.writeBytes(sealed.toByteArray());
        batch.truncate(one, index);
        batch.hardState(one, new HardState(5, NodeId.of("n2")));
        WalBox.add(batch, one, entry(index, 5, "C"));
        batch.hardState(two, new HardState(6, null));
        if (version >= 3) {
            batch.compact(one, 1, 4);
            batch.restart(two, 7, 6);
        }
        out.writeBytes(batch.seal(1, out.size(), batch.chainBehind(), 1).toByteArray());
        return out.toByteArray();
    }

    private static Entry entry(long index, long term, String payload) {
        return new Entry(index, term, 1_700_000_000_000L, Entry.Kind.COMMAND, Bytes.ofUtf8(payload));
    }

    private static byte[] golden(int version) {
        String name = "/golden/Segment." + version + ".hex";
        try (InputStream in = GoldenSegmentTest.class.getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            return HexFormat.of()
                    .parseHex(new String(in.readAllBytes(), StandardCharsets.US_ASCII).replaceAll("\\s", ""));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
