package io.orrery.raft.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import io.orrery.sim.disk.DiskPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
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

    /**
     * A group is as it was at the end, or, if the damage hit the last batch, before it; or it knows that it forgot, and then has a
     * beginning of entries that were there once.
     */
    @Test
    void aDamagedDiskNeverServesAWrongByteAndWhoMayHaveForgottenKnowsIt() {
        int forgetful = 0;
        int cut = 0;
        int whole = 0;
        for (long seed = 1; seed <= 2 * SEEDS; seed++) {
            Prng prng = new Prng(seed).fork("test");
            WalBox box = new WalBox(seed, WalBox.segments(1024 + prng.below(4096)));
            List<List<String>> history = new ArrayList<>();
            TreeSet<Long> written = new TreeSet<>();
            history.add(WalCrashTest.states(box));
            int misdirectedAt = prng.chance(250_000) ? 5 + prng.below(15) : -1;
            for (int i = 0; i < 20; i++) {
                if (i == misdirectedAt) {
                    box.disk().misdirectNextWrite();
                }
                box.event(() -> {
                    WalCrashTest.change(box.log(1 + prng.below(WalCrashTest.GROUPS)), prng);
                    history.add(WalCrashTest.states(box));
                    note(box, written);
                });
                box.settle();
            }
            if (misdirectedAt < 0) {
                box.disk().rot();
            }
            if (!box.maybeRestart()) {
                assertThat(misdirectedAt)
                        .as("seed " + seed + ": a batch at a segment's end is missing")
                        .isNotNegative();
                continue;
            }
            List<String> found = WalCrashTest.states(box);
            for (int group = 1; group <= WalCrashTest.GROUPS; group++) {
                RaftLog log = box.log(group);
                String where = "seed " + seed + " group " + group;
                if (log.hardState().forgot()) {
                    forgetful++;
                    for (long index = log.firstIndex(); index <= log.lastIndex(); index++) {
                        assertThat(written).as(where).contains(log.entry(index).digest());
                    }
                    continue;
                }
                String last = history.get(history.size() - 1).get(group - 1);
                String before = history.get(history.size() - 2).get(group - 1);
                assertThat(found.get(group - 1)).as(where).isIn(last, before);
                cut += found.get(group - 1).equals(last) ? 0 : 1;
                whole += found.get(group - 1).equals(last) ? 1 : 0;
            }
        }
        assertThat(forgetful).as("forgetful").isGreaterThan(SEEDS / 2);
        assertThat(cut).as("cut").isBetween(1, SEEDS / 2);
        assertThat(whole).as("whole").isGreaterThan(SEEDS);
    }

    private static void note(WalBox box, TreeSet<Long> written) {
        for (int group = 1; group <= WalCrashTest.GROUPS; group++) {
            RaftLog log = box.log(group);
            for (long index = log.firstIndex(); index <= log.lastIndex(); index++) {
                written.add(log.entry(index).digest());
            }
        }
    }

    @Test
    void aSectorThatCannotBeReadIsNoTornWriteAndNothingBeforeOrBehindItIsCut() {
        for (long seed = 1; seed <= 20; seed++) {
            WalBox box = new WalBox(seed, WalBox.segments(1024));
            for (int i = 0; i < 20; i++) {
                box.append(1, "payload number " + i);
                box.append(2, "of another group " + i);
                box.settle();
            }
            while (box.disk().loseSector().contains(Spare.FILE)) {
                box.settle();
            }
            assertThat(box.maybeRestart()).isTrue();
            assertThat(box.wal().damages()).isNotEmpty();
            for (int group = 1; group <= 2; group++) {
                List<String> found = box.payloads(group);
                assertThat(found.size() == 20 || box.log(group).hardState().forgot())
                        .as("seed " + seed + " group " + group)
                        .isTrue();
                for (int i = 0; i < found.size(); i++) {
                    assertThat(found.get(i)).endsWith(" " + i);
                }
            }
        }
    }
}
