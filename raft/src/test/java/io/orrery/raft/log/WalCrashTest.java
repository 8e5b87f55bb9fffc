package io.orrery.raft.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import io.orrery.kernel.codec.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WalCrashTest {
    static final int GROUPS = 3;

    /** After any crash the log is as it was after some record, none before the last that a sync had covered. */
    @Test
    void aCrashLosesOnlyASuffixOfWhatWasNotSynced() {
        long lost = 0;
        for (long seed = 1; seed <= 150; seed++) {
            Prng prng = new Prng(seed).fork("test");
            WalBox box = new WalBox(seed, WalBox.segments(1024 + prng.below(4096)));
            for (int life = 0; life < 4; life++) {
                lost += live(box, prng, "seed " + seed + " life " + life);
            }
        }
        assertThat(lost).as("crashes did lose records").isPositive();
    }

    private static long live(WalBox box, Prng prng, String where) {
        List<String> history = new ArrayList<>();
        history.add(state(box));
        int events = 1 + prng.below(20);
        for (int i = 0; i < events; i++) {
            box.event(() -> {
                for (int records = 1 + prng.below(4); records > 0; records--) {
                    change(box.log(1 + prng.below(GROUPS)), prng);
                    history.add(state(box));
                }
            });
            box.sim.runFor(prng.below(prng.chance(200_000) ? Time.millis(20) : Time.millis(1)));
        }
        long durable = box.durableRecords();
        box.restart();
        int survived = history.lastIndexOf(state(box));
        assertThat(survived).as(where + ": the state is one that was").isGreaterThanOrEqualTo(0);
        assertThat(survived).as(where + ": no synced record is lost").isGreaterThanOrEqualTo((int) durable);
        return history.size() - 1 - survived;
    }

    /** One record. */
    static void change(RaftLog log, Prng prng) {
        long term = log.hardState().term();
        int draw = prng.below(12);
        long held = log.lastIndex() - log.snapshotIndex();
        long compactable = log.durableIndex() - log.snapshotIndex();
        if (draw == 0 && held > 0) {
            log.truncateFrom(log.firstIndex() + prng.below((int) held));
        } else if (draw >= 10 && compactable > 0) {
            log.compactTo(log.firstIndex() + prng.below((int) compactable));
        } else if (draw == 10 && prng.chance(100_000)) {
            log.restartAt(log.lastIndex() + 1 + prng.below(5), Math.max(log.lastTerm(), term));
        } else if (draw <= 2) {
            NodeId vote = prng.chance(500_000) ? NodeId.of("n" + prng.below(3)) : null;
            log.save(new HardState(term + prng.below(3), vote));
        } else {
            byte[] payload = new byte[prng.below(300)];
            log.append(new Entry(
                    log.lastIndex() + 1,
                    Math.max(log.lastTerm(), term),
                    prng.below(1000),
                    Entry.Kind.COMMAND,
                    Bytes.wrap(payload)));
        }
    }

    static String state(WalBox box) {
        return String.join("\n", states(box));
    }

    /** Of each group. */
    static List<String> states(WalBox box) {
        List<String> states = new ArrayList<>();
        for (long group = 1; group <= GROUPS; group++) {
            StringBuilder text = new StringBuilder();
            RaftLog log = box.log(group);
            text.append(log.hardState()).append(' ').append(log.snapshotIndex()).append(' ');
            text.append(log.snapshotTerm()).append(' ').append(log.lastIndex()).append(' ');
            long digest = 0;
            for (long index = log.firstIndex(); index <= log.lastIndex(); index++) {
                digest = Prng.mix(digest ^ log.entry(index).digest());
            }
            states.add(text.append(digest).toString());
        }
        return states;
    }
}
