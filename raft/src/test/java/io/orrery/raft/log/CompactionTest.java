package io.orrery.raft.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.kernel.codec.Encoder;
import org.junit.jupiter.api.Test;

class CompactionTest {
    @Test
    void aCompactedLogBeginsBehindItsSnapshotAndAnswersItsTerm() {
        WalBox box = box("a", "b", "c", "d");
        box.event(() -> box.log(1).compactTo(3));
        RaftLog log = box.log(1);
        assertThat(log.firstIndex()).isEqualTo(4);
        assertThat(log.snapshotIndex()).isEqualTo(3);
        assertThat(log.term(3)).isEqualTo(log.snapshotTerm()).isEqualTo(1);
        assertThat(log.lastIndex()).isEqualTo(4);
        assertThat(log.slice(4, 10, 1000, new Encoder())).hasSize(1);
        assertThat(log.matches(2, 77)).as("what is compacted is committed").isTrue();
        assertThat(log.matches(3, 2)).isFalse();
        assertThatThrownBy(() -> log.entry(3)).hasMessageContaining("within the log");
    }

    @Test
    void aCompactionIsReadBackAndTheLogGoesOn() {
        WalBox box = box("a", "b", "c", "d");
        box.event(() -> box.log(1).compactTo(4));
        box.settle();
        box.restart();
        assertThat(box.log(1).snapshotIndex()).isEqualTo(4);
        assertThat(box.log(1).lastIndex()).isEqualTo(4);
        assertThat(box.log(1).durableIndex()).isEqualTo(4);
        box.append(1, "e");
        box.settle();
        box.restart();
        assertThat(box.payloads(1)).containsExactly("e");
        assertThat(box.log(1).entry(5).payload().utf8()).isEqualTo("e");
    }

    @Test
    void aCompactionThatWasNotSyncedBringsTheEntriesBackByACrash() {
        WalBox box = box("a", "b");
        box.event(() -> {
            box.log(1).compactTo(1);
            box.crash();
        });
        box.restart();
        assertThat(box.payloads(1)).containsExactly("a", "b");
    }

    @Test
    void aSnapshotReplacesTheWholeLog() {
        WalBox box = box("a", "b", "c");
        box.event(() -> box.log(1).restartAt(10, 5));
        RaftLog log = box.log(1);
        assertThat(log.lastIndex()).isEqualTo(10);
        assertThat(log.lastTerm()).isEqualTo(5);
        assertThat(log.durableIndex()).isEqualTo(10);
        assertThat(log.truncations()).isEqualTo(1);
        box.event(() -> box.appendNow(1, 6, "x"));
        box.settle();
        box.restart();
        assertThat(box.payloads(1)).containsExactly("x");
        assertThat(box.log(1).firstIndex()).isEqualTo(11);
        assertThat(box.log(1).term(10)).isEqualTo(5);
    }

    @Test
    void onlyWhatIsDurableIsCompactedAndWhatIsCompactedIsNeverCutOff() {
        WalBox box = box("a", "b");
        assertThatThrownBy(() -> box.event(() -> {
                    box.appendNow(1, 1, "c");
                    box.log(1).compactTo(3);
                }))
                .hasMessageContaining("only what is durable is compacted");
        WalBox other = box("a", "b");
        other.event(() -> other.log(1).compactTo(2));
        assertThatThrownBy(() -> other.event(() -> other.log(1).truncateFrom(2)))
                .hasMessageContaining("what is compacted is committed");
    }

    @Test
    void goingBackOverAConflictNeverLeadsIntoWhatIsCompacted() {
        WalBox box = new WalBox(3, WalConfig.DEFAULT.withAheadBytes(0));
        box.event(() -> {
            for (long term = 1; term <= 6; term++) {
                box.appendNow(1, term, "x");
            }
        });
        box.settle();
        box.event(() -> box.log(1).compactTo(3));
        RaftLog log = box.log(1);
        assertThat(log.lastIndexWithTermAtMost(6, 5)).isEqualTo(5);
        assertThat(log.lastIndexWithTermAtMost(6, 1)).isEqualTo(3);
        assertThat(log.lastIndexWithTermAtMost(2, 9)).isEqualTo(2);
    }

    private static WalBox box(String... payloads) {
        WalBox box = new WalBox(1, WalConfig.DEFAULT.withAheadBytes(0));
        box.append(1, payloads);
        box.settle();
        return box;
    }
}
