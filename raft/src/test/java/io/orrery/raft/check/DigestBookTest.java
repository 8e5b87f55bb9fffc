package io.orrery.raft.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import org.junit.jupiter.api.Test;

class DigestBookTest {
    private static final NodeId ONE = NodeId.of("n1");
    private static final NodeId TWO = NodeId.of("n2");

    private final DigestBook book = new DigestBook();

    @Test
    void replicasThatAgreeWhereverTheyMeetAreAccepted() {
        for (long index = 1; index <= 100; index++) {
            book.note(ONE, index, Prng.mix(index));
        }
        for (long index = 1; index <= 100; index += 7) {
            book.note(TWO, index, Prng.mix(index));
        }
        assertThat(book.compared()).isEqualTo(15);
    }

    @Test
    void aReplicaInAnotherStateAtAnEqualIndexIsRejected() {
        book.note(ONE, 1, 11);
        book.note(ONE, 2, 22);
        book.note(TWO, 1, 11);
        assertThatThrownBy(() -> book.note(TWO, 2, 23))
                .isInstanceOf(Check.Violation.class)
                .hasMessage("D1: the state machines of n2 and of n1 differ after applying the same entries up to 2");
    }

    @Test
    void aReplayThatComesToAnotherStateThanTheLifeBeforeIsRejected() {
        for (long index = 1; index <= 50; index++) {
            book.note(ONE, index, index);
        }
        assertThatThrownBy(() -> book.note(ONE, 17, 18)).isInstanceOf(Check.Violation.class);
    }

    @Test
    void checkpointsStillJudgeAReplayFarBehindAndMemoryIsBounded() {
        for (long index = 1; index <= 400_000; index++) {
            book.note(ONE, index, Prng.mix(index));
        }
        for (long index = 1; index <= 400_000; index++) {
            book.note(TWO, index, Prng.mix(index));
        }
        assertThat(book.compared()).isBetween(2_000L + 4_096L, 4_096L + 4_096L);
        assertThatThrownBy(() -> book.note(TWO, 1_024, 0)).isInstanceOf(Check.Violation.class);
    }
}
