package io.orrery.kernel.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.kernel.Check;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Program;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.Timer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NodeThreadTest {
    private static final Program IDLE = kernel -> () -> {};

    @TempDir
    Path directory;

    private final LocalNetwork network = new LocalNetwork();
    private final List<NodeThread> started = new ArrayList<>();
    private final AtomicReference<Kernel> kernel = new AtomicReference<>();

    @AfterEach
    void stopAll() {
        started.forEach(NodeThread::stop);
    }

    private NodeThread start(HostConfig config, Program program) {
        NodeId self = NodeId.of("n");
        NodeThread node = new NodeThread(self, config, network.transport(self), directory);
        started.add(node);
        return node.start(booted -> {
            kernel.set(booted);
            return program.boot(booted);
        });
    }

    private CountDownLatch block(NodeThread node) {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch entered = new CountDownLatch(1);
        node.submit(() -> {
            entered.countDown();
            await(release);
        });
        await(entered);
        return release;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Leases rest on it: whoever hears a message knows by its own clock a time at which it had been sent. */
    @Test
    void eventRunsAtATimeReadAfterItArrived() {
        AtomicLong clock = new AtomicLong();
        AtomicBoolean armed = new AtomicBoolean();
        AtomicReference<NodeThread> node = new AtomicReference<>();
        CompletableFuture<Long> ran = new CompletableFuture<>();
        AtomicLong reading = new AtomicLong();
        LongSupplier monotonic = () -> {
            long now = clock.addAndGet(1_000);
            // The thread is held up while it reads its clock, and something arrives meanwhile.
            if (armed.getAndSet(false)) {
                reading.set(now);
                node.get().submit(() -> ran.complete(kernel.get().nowNanos()));
            }
            return now;
        };
        NodeId self = NodeId.of("n");
        SystemTime time = new SystemTime(monotonic, () -> 0);
        node.set(new NodeThread(self, new HostConfig(), network.transport(self), directory, time));
        started.add(node.get());
        node.get().start(booted -> {
            kernel.set(booted);
            return IDLE.boot(booted);
        });
        node.get().submit(() -> armed.set(true));
        // The clock of this test begins at its first reading.
        assertThat(ran.join()).isGreaterThan(reading.get() - 1_000);
    }

    @Test
    void whatArrivesTogetherRunsBeforeTheTasksItDefers() {
        NodeThread node = start(new HostConfig(), IDLE);
        List<String> order = new ArrayList<>();
        CountDownLatch release = block(node);
        for (int i = 0; i < 3; i++) {
            String name = String.valueOf(i);
            node.submit(() -> {
                order.add("message " + name);
                kernel.get().defer(() -> order.add("deferred " + name));
            });
        }
        release.countDown();
        Await.until("all six ran", () -> Await.answer(node.call(order::size)) == 6);
        List<String> seen = Await.answer(node.call(() -> List.copyOf(order)));
        assertThat(seen)
                .containsExactly("message 0", "message 1", "message 2", "deferred 0", "deferred 1", "deferred 2");
    }

    @ParameterizedTest
    @EnumSource(Idle.class)
    void anIdleNodeWakesForATaskAndForATimer(Idle idle) {
        AtomicInteger expired = new AtomicInteger();
        NodeThread node = start(new HostConfig().idle(idle).spinsMax(1).yieldsMax(1), kernel -> () -> {
            Timer timer = kernel.timer("t", expired::incrementAndGet);
            timer.restart(30_000_000);
        });
        for (int i = 0; i < 50; i++) {
            assertThat(Await.answer(node.call(() -> 7))).isEqualTo(7);
        }
        Await.until("the timer expired", () -> expired.get() == 1);
    }

    @Test
    void anIdleNodeSleeps() {
        NodeThread node = start(new HostConfig().idle(Idle.PARK), IDLE);
        Await.until("it sleeps", () -> node.counters().sleeps() > 0);
        long cycles = node.counters().cycles();
        Await.answer(node.call(() -> 1));
        Await.until("it sleeps again", () -> node.counters().sleeps() > 1);
        assertThat(node.counters().cycles() - cycles).isLessThan(10);
    }

    @Test
    void timersExpireNotBeforeTheirDeadlineAndInItsOrder() {
        List<String> order = new ArrayList<>();
        List<Long> early = new ArrayList<>();
        NodeThread node = start(new HostConfig(), booted -> () -> {
            for (int millis : new int[] {20, 5, 10, 5}) {
                long dueNanos = booted.nowNanos() + millis * 1_000_000L;
                String name = millis + "ms, armed " + order.size();
                booted.timer(name, () -> {
                            order.add(millis + "ms");
                            if (booted.nowNanos() < dueNanos) {
                                early.add(dueNanos);
                            }
                        })
                        .restart(millis * 1_000_000L);
            }
        });
        Await.until("all expired", () -> Await.answer(node.call(order::size)) == 4);
        assertThat(order).containsExactly("5ms", "5ms", "10ms", "20ms");
        assertThat(early).isEmpty();
    }

    @Test
    void aTaskThatDefersItselfForEverStarvesNobody() {
        NodeThread node = start(
                new HostConfig().cycleEventsMax(16),
                booted -> () -> new Runnable() {
                    @Override
                    public void run() {
                        booted.defer(this);
                    }
                }.run());
        for (int i = 0; i < 20; i++) {
            assertThat(Await.answer(node.call(() -> 1))).isEqualTo(1);
        }
    }

    @Test
    void tasksBeyondTheInboxAreRefusedAndCounted() {
        NodeThread node = start(new HostConfig().inboxItemsMax(16), IDLE);
        CountDownLatch release = block(node);
        int taken = 0;
        while (taken < 1000 && node.submit(() -> {})) {
            taken++;
        }
        assertThat(taken).isEqualTo(16);
        assertThat(node.counters().tasksRefused()).isEqualTo(1);
        assertThatThrownBy(() -> node.call(() -> 1).join()).hasMessageContaining("inbox is full");
        release.countDown();
        Await.until("there is room again", () -> node.submit(() -> {}));
    }

    @Test
    void aProgramThatThrowsHaltsItsNodeAndItsDirectoryIsFree() {
        AtomicReference<Throwable> told = new AtomicReference<>();
        RuntimeException bug = new IllegalStateException("a bug");
        NodeThread node = start(new HostConfig(), IDLE).onHalt(told::set);
        node.submit(() -> {
            throw bug;
        });
        Await.answer(node.ended());
        assertThat(node.isHalted()).isTrue();
        assertThat(node.haltReason()).isSameAs(bug);
        assertThat(told.get()).isSameAs(bug);
        assertThat(node.submit(() -> {})).isFalse();
        NodeThread next = start(new HostConfig(), IDLE);
        assertThat(Await.answer(next.call(() -> 5))).isEqualTo(5);
    }

    @Test
    void aProgramThatFailsToBootHaltsItsNode() {
        NodeThread node = start(new HostConfig(), kernel -> {
            throw new IllegalStateException("cannot boot");
        });
        Await.answer(node.ended());
        assertThat(node.haltReason()).hasMessage("cannot boot");
    }

    @Test
    void aBrokenInvariantHaltsTheNode() {
        AtomicBoolean broken = new AtomicBoolean();
        NodeThread node = start(new HostConfig(), kernel -> new Protocol() {
            @Override
            public void start() {}

            @Override
            public void checkInvariants() {
                Check.that(!broken.get(), "I1: not broken");
            }
        });
        assertThat(Await.answer(node.call(() -> 1))).isEqualTo(1);
        node.submit(() -> broken.set(true));
        Await.answer(node.ended());
        assertThat(node.haltReason()).isInstanceOf(Check.Violation.class).hasMessage("I1: not broken");
    }

    @Test
    void aQuestionThatThrowsFailsItsFutureAndTheNodeLives() {
        NodeThread node = start(new HostConfig(), IDLE);
        CompletableFuture<Integer> answer = node.call(() -> {
            throw new IllegalArgumentException("no");
        });
        assertThatThrownBy(answer::join).isInstanceOf(CompletionException.class).hasRootCauseMessage("no");
        assertThat(Await.answer(node.call(() -> 1))).isEqualTo(1);
        assertThat(node.isHalted()).isFalse();
    }

    @Test
    void callsThatTheNodeDidNotLiveToAnswerFail() {
        NodeThread node = start(new HostConfig(), IDLE);
        CountDownLatch release = block(node);
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        node.submit(() -> {
            throw new IllegalStateException("the end");
        });
        for (int i = 0; i < 100; i++) {
            answers.add(node.call(() -> 1));
        }
        release.countDown();
        Await.answer(node.ended());
        for (CompletableFuture<Integer> answer : answers) {
            assertThatThrownBy(answer::join).hasMessageContaining("ended");
        }
        assertThatThrownBy(() -> node.call(() -> 1).join()).hasMessageContaining("ended");
    }

    @Test
    void aNodeMayStopItself() {
        NodeThread node = start(new HostConfig(), IDLE);
        node.submit(node::stop);
        Await.answer(node.ended());
        assertThat(node.isHalted()).isFalse();
    }

    @Test
    void aProgramThatLeaksEventsHalts() {
        NodeThread node = start(new HostConfig().queuedEventsMax(2000), booted -> () -> {
            for (int i = 0; i < 3000; i++) {
                booted.timer("t", () -> {}).restart(1_000_000_000L);
            }
        });
        Await.answer(node.ended());
        assertThat(node.haltReason()).hasMessageContaining("queued events are bounded");
    }

    @Test
    void aSeedRepeatsTheDraws() {
        List<Long> draws = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            NodeThread node = start(new HostConfig().seed(7), IDLE);
            draws.add(Await.answer(node.call(() -> kernel.get().prng().nextLong())));
            node.stop();
        }
        assertThat(draws.get(0)).isEqualTo(draws.get(1));
    }

    @Test
    void aDirectoryInUseIsRefusedWithWhatToDo() {
        start(new HostConfig(), IDLE);
        assertThatThrownBy(() -> start(new HostConfig(), IDLE))
                .isInstanceOf(HostException.class)
                .hasMessageContaining(directory.toString())
                .hasMessageContaining("in use by another node");
    }

    @Test
    void aTransportThatCannotStartFailsTheStartAndFreesTheDirectory() {
        NodeId self = NodeId.of("n");
        Transport broken = new LonelyTransport() {
            @Override
            public void start(Inbound into) {
                throw new HostException("port in use");
            }
        };
        NodeThread node = new NodeThread(self, new HostConfig(), broken, directory);
        assertThatThrownBy(() -> node.start(IDLE))
                .isInstanceOf(HostException.class)
                .hasMessage("port in use");
        Await.answer(node.ended());
        start(new HostConfig(), IDLE);
    }

    @Test
    void theClockNeverFallsWhateverTheMachineSays() {
        long[] readings = {100, 150, 120, 90, 200};
        AtomicInteger at = new AtomicInteger();
        SystemTime time = new SystemTime(() -> readings[at.getAndIncrement()], () -> 0);
        assertThat(List.of(time.nowNanos(), time.nowNanos(), time.nowNanos(), time.nowNanos()))
                .containsExactly(50L, 50L, 50L, 100L);
    }
}
