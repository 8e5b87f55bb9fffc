package io.orrery.kernel.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.kernel.Check;
import io.orrery.kernel.Prng;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.junit.jupiter.api.Test;

class EventQueueTest {
    private record Entry(long time, long sequence) {}

    @Test
    void popsInTheOrderOfTimeThenSequenceWhateverTheHistory() {
        Prng prng = new Prng(17);
        EventQueue<Entry> queue = new EventQueue<>();
        PriorityQueue<Entry> model =
                new PriorityQueue<>(Comparator.comparingLong(Entry::time).thenComparingLong(Entry::sequence));
        for (int step = 0; step < 50_000; step++) {
            if (model.isEmpty() || prng.chance(520_000)) {
                Entry entry = new Entry(prng.below(100), queue.nextSequence());
                queue.push(entry.time(), entry.sequence(), entry);
                model.add(entry);
            } else {
                assertThat(queue.firstTime()).isEqualTo(model.peek().time());
                assertThat(queue.firstSequence()).isEqualTo(model.peek().sequence());
                assertThat(queue.pop()).isEqualTo(model.poll());
            }
            assertThat(queue.size()).isEqualTo(model.size());
        }
    }

    /** As a node has it: bursts of what happens now, and timers behind it that are put off. */
    @Test
    void whatHappensNowAndTimersComeInOneOrder() {
        Prng prng = new Prng(18);
        EventQueue<Entry> queue = new EventQueue<>();
        PriorityQueue<Entry> model =
                new PriorityQueue<>(Comparator.comparingLong(Entry::time).thenComparingLong(Entry::sequence));
        long now = 0;
        for (int cycle = 0; cycle < 300; cycle++) {
            now += prng.below(50);
            int burst = (int) prng.below(300);
            for (int i = 0; i < burst; i++) {
                long time = prng.chance(100_000) ? now + prng.below(200) : now;
                Entry entry = new Entry(time, queue.nextSequence());
                queue.push(entry.time(), entry.sequence(), entry);
                model.add(entry);
            }
            while (!model.isEmpty() && queue.firstTime() <= now) {
                assertThat(queue.firstSequence()).isEqualTo(model.peek().sequence());
                assertThat(queue.pop()).isEqualTo(model.poll());
            }
            assertThat(queue.size()).isEqualTo(model.size());
            assertThat(queue.isEmpty()).isEqualTo(model.isEmpty());
        }
    }

    @Test
    void anEmptyQueueHasNoFirstEvent() {
        EventQueue<Entry> queue = new EventQueue<>();
        assertThat(queue.isEmpty()).isTrue();
        assertThatThrownBy(queue::pop).isInstanceOf(Check.Violation.class);
        queue.push(1, queue.nextSequence(), new Entry(1, 0));
        queue.clear();
        assertThatThrownBy(queue::firstTime).isInstanceOf(Check.Violation.class);
    }
}
