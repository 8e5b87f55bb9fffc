package io.orrery.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.orrery.server.problem.ProblemException;
import org.junit.jupiter.api.Test;

class ByteCountTest {
    @Test
    void unitsArePowersOf1024() {
        assertEquals(64L << 20, ByteCount.parse("--bytes", "64m", 1, Long.MAX_VALUE));
        assertEquals(1L << 30, ByteCount.parse("--bytes", "1G", 1, Long.MAX_VALUE));
        assertEquals(3L << 10, ByteCount.parse("--bytes", "3k", 1, Long.MAX_VALUE));
        assertEquals(77, ByteCount.parse("--bytes", "77", 1, Long.MAX_VALUE));
    }

    @Test
    void whatIsNoNumberOrOutOfRangeIsAProblemOfTheCaller() {
        for (String bad : new String[] {"", "g", "-1", "1.5g", "1t", "99999999999999999999", "999999999999999g"}) {
            assertThrows(ProblemException.class, () -> ByteCount.parse("--bytes", bad, 1, Long.MAX_VALUE), bad);
        }
        assertThrows(ProblemException.class, () -> ByteCount.parse("--bytes", "2m", 1, 1 << 20));
    }
}
