package io.orrery.raft.check;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import org.junit.jupiter.api.Test;

class VoteBookTest {
    private static final NodeId ONE = NodeId.of("n1");
    private static final NodeId TWO = NodeId.of("n2");

    private final VoteBook book = new VoteBook();

    @Test
    void aVoteMayBeRepeatedAndAnotherTermIsAnotherVote() {
        book.note(ONE, 2, TWO);
        book.note(ONE, 2, TWO);
        book.note(ONE, 3, ONE);
        book.note(TWO, 3, ONE);
    }

    @Test
    void aCandidateThatVotesForAnotherInItsOwnTermIsRejected() {
        book.note(ONE, 2, ONE);
        assertThatThrownBy(() -> book.note(ONE, 2, TWO))
                .isInstanceOf(Check.Violation.class)
                .hasMessageContaining("P6 one vote: a node voted twice in a term");
    }
}
