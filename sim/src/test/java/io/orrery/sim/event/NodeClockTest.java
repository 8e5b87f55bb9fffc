package io.orrery.sim.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import org.junit.jupiter.api.Test;

class NodeClockTest {
    @Test
    void deadlineIsReachedAtTheEarliestWorldTimeAndNeverBefore() {
        Prng prng = new Prng(1);
        for (int i = 0; i < 20_000; i++) {
            NodeClock clock = new NodeClock(prng.below(Time.seconds(1000)), 0);
            clock.drift(prng.below(Time.seconds(10)), (int) prng.between(-200_000, 200_000));
            long now = Time.seconds(10) + prng.below(Time.seconds(10));
            long deadline = clock.localAt(now) + prng.below(prng.chance(500_000) ? 3 : Time.seconds(100));
            long due = clock.worldAt(deadline);
            assertTrue(clock.localAt(due) >= deadline, "never before");
            assertTrue(clock.localAt(due - 1) < deadline, "the earliest");
        }
    }

    @Test
    void longRunsLoseNoNanosecond() {
        NodeClock clock = new NodeClock(0, 0);
        clock.drift(0, 200);
        long year = Time.seconds(365L * 24 * 3600);
        assertEquals(year / 1_000_000 * 1_000_200, clock.localAt(year));
        assertEquals(year, clock.worldAt(clock.localAt(year)));
    }

    @Test
    void changeOfDriftLeavesNoJump() {
        NodeClock clock = new NodeClock(5, Time.seconds(100));
        clock.drift(0, 100_000);
        long before = clock.localAt(1_000_003);
        long wallBefore = clock.wallMillisAt(1_000_003);
        clock.drift(1_000_003, -100_000);
        assertEquals(before, clock.localAt(1_000_003));
        assertEquals(wallBefore, clock.wallMillisAt(1_000_003));
        assertEquals(before + 900_000, clock.localAt(2_000_003));
    }

    @Test
    void stepMovesTheWallClockAlone() {
        NodeClock clock = new NodeClock(0, Time.seconds(100));
        clock.stepWall(-Time.seconds(3));
        assertEquals(97_001, clock.wallMillisAt(Time.millis(1)));
        assertEquals(Time.millis(1), clock.localAt(Time.millis(1)));
    }

    @Test
    void copyGoesItsOwnWay() {
        NodeClock clock = new NodeClock(0, 0);
        NodeClock copy = clock.copy();
        clock.drift(0, 100_000);
        assertEquals(1_000_000, copy.localAt(1_000_000));
        assertEquals(1_100_000, clock.localAt(1_000_000));
    }

    @Test
    void absurdDriftIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new NodeClock(0, 0).drift(0, 200_001));
    }
}
