package io.orrery.raft.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.kernel.Check;
import io.orrery.kernel.Prng;
import java.util.ArrayDeque;
import org.junit.jupiter.api.Test;

class InflightsTest {
    @Test
    void itBehavesAsAQueueOfMessages() {
        for (long seed = 1; seed <= 200; seed++) {
            Prng prng = new Prng(seed);
            int messagesMax = 1 + prng.below(20);
            int bytesMax = 1 + prng.below(1000);
            Inflights inflights = new Inflights(messagesMax, bytesMax);
            ArrayDeque<long[]> model = new ArrayDeque<>();
            long index = 0;
            for (int step = 0; step < 200; step++) {
                long bytes = model.stream().mapToLong(message -> message[1]).sum();
                assertThat(inflights.count()).isEqualTo(model.size());
                assertThat(inflights.bytes()).isEqualTo(bytes);
                assertThat(inflights.isFull()).isEqualTo(model.size() == messagesMax || bytes >= bytesMax);
                if (prng.chance(600_000) && !inflights.isFull()) {
                    index += 1 + prng.below(5);
                    int size = prng.below(200);
                    inflights.add(index, size);
                    model.addLast(new long[] {index, size});
                } else {
                    long to = index - prng.below(10);
                    inflights.freeTo(to);
                    while (!model.isEmpty() && model.peekFirst()[0] <= to) {
                        model.removeFirst();
                    }
                }
            }
            inflights.clear();
            assertThat(inflights.isEmpty()).isTrue();
            assertThat(inflights.bytes()).isZero();
        }
    }

    @Test
    void aMessageBeyondTheLimitHalts() {
        Inflights inflights = new Inflights(1, 10);
        inflights.add(1, 100);
        assertThatThrownBy(() -> inflights.add(2, 1)).isInstanceOf(Check.Violation.class);
    }
}
