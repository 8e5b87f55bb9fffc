package io.orrery.raft.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The log's size on disk, and what becomes of the segments that are not needed. */
class CollectorTest {
    private static final int GROUPS = 20;
    private static final int SEGMENT_BYTES = 4096;

    /** Some groups write all the time and compact, some write once and never again, and some compact seldom. */
    @Test
    void groupsOfVeryDifferentPaceNeverHoldTheDiskBeyondItsBound() {
        long rewritten = 0;
        long recycled = 0;
        long most = 0;
        for (long seed = 1; seed <= 40; seed++) {
            Prng prng = new Prng(seed).fork("test");
            WalBox box = new WalBox(seed, WalBox.segments(SEGMENT_BYTES));
            for (int round = 0; round < 60; round++) {
                box.event(() -> {
                    for (int group = 1; group <= GROUPS; group++) {
                        live(box.log(group), group, prng, box);
                    }
                });
                box.sim.runFor(prng.below(Time.millis(8)));
                most = Math.max(most, box.wal().usedBytes() - 2 * box.wal().liveBytes());
                if (prng.chance(50_000)) {
                    box.settle();
                    assertBound(box, "seed " + seed + " round " + round);
                    String before = state(box);
                    rewritten += box.wal().counters().bytesRewritten();
                    recycled += box.wal().counters().segmentsRecycled();
                    long live = box.wal().liveBytes();
                    box.restart();
                    assertThat(state(box))
                            .as("seed " + seed + " round " + round)
                            .isEqualTo(before);
                    assertThat(box.wal().liveBytes())
                            .as("what is live is known after a restart")
                            .isEqualTo(live);
                }
            }
            box.settle();
            assertBound(box, "seed " + seed);
        }
        assertThat(rewritten).isPositive();
        assertThat(recycled).isPositive();
        assertThat(most).as("while it is collected, it is not far beyond").isLessThan(8 * SEGMENT_BYTES);
    }

    private static void live(RaftLog log, int group, Prng prng, WalBox box) {
        boolean writes = group <= 4 || prng.chance(group <= 10 ? 100_000 : 5_000);
        if (writes) {
            box.appendNow(group, Math.max(1, log.lastTerm()), "x".repeat(prng.below(200)));
        }
        if (log.hardState().term() == 0) {
            log.save(new HardState(1, NodeId.of("n" + group)));
        }
        boolean compacts = group <= 4 ? prng.chance(200_000) : prng.chance(2_000);
        if (compacts && log.durableIndex() > log.snapshotIndex()) {
            log.compactTo(log.durableIndex());
        } else if (prng.chance(5_000) && log.lastIndex() > log.snapshotIndex()) {
            log.truncateFrom(log.lastIndex());
        }
    }

    private static void assertBound(WalBox box, String where) {
        long bound = 2 * box.wal().liveBytes() + 2L * SEGMENT_BYTES;
        long files = box.sim.disk(NodeId.of("n1")).usedBytes();
        assertThat(files)
                .as(where + ": all files of the log, the spare among them")
                .isLessThanOrEqualTo(bound);
    }

    private static String state(WalBox box) {
        List<String> all = new ArrayList<>();
        for (int group = 1; group <= GROUPS; group++) {
            RaftLog log = box.log(group);
            all.add(log.hardState() + " " + log.snapshotIndex() + " " + log.snapshotTerm() + " "
                    + String.join(",", box.payloads(group)));
        }
        return String.join("\n", all);
    }

    @Test
    void aSegmentInWhichNothingIsLiveIsReleasedWithTheNextBatch() {
        WalBox box = new WalBox(1, WalBox.segments(SEGMENT_BYTES));
        for (int i = 0; i < 60; i++) {
            box.append(1, "x".repeat(200));
            box.settle();
        }
        assertThat(box.wal().segments()).isGreaterThan(3);
        box.event(() -> box.log(1).compactTo(60));
        box.settle();
        assertThat(box.wal().segments()).isEqualTo(1);
        assertThat(box.files())
                .filteredOn(file -> !Watermark.FILES.contains(file))
                .hasSize(2);
        box.restart();
        assertThat(box.log(1).snapshotIndex()).isEqualTo(60);
    }

    /** The new segment's file is full of records that were intact in its former life. */
    @Test
    void recordsOfARecycledFilesFormerLifeAreNeverTakenForLiveOnes() {
        WalBox box = new WalBox(2, WalBox.segments(SEGMENT_BYTES));
        for (int i = 0; i < 60; i++) {
            box.append(1, "old " + i + "x".repeat(200));
            box.settle();
        }
        box.event(() -> box.log(1).compactTo(60));
        box.settle();
        int next = 61;
        while (box.wal().counters().segmentsRecycled() == 0) {
            box.append(1, "new " + next++ + "x".repeat(200));
            box.settle();
        }
        long last = box.wal().usedBytes();
        box.append(1, "in the recycled segment");
        box.settle();
        assertThat(box.wal().usedBytes()).as("the file had its length already").isEqualTo(last);
        box.restart();
        assertThat(box.log(1).snapshotIndex()).isEqualTo(60);
        assertThat(box.payloads(1)).hasSize(next - 60).last().isEqualTo("in the recycled segment");
        assertThat(box.payloads(1)).noneMatch(payload -> payload.startsWith("old"));
        box.append(1, "behind it");
        box.settle();
        box.restart();
        assertThat(box.payloads(1)).last().isEqualTo("behind it");
    }
}
