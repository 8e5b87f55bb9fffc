package io.orrery.raft.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.Time;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What rots while the node runs is found, and written again from memory. */
class ScrubberTest {
    private static WalBox box(long seed, List<String> expected) {
        WalBox box = new WalBox(seed, WalBox.segments(2048));
        for (int i = 0; i < 40; i++) {
            expected.add("payload number " + i + "x".repeat(50));
            box.append(1, expected.get(i));
            box.settle();
        }
        return box;
    }

    @Test
    void anyBitThatRotsIsFoundAndNothingIsLostByTheNextRestart() {
        long found = 0;
        for (long seed = 1; seed <= 40; seed++) {
            List<String> expected = new ArrayList<>();
            WalBox box = box(seed, expected);
            while (box.disk().rot().contains(Spare.FILE)) {
                box.settle();
            }
            box.sim.runFor(Time.seconds(20));
            assertThat(box.wal().counters().damagesFound()).as("seed " + seed).isPositive();
            found += box.wal().counters().damagesFound();
            box.restart();
            assertThat(box.payloads(1)).as("seed " + seed).isEqualTo(expected);
        }
        assertThat(found).isGreaterThanOrEqualTo(40);
    }

    @Test
    void aSectorThatCannotBeReadIsFoundAndNothingIsLost() {
        for (long seed = 1; seed <= 20; seed++) {
            List<String> expected = new ArrayList<>();
            WalBox box = box(seed, expected);
            while (box.disk().loseSector().contains(Spare.FILE)) {
                box.settle();
            }
            box.sim.runFor(Time.seconds(20));
            assertThat(box.wal().counters().damagesFound()).as("seed " + seed).isPositive();
            box.restart();
            assertThat(box.payloads(1)).as("seed " + seed).isEqualTo(expected);
        }
    }

    @Test
    void aWrongReadIsNoDamage() {
        List<String> expected = new ArrayList<>();
        WalBox box = box(1, expected);
        for (int i = 0; i < 20; i++) {
            box.disk().misdirectNextRead();
            box.sim.runFor(Time.seconds(5));
        }
        assertThat(box.disk().counters().readsMisdirected()).isPositive();
        assertThat(box.wal().counters().damagesFound()).isZero();
    }

    @Test
    void readingBackKeepsToItsBudget() {
        List<String> expected = new ArrayList<>();
        WalBox box = box(1, expected);
        long before = box.wal().counters().bytesScrubbed();
        box.sim.runFor(Time.seconds(30));
        long perSecond = (box.wal().counters().bytesScrubbed() - before) / 30;
        assertThat(perSecond).isPositive().isLessThanOrEqualTo(Scrubber.PIECE_BYTES);
    }
}
