package io.orrery.raft;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GroupHistoryTest {
    private final GroupHistory history = new GroupHistory();

    @Test
    void aCandidateThatNeverWinsDoesNotPushOutWhatLedToIt() {
        history.add(1, "forgot", "entries 2 to 18");
        for (int i = 2; i <= 1_000; i += 2) {
            history.add(i, "become-pre-candidate", "no leader heard");
            history.add(i + 1, "become-follower", "refused");
        }
        assertThat(history.events())
                .extracting(event -> event.atNanos() + " " + event.what())
                .containsExactly("1 forgot", "1000 become-pre-candidate", "1001 become-follower");
    }

    @Test
    void whatDiffersIsKeptUpToTheLimitAndTheOldestGoesFirst() {
        for (int i = 1; i <= GroupHistory.EVENTS_MAX + 3; i++) {
            history.add(i, "vote", "term=" + i);
        }
        assertThat(history.events()).hasSize(GroupHistory.EVENTS_MAX);
        assertThat(history.events().get(0).why()).isEqualTo("term=4");
    }
}
