package io.orrery.raft.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class WalTest {
    /** Nothing is allocated ahead: a file ends where its last batch does. */
    private static final WalConfig PLAIN = WalConfig.DEFAULT.withAheadBytes(0);

    private static final String FIRST = WalFormat.fileName(1);
    private static final String SECOND = WalFormat.fileName(2);

    @Test
    void whatWasSyncedIsReadBack() {
        WalBox box = new WalBox(1, WalConfig.DEFAULT);
        box.append(1, "a", "b", "c");
        box.append(2, "x");
        box.event(() -> {
            box.log(1).truncateFrom(2);
            box.log(1).save(new HardState(3, NodeId.of("n2")));
            box.appendNow(1, 3, "d");
            box.log(2).save(new HardState(4, null));
        });
        box.settle();
        box.restart();
        assertThat(box.payloads(1)).containsExactly("a", "d");
        assertThat(box.log(1).term(2)).isEqualTo(3);
        assertThat(box.log(1).hardState()).isEqualTo(new HardState(3, NodeId.of("n2")));
        assertThat(box.log(1).durableIndex()).isEqualTo(2);
        assertThat(box.payloads(2)).containsExactly("x");
        assertThat(box.log(2).hardState()).isEqualTo(new HardState(4, null));
        assertThat(box.payloads(3)).isEmpty();
    }

    @Test
    void allThatOneCycleBringsIsOneWriteAndOneSyncForAllGroups() {
        WalBox box = new WalBox(2, WalConfig.DEFAULT);
        box.event(() -> {
            for (int group = 1; group <= 100; group++) {
                box.appendNow(group, 1, "a");
            }
        });
        box.settle();
        assertThat(box.wal().counters().records()).isEqualTo(100);
        assertThat(box.wal().counters().batches()).isEqualTo(1);
        assertThat(box.wal().counters().syncs()).isEqualTo(1);
    }

    @Test
    void whatIsAppendedDuringASyncGoesWithTheNext() {
        WalBox box = new WalBox(3, WalConfig.DEFAULT);
        box.append(1, "a");
        box.sim.runUntil(() -> box.wal().counters().batches() == 1, 1_000_000_000L);
        box.append(1, "b");
        box.append(1, "c");
        assertThat(box.log(1).durableIndex()).isZero();
        box.settle();
        assertThat(box.wal().counters().batches()).isEqualTo(2);
        assertThat(box.log(1).durableIndex()).isEqualTo(3);
    }

    @Test
    void aCompletionRaisesNothingThatWasCutOffMeanwhile() {
        WalBox box = new WalBox(4, WalConfig.DEFAULT);
        box.append(1, "a", "b", "c");
        box.sim.runUntil(() -> box.wal().counters().batches() == 1, 1_000_000_000L);
        box.event(() -> {
            box.log(1).truncateFrom(2);
            box.appendNow(1, 2, "d");
            box.appendNow(1, 2, "e");
        });
        box.sim.runUntil(() -> box.wal().counters().syncs() == 1, 1_000_000_000L);
        assertThat(box.log(1).durableIndex()).isEqualTo(1);
        box.settle();
        assertThat(box.log(1).durableIndex()).isEqualTo(3);
    }

    @Test
    void aFullSegmentIsFollowedByTheNext() {
        WalBox box = new WalBox(5, WalBox.segments(1024));
        for (int i = 0; i < 20; i++) {
            box.append(1, "payload number " + i);
            box.settle();
        }
        box.restart();
        assertThat(box.payloads(1)).hasSize(20);
        assertThat(box.files()).hasSizeGreaterThan(2).contains(FIRST, SECOND);
    }

    @Test
    void aRecordLongerThanAReadIsReadBack() {
        WalBox box = new WalBox(6, WalBox.segments(1024));
        String large = "x".repeat(5000);
        box.append(1, large, "small", large);
        box.settle();
        box.restart();
        assertThat(box.payloads(1)).containsExactly(large, "small", large);
    }

    @Test
    void damageInAnEarlierSegmentIsNamedAndWhatIsBehindItIsKept() {
        WalBox box = new WalBox(7, WalBox.segments(1024));
        for (int i = 0; i < 20; i++) {
            box.append(1, "payload number " + i);
            box.append(2, "of another group " + i);
            box.settle();
        }
        byte[] content = box.read(FIRST);
        int damaged = new String(content, StandardCharsets.ISO_8859_1).indexOf("payload number 2");
        content[damaged] ^= 1;
        box.overwrite(FIRST, content);
        box.restart();
        assertThat(box.wal().damages()).hasSize(1);
        assertThat(box.wal().damages().get(0).file()).isEqualTo(FIRST);
        assertThat(box.wal().damages().get(0).from()).isEqualTo(damaged - WalFormat.ENTRY_HEADER_BYTES);
        assertThat(box.payloads(1)).containsExactly("payload number 0", "payload number 1");
        assertThat(box.log(1).damaged()).isEqualTo("entries 3 to 20");
        assertThat(box.log(1).hardState().forgot()).isTrue();
        assertThat(box.payloads(2)).hasSize(20);
        assertThat(box.log(2).hardState().forgot())
                .as("nothing of this group is missing")
                .isFalse();
        box.settle();
        box.append(1, "again");
        box.settle();
        box.restart();
        assertThat(box.wal().damages()).as("the damaged segment was given away").isEmpty();
        assertThat(box.payloads(1)).containsExactly("payload number 0", "payload number 1", "again");
        assertThat(box.log(1).hardState().forgot())
                .as("that it forgot is not forgotten")
                .isTrue();
        assertThat(box.payloads(2)).hasSize(20);
    }

    @Test
    void aGroupOfWhichNothingIsFoundBehindDamageMayHaveForgotten() {
        WalBox box = new WalBox(7, WalBox.segments(1024));
        box.append(2, "seldom");
        box.settle();
        for (int i = 0; i < 20; i++) {
            box.append(1, "payload number " + i);
            box.settle();
        }
        byte[] content = box.read(SECOND);
        content[content.length / 2] ^= 1;
        box.overwrite(SECOND, content);
        box.restart();
        assertThat(box.payloads(2)).containsExactly("seldom");
        assertThat(box.log(2).hardState().forgot()).isTrue();
    }

    @Test
    void aMissingSegmentStopsTheNode() {
        WalBox box = new WalBox(8, WalBox.segments(1024));
        for (int i = 0; i < 40; i++) {
            box.append(1, "payload number " + i);
            box.settle();
        }
        box.delete(SECOND);
        assertThatThrownBy(box::restart).hasMessageContaining(SECOND).hasMessageContaining("missing");
    }

    @Test
    void aSegmentOfAnotherLogStopsTheNode() {
        WalBox box = new WalBox(9, WalBox.segments(1024));
        WalBox other = new WalBox(9, WalBox.segments(1024));
        for (int i = 0; i < 20; i++) {
            box.append(1, "payload number " + i);
            other.append(1, "another load, " + i);
            box.settle();
            other.settle();
        }
        box.overwrite(SECOND, other.read(SECOND));
        assertThatThrownBy(box::restart).hasMessageContaining(SECOND).hasMessageContaining("does not continue");
    }

    @Test
    void aFormatOfTheFutureIsRefusedAndNotCut() {
        WalBox box = new WalBox(10, PLAIN);
        box.append(1, "a");
        box.settle();
        byte[] content = box.read(FIRST);
        WalFormat.setInt(content, 24, WalFormat.VERSION + 1);
        WalFormat.setInt(content, 0, WalFormat.checksum(content, 0, WalFormat.intAt(content, 4), 1, 0, new CRC32C()));
        box.overwrite(FIRST, content);
        assertThatThrownBy(box::restart).hasMessageContaining("format version 4, known is 3");
    }

    @Test
    void aLogOfAnEarlierFormatIsReadAndGoesOnInOurs() {
        WalBox box = new WalBox(20, WalBox.segments(1024).withVersion(1));
        box.append(1, "old");
        box.settle();
        assertThat(WalFormat.intAt(box.read(FIRST), 24)).isEqualTo(1);
        box.upgrade(WalBox.segments(1024));
        box.restart();
        box.append(1, "new".repeat(200), "newer".repeat(100));
        box.settle();
        box.append(1, "newest");
        box.settle();
        assertThat(WalFormat.intAt(box.read(FIRST), 24)).isEqualTo(1);
        assertThat(WalFormat.intAt(box.read(SECOND), 24)).isEqualTo(WalFormat.VERSION);
        box.restart();
        assertThat(box.log(1).lastIndex()).isEqualTo(4);
        box.upgrade(WalBox.segments(1024).withVersion(1));
        assertThatThrownBy(box::restart)
                .hasMessageContaining(SECOND)
                .hasMessageContaining("format version 3, known is 1: was it written by a newer release?");
    }

    @Test
    void recordsLongerThanARecoveryReadsAtATimeAreRead() {
        WalBox box = new WalBox(22, WalBox.segments(100_000));
        String longer = "x".repeat(600);
        box.append(1, longer, longer, "short", longer, longer);
        box.settle();
        box.restart();
        assertThat(box.payloads(1)).containsExactly(longer, longer, "short", longer, longer);
    }

    @Test
    void aSealedBatchStaysAsItIsWhileTheNextOneIsGathered() {
        WalBatch batch = new WalBatch(new SegmentHeader(NodeId.of("n1"), WalFormat.VERSION));
        RaftLog log = new RaftLog(null, 1, new Segments(), new ChunkPool());
        WalBox.add(batch, log, new Entry(1, 1, 5, Entry.Kind.COMMAND, Bytes.ofUtf8("a")));
        Bytes sealed = batch.seal(1, 0, 0, 1);
        byte[] before = sealed.toByteArray();
        WalBox.add(batch, log, new Entry(2, 1, 6, Entry.Kind.COMMAND, Bytes.ofUtf8("b")));
        assertThat(sealed.toByteArray()).isEqualTo(before);
    }

    @Test
    void theLogOfAnotherNodeIsRefused() {
        SegmentHeader header = new SegmentHeader(NodeId.of("n3"), WalFormat.VERSION);
        WalBatch batch = new WalBatch(header);
        batch.truncate(new RaftLog(null, 1, new Segments(), new ChunkPool()), 1);
        byte[] content = batch.seal(1, 0, 0, 1).toByteArray();
        WalBox box = new WalBox(21, PLAIN);
        box.append(1, "a");
        box.settle();
        box.overwrite(FIRST, content);
        assertThatThrownBy(box::restart).hasMessageContaining("the log of node n3, not of n1: is this its disk?");
    }

    /** Every single byte that rots is noticed; only what was in the very last batch can be taken for a torn write. */
    @Test
    void noDamagedByteEverPasses() {
        List<Integer> ends = new ArrayList<>();
        byte[] content = threeBatches(ends);
        for (int at = 0; at < content.length; at++) {
            byte[] damaged = content.clone();
            damaged[at] ^= (byte) (1 << at % 8);
            WalBox box = new WalBox(11, PLAIN);
            box.overwrite(FIRST, damaged);
            box.restart();
            if (at >= ends.get(1)) {
                assertThat(box.payloads(1)).as("byte " + at).containsExactly("first", "second");
                continue;
            }
            List<String> found = box.payloads(1);
            assertThat(List.of("first", "second", "third", "fourth").subList(0, found.size()))
                    .as("byte " + at)
                    .isEqualTo(found);
            assertThat(box.wal().damages()).as("byte " + at).isNotEmpty();
            assertThat(box.log(1).hardState().forgot() || found.size() == 4)
                    .as("byte " + at)
                    .isTrue();
        }
    }

    /** Whatever length a crash leaves, whole batches come back, and what is appended next is reachable. */
    @Test
    void aTornTailIsCutAndTheNextBatchIsReachable() {
        List<Integer> ends = new ArrayList<>();
        byte[] content = threeBatches(ends);
        List<String> all = List.of("first", "second", "third", "fourth");
        for (int length = 0; length <= content.length; length++) {
            WalBox box = new WalBox(12, PLAIN);
            box.overwrite(FIRST, Arrays.copyOf(content, length));
            box.restart();
            int cut = length;
            int batches = (int) ends.stream().filter(end -> end <= cut).count();
            List<String> expected = new ArrayList<>(all.subList(0, batches == 3 ? 4 : batches));
            assertThat(box.payloads(1)).as("length " + length).isEqualTo(expected);
            box.append(1, "next");
            box.settle();
            box.restart();
            expected.add("next");
            assertThat(box.payloads(1)).as("length " + length).isEqualTo(expected);
        }
    }

    private static byte[] threeBatches(List<Integer> ends) {
        WalBox box = new WalBox(13, PLAIN);
        for (String[] batch : new String[][] {{"first"}, {"second"}, {"third", "fourth"}}) {
            box.append(1, batch);
            box.settle();
            ends.add((int) box.wal().counters().bytes());
        }
        return box.read(FIRST);
    }
}
