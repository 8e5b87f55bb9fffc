package io.orrery.raft.progress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CatchUpTest {
    @Test
    void aSlowRoundIsFollowedByAnotherAndAShortOneEndsIt() {
        CatchUp catchUp = new CatchUp(100, 10, 1_000, 0);
        assertThat(catchUp.maybeCaughtUp(500, 1_200, 80))
                .as("the round is not over")
                .isFalse();
        assertThat(catchUp.maybeCaughtUp(1_000, 1_300, 400))
                .as("it took too long")
                .isFalse();
        assertThat(catchUp.rounds()).isEqualTo(1);
        assertThat(catchUp.maybeCaughtUp(1_299, 1_305, 450))
                .as("the next ends at 1300")
                .isFalse();
        assertThat(catchUp.maybeCaughtUp(1_300, 1_305, 460)).isTrue();
        assertThat(catchUp.rounds()).isEqualTo(2);
        assertThat(catchUp.lastRoundNanos()).isEqualTo(60);
    }

    @Test
    void aShortRoundThatLeavesTooLargeALagDoesNotCount() {
        CatchUp catchUp = new CatchUp(100, 10, 50, 0);
        assertThat(catchUp.maybeCaughtUp(50, 61, 5)).isFalse();
        assertThat(catchUp.maybeCaughtUp(61, 61, 9)).isTrue();
    }
}
