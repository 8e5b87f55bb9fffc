package io.orrery.gossip.swim;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.Time;
import org.junit.jupiter.api.Test;

/** The figures are memberlist's: its suspicion tests, and its defaults worked out by hand. */
class SuspicionTimingTest {
    private static long remaining(int confirmations, int max, long elapsedSeconds) {
        return SuspicionTiming.remainingNanos(
                confirmations, max, Time.seconds(elapsedSeconds), Time.seconds(2), Time.seconds(30));
    }

    @Test
    void confirmationsShortenASuspicionLogarithmically() {
        assertThat(remaining(0, 3, 0)).isEqualTo(Time.seconds(30));
        assertThat(remaining(1, 3, 2)).isEqualTo(Time.seconds(14));
        assertThat(remaining(2, 3, 3)).isEqualTo(Time.millis(4810));
        assertThat(remaining(3, 3, 4)).isEqualTo(Time.seconds(-2));
        assertThat(remaining(4, 3, 5)).isEqualTo(Time.seconds(-3));
        assertThat(remaining(5, 3, 10)).isEqualTo(Time.seconds(-8));
    }

    @Test
    void halfASecondToTwoWithThreeConfirmations() {
        long[] expected = {2000, 1250, 811, 500, 500};
        for (int n = 0; n < expected.length; n++) {
            long nanos = SuspicionTiming.remainingNanos(n, 3, 0, Time.millis(500), Time.millis(2000));
            assertThat(nanos).isEqualTo(Time.millis(expected[n]));
        }
    }

    @Test
    void shortestSuspicionGrowsWithTheLogarithmOfTheCluster() {
        int[] members = {1, 10, 32, 33, 64, 65, 100, 1000, 10_000};
        long[] millis = {4000, 4000, 6020, 6072, 7224, 7248, 8000, 12_000, 16_000};
        for (int i = 0; i < members.length; i++) {
            assertThat(SuspicionTiming.minNanos(4, members[i], Time.seconds(1))).isEqualTo(Time.millis(millis[i]));
        }
    }

    @Test
    void ofAHundredMembersEachConfirmationCounts() {
        long min = SuspicionTiming.minNanos(4, 100, Time.seconds(1));
        long[] millis = {48_000, 22_762, 8_000};
        for (int n = 0; n < millis.length; n++) {
            assertThat(SuspicionTiming.remainingNanos(n, 2, 0, min, 6 * min)).isEqualTo(Time.millis(millis[n]));
        }
    }

    @Test
    void clusterTooSmallToConfirmWaitsTheShortestTime() {
        assertThat(SuspicionTiming.confirmationsMax(4, 3)).isZero();
        assertThat(SuspicionTiming.confirmationsMax(4, 4)).isEqualTo(2);
        assertThat(SuspicionTiming.confirmationsMax(1, 100)).isZero();
        assertThat(SuspicionTiming.remainingNanos(0, 0, 0, Time.seconds(2), Time.seconds(30)))
                .isEqualTo(Time.seconds(2));
    }

    @Test
    void localHealthStretchesTheShortestUpToTheLongestWhereConfirmationsCount() {
        long min = Time.seconds(4);
        long max = Time.seconds(24);
        long[] seconds = {4, 8, 12, 16, 20, 24, 24, 24};
        for (int score = 0; score < seconds.length; score++) {
            assertThat(SuspicionTiming.stretchedMinNanos(min, max, 2, score)).isEqualTo(Time.seconds(seconds[score]));
            assertThat(SuspicionTiming.stretchedMinNanos(min, max, 0, score)).isEqualTo(min);
        }
    }
}
