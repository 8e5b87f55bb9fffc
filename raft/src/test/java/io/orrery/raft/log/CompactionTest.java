package io.orrery.raft.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.kernel.Prng;
import io.orrery.kernel.codec.Bytes;
import java.util.ArrayList;
import java.util.List;
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
        assertThat(log.slice(4, 10, 1000)).hasSize(1);
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

    @Test
    void aWindowIsWhatAListWouldBe() {
        for (long seed = 1; seed <= 200; seed++) {
            Prng prng = new Prng(seed);
            EntryWindow window = new EntryWindow();
            List<Entry> model = new ArrayList<>();
            long first = 1;
            for (int step = 0; step < 200; step++) {
                int draw = prng.below(10);
                if (draw == 0 && !model.isEmpty()) {
                    int drop = 1 + prng.below(model.size());
                    model.subList(0, drop).clear();
                    first += drop;
                    window.dropTo(first - 1);
                } else if (draw == 1 && !model.isEmpty()) {
                    int keep = prng.below(model.size());
                    model.subList(keep, model.size()).clear();
                    window.dropFrom(first + keep);
                } else {
                    for (int i = prng.below(20); i > 0; i--) {
                        Entry entry = new Entry(first + model.size(), 1, 0, Entry.Kind.NOOP, Bytes.EMPTY);
                        model.add(entry);
                        window.append(entry);
                    }
                }
                assertThat(window.first()).isEqualTo(first);
                assertThat(window.last()).isEqualTo(first + model.size() - 1);
                for (int i = 0; i < model.size(); i++) {
                    assertThat(window.at(first + i)).isSameAs(model.get(i));
                }
            }
        }
    }

    private static WalBox box(String... payloads) {
        WalBox box = new WalBox(1, WalConfig.DEFAULT.withAheadBytes(0));
        box.append(1, payloads);
        box.settle();
        return box;
    }
}
