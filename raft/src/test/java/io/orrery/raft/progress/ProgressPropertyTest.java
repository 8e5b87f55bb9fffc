package io.orrery.raft.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.Prng;
import java.util.ArrayDeque;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A leader and one peer, with a link that loses messages and answers at will. */
class ProgressPropertyTest {
    private static final int MESSAGES_MAX = 4;

    /** A message with the entries behind {@code prev} up to {@code last}. */
    private record Append(long prev, long last) {}

    @Property(tries = 500)
    void matchNeverPassesWhatThePeerHasStoredAndAllArrivesInTheEnd(@ForAll long seed) {
        Prng prng = new Prng(seed);
        long lastIndex = 1 + prng.below(40);
        Progress progress = new Progress(lastIndex + 1, 0, new Inflights(MESSAGES_MAX, 1000));
        ArrayDeque<Append> link = new ArrayDeque<>();
        long peer = prng.below((int) lastIndex + 1);
        int lossPpm = prng.below(600_000);
        for (int step = 0; step < 2_000 && progress.match() < lastIndex; step++) {
            boolean loses = step < 1_000 && prng.chance(lossPpm);
            if (!progress.isPaused() && progress.next() <= lastIndex) {
                long last = Math.min(lastIndex, progress.next() + prng.below(3));
                Append sent = new Append(progress.next() - 1, last);
                progress.onSent(last, 10);
                if (!loses) {
                    link.addLast(sent);
                }
            } else {
                link.addLast(new Append(progress.next() - 1, progress.next() - 1));
            }
            Append arrived = link.pollFirst();
            if (arrived != null) {
                peer = Math.max(peer, answer(progress, arrived, peer));
            }
            assertThat(progress.match()).as("I1").isLessThanOrEqualTo(peer);
            assertThat(progress.next()).as("I2").isGreaterThan(progress.match());
            assertThat(progress.inflights().count()).isLessThanOrEqualTo(MESSAGES_MAX);
        }
        assertThat(progress.match()).as("of " + lastIndex).isEqualTo(lastIndex);
    }

    /** What the peer does with a message: takes what fits its log, refuses what begins behind its end. */
    private static long answer(Progress progress, Append message, long peer) {
        if (message.prev > peer) {
            progress.maybeRefuse(message.prev, peer);
            return peer;
        }
        long received = Math.max(peer, message.last);
        progress.maybeAcknowledge(message.last, message.last);
        return received;
    }

    /** Beside a list of what is in flight. */
    @Property(tries = 500)
    void inflightsCountWhatIsUnderWay(@ForAll long seed) {
        Prng prng = new Prng(seed);
        int messagesMax = 1 + prng.below(12);
        long bytesMax = 1 + prng.below(300);
        Inflights inflights = new Inflights(messagesMax, bytesMax);
        ArrayDeque<long[]> model = new ArrayDeque<>();
        long index = 0;
        for (int step = 0; step < 200; step++) {
            long bytes = model.stream().mapToLong(each -> each[1]).sum();
            assertThat(inflights.count()).isEqualTo(model.size());
            assertThat(inflights.bytes()).isEqualTo(bytes);
            assertThat(inflights.isFull()).isEqualTo(model.size() == messagesMax || bytes >= bytesMax);
            int draw = prng.below(10);
            if (draw < 6 && !inflights.isFull()) {
                index += 1 + prng.below(3);
                int size = prng.below(60);
                inflights.add(index, size);
                model.addLast(new long[] {index, size});
            } else if (draw < 9) {
                long freed = Math.max(0, index - prng.below(8));
                inflights.freeTo(freed);
                model.removeIf(each -> each[0] <= freed);
            } else {
                inflights.clear();
                model.clear();
            }
        }
    }
}
