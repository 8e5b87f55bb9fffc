package io.orrery.jepsen.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A sender and a receiver over a simulated network that reorders always and drops while it is cut. */
class StreamTest {
    private final StreamSender sender = new StreamSender(7);
    private final StreamReceiver receiver = new StreamReceiver();
    private final TreeMap<Long, List<Runnable>> network = new TreeMap<>();
    private final List<Integer> delivered = new ArrayList<>();
    private final Prng prng = new Prng(3);
    private long now;
    private long latencyMax = Time.millis(20);
    private int duplicatesPpm;
    private boolean cut;

    @Test
    void reorderedSegmentsAreDeliveredInOrderAndOnce() {
        duplicatesPpm = 200_000;
        for (int i = 0; i < 2_000; i++) {
            sender.offer(frame(i));
            runFor(Time.micros(prng.below(2_000)));
        }
        runFor(Time.seconds(2));
        assertThat(delivered).isEqualTo(numbers(0, 2_000));
        assertThat(sender.broken()).isZero();
        assertThat(receiver.dropped()).isPositive();
    }

    @Test
    void anOutageShorterThanPatienceLosesNothing() {
        for (int i = 0; i < 100; i++) {
            cut = i >= 20 && i < 60;
            sender.offer(frame(i));
            runFor(Time.millis(20));
        }
        runFor(Time.seconds(3));
        assertThat(delivered).isEqualTo(numbers(0, 100));
        assertThat(sender.resent()).isPositive();
        assertThat(sender.broken()).isZero();
    }

    /** I2 of the receiver and the contract of STREAM: each connection yields a prefix, and a new one begins anew. */
    @Test
    void aLongOutageLosesFromSomePointOnAndLaterFramesArriveInOrder() {
        for (int i = 0; i < 100; i++) {
            sender.offer(frame(i));
            cut = i >= 50;
            runFor(Time.millis(10));
        }
        runFor(Time.seconds(10));
        cut = false;
        runFor(Time.millis(100));
        for (int i = 100; i < 150; i++) {
            sender.offer(frame(i));
            runFor(Time.millis(10));
        }
        runFor(Time.seconds(3));
        int lostFrom = delivered.indexOf(100);
        assertThat(lostFrom).isBetween(40, 50);
        List<Integer> expected = numbers(0, lostFrom);
        expected.addAll(numbers(100, 150));
        assertThat(delivered).isEqualTo(expected);
        assertThat(sender.broken()).isPositive();
    }

    @Test
    void randomOutagesNeverReorderOrRepeat() {
        int next = 0;
        for (int round = 0; round < 200; round++) {
            cut = prng.below(3) == 0;
            latencyMax = Time.millis(prng.between(1, 300));
            for (int i = 0; i < 20; i++) {
                sender.offer(frame(next++));
                runFor(Time.millis(prng.below(60)));
            }
        }
        cut = false;
        runFor(Time.seconds(5));
        sender.offer(frame(next));
        runFor(Time.seconds(5));
        for (int i = 1; i < delivered.size(); i++) {
            assertThat(delivered.get(i)).isGreaterThan(delivered.get(i - 1));
        }
        assertThat(delivered).endsWith(next).hasSizeGreaterThan(1_000);
        assertThat(sender.broken()).isPositive();
    }

    @Test
    void aLateSegmentOfADeadConnectionIsDropped() {
        receiver.onSegment(new Segment(7, 0, List.of(frame(0))), this::deliver);
        receiver.onSegment(new Segment(8, 0, List.of(frame(10))), this::deliver);
        receiver.onSegment(new Segment(7, 1, List.of(frame(1))), this::deliver);
        assertThat(delivered).containsExactly(0, 10);
        assertThat(receiver.ack()).isEqualTo(new Ack(8, 1));
    }

    @Test
    void aFullBufferRefusesAndDoesNotBreakTheStream() {
        for (int i = 0; i < StreamSender.FRAMES_MAX; i++) {
            assertThat(sender.offer(frame(i))).isTrue();
        }
        assertThat(sender.offer(frame(-1))).isFalse();
        runFor(Time.millis(100));
        assertThat(sender.offer(frame(StreamSender.FRAMES_MAX))).isTrue();
        runFor(Time.millis(100));
        assertThat(delivered).isEqualTo(numbers(0, StreamSender.FRAMES_MAX + 1));
    }

    @Test
    void acknowledgementsOfOtherConnectionsOrOfWhatWasNotSentSayNothing() {
        sender.offer(frame(0));
        assertThat(sender.fresh(now)).hasSize(1);
        sender.onAck(new Ack(6, 1), now);
        sender.onAck(new Ack(8, 1), now);
        sender.onAck(new Ack(7, 2), now);
        assertThat(sender.dueNanos()).isLessThan(Long.MAX_VALUE);
        sender.onAck(new Ack(7, 1), now);
        assertThat(sender.dueNanos()).isEqualTo(Long.MAX_VALUE);
    }

    private void runFor(long nanos) {
        long end = now + nanos;
        emit(sender.fresh(now));
        while (true) {
            long first = network.isEmpty() ? Long.MAX_VALUE : network.firstKey();
            long due = Math.min(first, Math.max(now, sender.dueNanos()));
            if (due > end) {
                now = end;
                return;
            }
            now = due;
            if (first == due) {
                network.pollFirstEntry().getValue().forEach(Runnable::run);
            }
            emit(sender.onTick(now));
            emit(sender.fresh(now));
        }
    }

    private void emit(List<Segment> segments) {
        for (Segment segment : segments) {
            post(() -> {
                receiver.onSegment(segment, this::deliver);
                Ack ack = receiver.ack();
                post(() -> sender.onAck(ack, now));
            });
            if (prng.chance(duplicatesPpm)) {
                post(() -> receiver.onSegment(segment, this::deliver));
            }
        }
    }

    /** As Maelstrom does: what is on its way when the network is cut is lost too. */
    private void post(Runnable arrival) {
        network.computeIfAbsent(now + 1 + prng.below(latencyMax), at -> new ArrayList<>())
                .add(() -> {
                    if (!cut) {
                        arrival.run();
                    }
                });
    }

    private void deliver(byte[] frame) {
        delivered.add(ByteBuffer.wrap(frame).getInt());
    }

    private static byte[] frame(int number) {
        return ByteBuffer.allocate(4).putInt(number).array();
    }

    private static List<Integer> numbers(int from, int to) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = from; i < to; i++) {
            numbers.add(i);
        }
        return numbers;
    }
}
