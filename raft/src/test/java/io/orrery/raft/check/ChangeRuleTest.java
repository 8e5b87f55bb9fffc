package io.orrery.raft.check;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.kernel.Check;
import io.orrery.kernel.codec.Bytes;
import io.orrery.raft.log.Entry;
import io.orrery.raft.log.HardState;
import io.orrery.raft.log.LogView;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Logs of a leader of term 2: a letter an entry, c for a configuration; small ones are of term 1. */
class ChangeRuleTest {
    private record Log(String entries) implements LogView {
        @Override
        public long lastIndex() {
            return entries.length();
        }

        @Override
        public long term(long index) {
            return index == 0 ? 0 : entry(index).term();
        }

        @Override
        public Entry entry(long index) {
            char letter = entries.charAt((int) index - 1);
            Entry.Kind kind = Character.toLowerCase(letter) == 'c' ? Entry.Kind.CONFIG : Entry.Kind.NOOP;
            return new Entry(index, Character.isLowerCase(letter) ? 1 : 2, 0, kind, Bytes.EMPTY);
        }

        @Override
        public long durableIndex() {
            return lastIndex();
        }

        @Override
        public long snapshotIndex() {
            return 0;
        }

        @Override
        public long snapshotTerm() {
            return 0;
        }

        @Override
        public HardState durableHardState() {
            return HardState.INITIAL;
        }

        @Override
        public long truncations() {
            return 0;
        }
    }

    private static void check(String entries, long commitIndex) {
        ChangeRule.check(new Log(entries), commitIndex, 2, entries.length());
    }

    @Test
    void aChangeBehindACommittedEntryOfTheTermIsAccepted() {
        for (String entries : List.of("cxXC", "cxXXC", "cxXCC")) {
            check(entries, entries.length() == 4 ? 3 : 4);
        }
    }

    @Test
    void aChangeBeforeTheLeaderHasCommittedInItsTermIsRejected() {
        assertThatThrownBy(() -> check("cxXC", 2))
                .isInstanceOf(Check.Violation.class)
                .hasMessageContaining("before it has committed in its term");
    }

    @Test
    void aChangeWhileAnotherIsNotCommittedIsRejected() {
        assertThatThrownBy(() -> check("cxXCC", 3))
                .isInstanceOf(Check.Violation.class)
                .hasMessageContaining("while a change is under way");
    }
}
