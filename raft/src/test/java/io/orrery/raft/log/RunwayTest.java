package io.orrery.raft.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Space that a log takes before it needs it. */
class RunwayTest {
    private static final int SEGMENT_BYTES = 16 * 1024;
    private static final WalConfig WHOLE = WalBox.segments(SEGMENT_BYTES).withAheadBytes(SEGMENT_BYTES);
    private static final String FIRST = WalFormat.fileName(1);
    private static final String PAYLOAD = "x".repeat(200);

    private static void append(WalBox box, int count) {
        for (int i = 0; i < count; i++) {
            box.append(1, PAYLOAD);
            box.settle();
        }
    }

    @Test
    void aSegmentIsAllocatedAsAWholeBeforeItIsWritten() {
        WalBox box = new WalBox(1, WHOLE);
        append(box, 1);
        append(box, 4);
        long used = box.disk().usedBytes();
        assertThat(box.wal().usedBytes()).isEqualTo(SEGMENT_BYTES);
        append(box, 36);
        assertThat(box.wal().segments()).isEqualTo(1);
        assertThat(box.disk().usedBytes()).as("nothing more was allocated").isEqualTo(used);
        byte[] content = box.read(FIRST);
        assertThat(content).hasSize(SEGMENT_BYTES);
    }

    @Test
    void noMoreIsAllocatedThanIsWantedAhead() {
        WalBox box = new WalBox(2, WalBox.segments(SEGMENT_BYTES).withAheadBytes(4096));
        for (int i = 0; i < 40; i++) {
            append(box, 1);
            long ahead = box.wal().usedBytes() - box.wal().counters().bytes();
            assertThat(ahead).isBetween(2048L, 4096L);
        }
    }

    @Test
    void zerosBehindTheLastBatchAreNoTornWriteAndAreKeptForTheNext() {
        WalBox box = new WalBox(3, WHOLE);
        append(box, 3);
        box.restart();
        assertThat(box.sim.marks()).containsKey(WalMarks.RUNWAY_FOUND).doesNotContainKey(WalMarks.TORN_TAIL_CUT);
        assertThat(box.wal().damages()).isEmpty();
        assertThat(box.wal().usedBytes()).isEqualTo(SEGMENT_BYTES);
        append(box, 1);
        box.restart();
        assertThat(box.payloads(1)).hasSize(4);
    }

    @Test
    void whatACrashTearsInFrontOfTheZerosIsCut() {
        WalBox box = new WalBox(4, WHOLE);
        append(box, 2);
        int whole = (int) box.wal().counters().bytes();
        append(box, 1);
        int end = (int) box.wal().counters().bytes();
        byte[] content = box.read(FIRST);
        for (int at = whole; at < end; at += 24) {
            byte[] torn = content.clone();
            Arrays.fill(torn, at, end, (byte) 0);
            box.overwrite(FIRST, torn);
            box.forgetWatermarks();
            box.restart();
            assertThat(box.payloads(1)).as("torn at " + at).hasSize(2);
            assertThat(box.wal().damages()).isEmpty();
            append(box, 1);
            box.restart();
            assertThat(box.payloads(1)).as("torn at " + at).hasSize(3);
        }
    }

    @Test
    void damageWithAnIntactBatchBetweenItAndTheZerosIsNoTornWrite() {
        WalBox box = new WalBox(5, WHOLE);
        append(box, 1);
        int first = (int) box.wal().counters().bytes();
        append(box, 2);
        byte[] content = box.read(FIRST);
        content[first + 20] ^= 1;
        box.overwrite(FIRST, content);
        box.restart();
        assertThat(box.wal().damages()).hasSize(1);
        assertThat(box.log(1).hardState().forgot()).isTrue();
    }

    @Test
    void aFullDiskShowsWhenSpaceIsTakenAndNotWhenABatchIsWritten() {
        WalBox box = new WalBox(6, WalBox.segments(SEGMENT_BYTES).withAheadBytes(4096));
        append(box, 1);
        box.disk().full(0);
        for (int i = 0; i < 40 && !box.wal().isFull(); i++) {
            append(box, 1);
        }
        assertThat(box.wal().isFull()).isTrue();
        assertThat(box.wal().counters().writesRefused())
                .as("batches that were refused")
                .isZero();
        assertThat(box.sim.marks()).containsKey(WalMarks.RUNWAY_REFUSED);
        box.event(() -> box.log(1).save(new HardState(9, NodeId.of("n2"))));
        box.settle();
        assertThat(box.wal().counters().writesRefused())
                .as("what cannot wait finds the space that was taken")
                .isZero();
        box.sim.runFor(Time.seconds(10));
        assertThat(box.wal().isFull()).isTrue();
        box.disk().space();
        box.sim.runFor(Time.seconds(3));
        assertThat(box.wal().isFull()).isFalse();
        box.restart();
        assertThat(box.log(1).hardState()).isEqualTo(new HardState(9, NodeId.of("n2")));
    }

    /** The bound counts what is allocated. */
    @Test
    void manySegmentsTakeAtMostTwiceWhatIsLiveAndTwoSegments() {
        WalBox box = new WalBox(7, WHOLE);
        for (int i = 0; i < 300; i++) {
            append(box, 1);
            if (i % 10 == 9) {
                box.event(() -> box.log(1).compactTo(box.log(1).durableIndex()));
                box.settle();
            }
            assertThat(box.disk().usedBytes())
                    .as("after " + i)
                    .isLessThanOrEqualTo(2 * box.wal().liveBytes() + 2L * SEGMENT_BYTES);
        }
        assertThat(box.wal().counters().segmentsRecycled()).isPositive();
    }
}
