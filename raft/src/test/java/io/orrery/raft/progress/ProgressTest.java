package io.orrery.raft.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.Prng;
import org.junit.jupiter.api.Test;

class ProgressTest {
    @Test
    void aProbeIsOneMessageAtATime() {
        Progress progress = progress(6);
        assertThat(progress.isPaused()).isFalse();
        progress.onSent(8, 10);
        assertThat(progress.isPaused()).isTrue();
        assertThat(progress.next()).isEqualTo(6);
    }

    @Test
    void anAnswerToAProbeOpensThePipeline() {
        Progress progress = progress(6);
        progress.onSent(8, 10);
        assertThat(progress.maybeAcknowledge(8, 5)).isTrue();
        assertThat(progress.state()).isEqualTo(Progress.State.REPLICATE);
        assertThat(progress.match()).isEqualTo(5);
        assertThat(progress.next()).as("what is received is not sent again").isEqualTo(9);
    }

    @Test
    void aPeerThatIsOfferedASnapshotIsSentNoEntriesAndCountsForNone() {
        Progress progress = progress(6);
        assertThat(progress.maybeOffer(40)).as("news").isTrue();
        assertThat(progress.maybeOffer(40)).as("no news").isFalse();
        assertThat(progress.maybeOffer(60)).as("a later one").isTrue();
        progress.onLost();
        assertThat(progress.maybeRefuse(5, 3)).isFalse();
        assertThat(progress.isPaused()).isTrue();
        assertThat(progress.state()).isEqualTo(Progress.State.SNAPSHOT);
        assertThat(progress.match()).isZero();
    }

    @Test
    void aSnapshotStateEndsWithAnAcknowledgementThatLeadsOnToEntries() {
        Progress progress = progress(6);
        progress.maybeOffer(60);
        assertThat(progress.maybeAcknowledge(30, 30, 50)).isTrue();
        assertThat(progress.state()).as("31 is compacted").isEqualTo(Progress.State.SNAPSHOT);
        assertThat(progress.maybeAcknowledge(55, 50, 50)).isTrue();
        assertThat(progress.state()).as("56 is there").isEqualTo(Progress.State.REPLICATE);
        assertThat(progress.match()).isEqualTo(50);
        assertThat(progress.next()).isEqualTo(56);
    }

    @Test
    void thePipelineIsFullAtItsLimitAndFreedByAcknowledgements() {
        Progress progress = progress(1);
        progress.maybeAcknowledge(0, 0);
        progress.onSent(1, 10);
        progress.onSent(2, 10);
        assertThat(progress.isPaused()).isTrue();
        assertThat(progress.maybeAcknowledge(2, 1)).isTrue();
        assertThat(progress.isPaused()).isFalse();
        assertThat(progress.maybeAcknowledge(2, 1))
                .as("a repeated answer is no news")
                .isFalse();
    }

    @Test
    void aRefusalGoesBackToProbing() {
        Progress progress = progress(1);
        progress.maybeAcknowledge(0, 0);
        progress.onSent(5, 10);
        assertThat(progress.maybeRefuse(5, 3)).isTrue();
        assertThat(progress.state()).isEqualTo(Progress.State.PROBE);
        assertThat(progress.next()).isEqualTo(4);
        assertThat(progress.isPaused()).isFalse();
    }

    @Test
    void aRefusalOfAProbeThatIsOverIsIgnored() {
        Progress progress = progress(10);
        progress.onSent(9, 0);
        assertThat(progress.maybeRefuse(9, 4)).isTrue();
        assertThat(progress.maybeRefuse(9, 2)).isFalse();
        assertThat(progress.next()).isEqualTo(5);
    }

    @Test
    void aPeerThatLostWhatItAcknowledgedIsCountedNoLonger() {
        Progress progress = progress(10);
        progress.maybeAcknowledge(9, 9);
        assertThat(progress.maybeRefuse(9, 0)).isTrue();
        assertThat(progress.match()).isZero();
        assertThat(progress.next()).isEqualTo(1);
    }

    @Test
    void aLostMessageIsSentAgainFromBehindWhatIsAcknowledged() {
        Progress progress = progress(1);
        progress.maybeAcknowledge(0, 0);
        progress.onSent(3, 10);
        progress.maybeAcknowledge(1, 1);
        progress.onSent(5, 10);
        progress.onLost();
        assertThat(progress.next()).isEqualTo(2);
        assertThat(progress.inflights().isEmpty()).isTrue();
    }

    /** Whatever answers come in whatever order, next stays beyond match: its own checks would halt. */
    @Test
    void noSequenceOfAnswersBreaksIt() {
        for (long seed = 1; seed <= 300; seed++) {
            Prng prng = new Prng(seed);
            Progress progress = progress(1 + prng.below(20));
            for (int step = 0; step < 200; step++) {
                switch (prng.below(4)) {
                    case 0 -> {
                        if (!progress.isPaused()) {
                            progress.onSent(progress.next() - 1 + prng.below(4), prng.below(100));
                        }
                    }
                    case 1 -> {
                        long received = prng.below(30);
                        progress.maybeAcknowledge(received, prng.below(received + 1));
                    }
                    case 2 -> {
                        long refused = 1 + prng.below(30);
                        progress.maybeRefuse(refused, prng.below(refused));
                    }
                    default -> progress.onLost();
                }
                assertThat(progress.next()).isGreaterThan(progress.match());
            }
        }
    }

    private static Progress progress(long next) {
        return new Progress(next, 0, new Inflights(2, 1000));
    }
}
