package io.orrery.broker.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.Prng;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StreamOrderTest {
    @Test
    void eachStreamsLastNumberIsTheOneThatATreeWouldHold() {
        StreamOrder order = new StreamOrder();
        TreeMap<Long, Long> expected = new TreeMap<>();
        Prng luck = new Prng(1);
        for (int i = 0; i < 20_000; i++) {
            long stream = (long) luck.below(200) << 32 | luck.below(6) << 2 | luck.below(2);
            long number = 1 + luck.below(1_000_000);
            Long before = expected.put(stream, number);
            assertThat(order.put(stream, number)).isEqualTo(before == null ? StreamOrder.NOTHING : before);
        }
    }
}
