package io.orrery.raft.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import io.orrery.sim.disk.DiskPolicy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The log against a model, on disks that fail in every way it promises to survive: the model is the list of states that the
 * log went through, record by record.
 */
class WalFaultTest {
    private static final int SEEDS = 120;
    private static final int LIVES = 5;

    /** Faults of one life; some strike while the log is written, some when it is read back. */
    private enum Trouble {
        NONE,
        FAILED_SYNC,
        FULL,
        LIMP,
        MISDIRECTED_READ
    }

    private long lost;
    private long halts;
    private long misdirected;

    @Test
    void theLogIsAlwaysAsItWasAfterSomeRecordAndNoneThatWasDurableIsMissing() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            Prng prng = new Prng(seed).fork("test");
            WalBox box = new WalBox(seed, WalBox.segments(1024 + prng.below(4096)));
            box.disk().policy(DiskPolicy.SSD.sector(prng.chance(500_000) ? 512 : 4096));
            for (int life = 0; life < LIVES; life++) {
                live(box, prng, "seed " + seed + " life " + life);
            }
            misdirected += box.disk().counters().readsMisdirected();
        }
        assertThat(lost).as("records were lost").isPositive();
        assertThat(halts).as("lives ended by the disk").isGreaterThan(SEEDS / 2);
        assertThat(misdirected).as("reads were misdirected").isGreaterThan(SEEDS / 4);
    }

    private void live(WalBox box, Prng prng, String where) {
        Trouble trouble = Trouble.values()[prng.below(Trouble.values().length)];
        List<String> history = new ArrayList<>();
        history.add(WalCrashTest.state(box));
        int events = 1 + prng.below(20);
        int troubleAt = prng.below(events);
        for (int i = 0; i < events && box.isUp(); i++) {
            if (i == troubleAt) {
                begin(trouble, box, prng);
            }
            box.event(() -> {
                for (int records = 1 + prng.below(4); records > 0; records--) {
                    WalCrashTest.change(box.log(1 + prng.below(WalCrashTest.GROUPS)), prng);
                    history.add(WalCrashTest.state(box));
                }
            });
            box.sim.runFor(prng.below(prng.chance(200_000) ? Time.millis(20) : Time.millis(1)));
        }
        long durable = box.durableRecords();
        halts += box.isUp() ? 0 : 1;
        box.disk().repair();
        if (trouble == Trouble.MISDIRECTED_READ) {
            box.disk().misdirectNextRead();
        }
        assertThat(box.maybeRestart())
                .as(where + " " + trouble + ": the node comes back")
                .isTrue();
        int survived = history.lastIndexOf(WalCrashTest.state(box));
        assertThat(survived)
                .as(where + " " + trouble + ": the state is one that was")
                .isGreaterThanOrEqualTo(0);
        assertThat(survived)
                .as(where + " " + trouble + ": no durable record is lost")
                .isGreaterThanOrEqualTo((int) durable);
        lost += history.size() - 1 - survived;
    }

    private static void begin(Trouble trouble, WalBox box, Prng prng) {
        switch (trouble) {
            case FAILED_SYNC -> box.disk().failNextSync();
            case FULL -> box.disk().full(prng.below(2_000));
            case LIMP -> box.disk().policy(box.disk().policy().throughput(50_000 + prng.below(1_000_000)));
            default -> {}
        }
    }

    /** What is damaged ends the node, or, at the very end of the log, looks like a torn write; a wrong byte is never served. */
    @Test
    void aDamagedDiskEndsTheNodeOrCutsTheEndAndNeverServesAWrongByte() {
        int stopped = 0;
        int cut = 0;
        for (long seed = 1; seed <= 2 * SEEDS; seed++) {
            Prng prng = new Prng(seed).fork("test");
            WalBox box = new WalBox(seed, WalBox.segments(1024 + prng.below(4096)));
            List<String> history = new ArrayList<>();
            history.add(WalCrashTest.state(box));
            int misdirectedAt = prng.chance(250_000) ? 5 + prng.below(15) : -1;
            for (int i = 0; i < 20; i++) {
                if (i == misdirectedAt) {
                    box.disk().misdirectNextWrite();
                }
                box.event(() -> {
                    WalCrashTest.change(box.log(1 + prng.below(WalCrashTest.GROUPS)), prng);
                    history.add(WalCrashTest.state(box));
                });
                box.settle();
            }
            if (misdirectedAt < 0) {
                box.disk().rot();
            }
            if (!box.maybeRestart()) {
                assertThat(box.isLost()).isTrue();
                stopped++;
                continue;
            }
            int survived = history.lastIndexOf(WalCrashTest.state(box));
            assertThat(survived)
                    .as("seed " + seed + ": the state is one that was")
                    .isGreaterThanOrEqualTo(0);
            cut += survived < history.size() - 1 ? 1 : 0;
        }
        assertThat(stopped).as("stopped").isGreaterThan(SEEDS);
        assertThat(cut).as("cut").isBetween(1, SEEDS / 2);
    }

    @Test
    void aSectorThatCannotBeReadEndsTheNodeAndNothingIsCut() {
        for (long seed = 1; seed <= 20; seed++) {
            WalBox box = new WalBox(seed, WalBox.segments(1024));
            for (int i = 0; i < 20; i++) {
                box.append(1, "payload number " + i);
                box.settle();
            }
            while (box.disk().loseSector().contains(Spare.FILE)) {
                box.settle();
            }
            assertThat(box.maybeRestart()).isFalse();
            assertThat(box.isLost()).isTrue();
            assertThat(box.disk().counters().changesLost()).isZero();
        }
    }
}
