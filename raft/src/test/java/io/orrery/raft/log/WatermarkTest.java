package io.orrery.raft.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the log knows of how far it was durable, and what it takes for a torn write no more. */
class WatermarkTest {
    private static final WalConfig PLAIN = WalBox.segments(64 * 1024);
    private static final String FIRST = WalFormat.fileName(1);

    /** Three entries of group 1 and one of group 2, all of them marked. */
    private static WalBox marked(long seed) {
        WalBox box = new WalBox(seed, PLAIN);
        box.append(1, "first");
        box.settle();
        box.append(2, "of another group");
        box.append(1, "second", "third");
        box.sim.runFor(Time.seconds(1));
        return box;
    }

    private static byte[] junk(long seed, int length) {
        byte[] junk = new byte[length];
        Prng prng = new Prng(seed);
        for (int i = 0; i < length; i++) {
            junk[i] = (byte) prng.nextLong();
        }
        return junk;
    }

    private static void assertThatAllForgot(WalBox box, String what) {
        assertThat(box.wal().damages()).as(what).isNotEmpty();
        for (long group = 1; group <= 2; group++) {
            assertThat(box.log(group).hardState().forgot()).as(what).isTrue();
        }
        box.append(1, "next");
        box.settle();
        box.restart();
        assertThat(box.log(1).hardState().forgot())
                .as(what + ": that it forgot is not forgotten")
                .isTrue();
        assertThat(box.payloads(1)).as(what).endsWith("next");
        box.settle();
        box.restart();
        assertThat(box.wal().damages())
                .as(what + ": the damaged segment was given away")
                .isEmpty();
    }

    @Test
    void aLastSegmentThatWasOverwrittenAsAWholeIsNoTornWrite() {
        for (boolean hasMarks : new boolean[] {true, false}) {
            WalBox box = marked(1);
            box.overwrite(FIRST, junk(1, box.read(FIRST).length));
            if (!hasMarks) {
                box.forgetWatermarks();
            }
            box.restart();
            assertThat(box.payloads(1)).isEmpty();
            assertThatAllForgot(box, "marks " + hasMarks);
        }
    }

    @Test
    void zerosWhereTheLogWasDurableAreNoSpaceTakenAhead() {
        byte[] content = marked(2).read(FIRST);
        for (int at = 0; at < content.length; at += 40) {
            WalBox box = marked(2);
            byte[] zeroed = content.clone();
            Arrays.fill(zeroed, at, content.length, (byte) 0);
            box.overwrite(FIRST, zeroed);
            box.restart();
            assertThatAllForgot(box, "zeros from " + at);
        }
    }

    @Test
    void aLogThatWasCutWhereItWasDurableHasForgotten() {
        byte[] content = marked(3).read(FIRST);
        for (int length = 0; length < content.length; length += 24) {
            WalBox box = marked(3);
            box.overwrite(FIRST, Arrays.copyOf(content, length));
            box.restart();
            assertThatAllForgot(box, "cut to " + length);
        }
    }

    @Test
    void aLogOfWhichTheLastSegmentsAreGoneHasForgotten() {
        for (int kept = 0; kept <= 3; kept++) {
            WalBox box = new WalBox(4, WalBox.segments(1024));
            for (int i = 0; i < 30; i++) {
                box.append(1, "payload number " + i);
                box.append(2, "of another group " + i);
                box.settle();
            }
            box.sim.runFor(Time.seconds(1));
            for (int i = kept + 1; i <= 30; i++) {
                box.delete(WalFormat.fileName(i));
            }
            box.restart();
            assertThatAllForgot(box, "segments kept: " + kept);
        }
    }

    /** The next segment is there, and its first batch, with which the loss would be written down, is not. */
    @Test
    void aCrashBeforeTheLossIsWrittenDownDoesNotHideIt() {
        WalBox box = marked(5);
        byte[] content = box.read(FIRST);
        box.overwrite(FIRST, Arrays.copyOf(content, 104));
        box.overwrite(WalFormat.fileName(2), new byte[300]);
        box.restart();
        assertThatAllForgot(box, "an empty segment behind the one that was cut");
    }

    @Test
    void whatIsTornBehindTheMarkIsStillCut() {
        WalBox box = marked(6);
        byte[] before = box.read(FIRST);
        box.restart();
        box.append(1, "fourth");
        box.settle();
        byte[] after = box.read(FIRST);
        for (int length = before.length; length < after.length; length += 8) {
            WalBox torn = marked(6);
            torn.overwrite(FIRST, Arrays.copyOf(after, length));
            torn.restart();
            assertThat(torn.wal().damages()).as("torn at " + length).isEmpty();
            assertThat(torn.payloads(1)).containsExactly("first", "second", "third");
            assertThat(torn.log(1).hardState().forgot()).isFalse();
        }
    }

    @Test
    void oneMarkIsEnoughAndTwoThatAreDamagedAreNone() {
        byte[] content = marked(7).read(FIRST);
        List<String> forgetful = new ArrayList<>();
        for (int damaged = 0; damaged < 4; damaged++) {
            WalBox box = marked(7);
            for (int file = 0; file < 2; file++) {
                if ((damaged >> file & 1) == 1) {
                    byte[] mark = box.read(Watermark.FILES.get(file));
                    mark[20] ^= 4;
                    box.overwrite(Watermark.FILES.get(file), mark);
                }
            }
            box.overwrite(FIRST, Arrays.copyOf(content, 24));
            box.restart();
            forgetful.add(box.wal().damages().isEmpty() ? "no" : "yes");
        }
        assertThat(forgetful).containsExactly("yes", "yes", "yes", "no");
    }

    @Test
    void marksFollowAtLeastAPauseApartAndStopWithTheLoad() {
        WalBox box = new WalBox(8, PLAIN);
        for (int i = 0; i < 500; i++) {
            box.append(1, "payload number " + i);
            box.sim.runFor(Time.millis(4));
        }
        long marks = box.wal().counters().marks();
        assertThat(marks).isBetween(5L, 21L);
        box.sim.runFor(Time.seconds(1));
        assertThat(box.wal().counters().marks()).isBetween(marks, marks + 1);
        long operations = box.disk().counters().operations();
        box.sim.runFor(Time.millis(900));
        assertThat(box.disk().counters().operations() - operations)
                .as("but for what is read back once a second")
                .isLessThanOrEqualTo(1);
        byte[] content = box.read(FIRST);
        TreeSet<Long> ends = new TreeSet<>();
        for (int file = 0; file < 2; file++) {
            byte[] mark = box.read(Watermark.FILES.get(file));
            ends.add(WalFormat.longAt(mark, 24));
        }
        assertThat(ends.last()).isEqualTo(content.length);
    }

    @Test
    void aFullDiskThatTakesNoMarkTakesItWhenThereIsSpace() {
        WalBox box = new WalBox(9, WalBox.segments(64 * 1024).withAheadBytes(64 * 1024));
        box.append(1, "first");
        box.sim.runFor(Time.micros(50));
        box.disk().full(0);
        box.sim.runFor(Time.seconds(1));
        box.disk().space();
        box.sim.runFor(Time.seconds(3));
        assertThat(box.isUp()).isTrue();
        assertThat(box.wal().counters().marks()).isPositive();
    }
}
