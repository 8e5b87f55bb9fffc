package io.orrery.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitedLogTest {
    private final List<String> lines = new ArrayList<>();
    private final LimitedLog log = new LimitedLog((level, text) -> lines.add(text), "n1");

    @Test
    void onePartyHasOneLineInAWhile() {
        for (int i = 0; i < 50; i++) {
            log.warn("datagram /10.0.0.1 MALFORMED", "dropped a datagram");
        }
        assertThat(lines).containsExactly("node n1: dropped a datagram");
    }

    @Test
    void strangerUnderManyAddressesDoesNotFillTheLog() {
        for (int i = 0; i < 5_000; i++) {
            log.warn("datagram /10.0." + i / 250 + "." + i % 250, "dropped a datagram");
        }
        assertThat(lines).hasSize(LimitedLog.LINES_MAX);
    }
}
