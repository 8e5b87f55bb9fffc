package io.orrery.kernel.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LastRefusalTest {
    private final AtomicLong now = new AtomicLong(-7);
    private final LastRefusal last = new LastRefusal(now::get);

    @Test
    void isEmptyWhereNobodyWasRefused() {
        assertThat(last.text()).isEmpty();
    }

    @Test
    void saysHowLongAgoItWas() {
        last.note("refused x");
        assertThat(last.text()).isEqualTo("refused x (0 s ago)");
        now.addAndGet(TimeUnit.SECONDS.toNanos(119));
        assertThat(last.text()).endsWith("(119 s ago)");
        now.addAndGet(TimeUnit.MINUTES.toNanos(40));
        assertThat(last.text()).endsWith("(41 min ago)");
        now.addAndGet(TimeUnit.HOURS.toNanos(3));
        assertThat(last.text()).endsWith("(3 h ago)");
        last.note("refused y");
        assertThat(last.text()).isEqualTo("refused y (0 s ago)");
    }
}
