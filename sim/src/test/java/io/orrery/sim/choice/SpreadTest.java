package io.orrery.sim.choice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orrery.kernel.Time;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SpreadTest {
    private static final int COUNT = 20_000;

    private static long[] sorted(Spread spread) {
        return LongStream.range(0, COUNT).map(spread::nanos).sorted().toArray();
    }

    private static void assertNear(long expected, long actual) {
        assertTrue(Math.abs(actual - expected) < expected / 20, "about " + expected + ", not " + actual);
    }

    @Test
    void uniformFillsItsBounds() {
        long[] nanos = sorted(Spread.uniform(Time.millis(2), Time.millis(4)));
        assertTrue(nanos[0] >= Time.millis(2) && nanos[COUNT - 1] <= Time.millis(4));
        assertNear(Time.millis(3), nanos[COUNT / 2]);
        assertNear(Time.millis(4), nanos[COUNT - 1]);
        assertEquals(7, Spread.uniform(7, 7).nanos(123));
    }

    @Test
    void exponentialHasItsMeanAndKeepsItsFloor() {
        long[] nanos = sorted(Spread.exponential(Time.millis(30), Time.millis(5)));
        assertTrue(nanos[0] >= Time.millis(5));
        assertNear(Time.millis(30), LongStream.of(nanos).sum() / COUNT);
        assertNear(Time.millis(5) + Time.micros(17_329), nanos[COUNT / 2]);
        assertTrue(nanos[COUNT - 1] > Time.millis(150), "some are much longer");
    }

    @Test
    void tailIsRareAndLong() {
        Spread spread = Spread.tail(Time.micros(200), Time.micros(800), 10_000, Time.millis(100));
        long[] nanos = sorted(spread);
        long inTail =
                LongStream.of(nanos).filter(each -> each > Time.micros(800)).count();
        assertTrue(inTail > 140 && inTail < 260, "about 200 of 20000, not " + inTail);
        assertNear(Time.millis(100), nanos[COUNT - 1]);
        assertEquals(Time.micros(800), spread.longNanos());
    }

    @Test
    void boundsAreInOrder() {
        assertThrows(IllegalArgumentException.class, () -> Spread.uniform(2, 1));
        assertThrows(IllegalArgumentException.class, () -> Spread.uniform(-1, 1));
        assertThrows(IllegalArgumentException.class, () -> Spread.exponential(1, 2));
        assertThrows(IllegalArgumentException.class, () -> Spread.tail(1, 2, 5, 1));
        assertThrows(IllegalArgumentException.class, () -> Spread.uniform(0, Spread.NANOS_MAX + 1));
    }
}
