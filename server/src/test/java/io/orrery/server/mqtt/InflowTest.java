package io.orrery.server.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import io.orrery.broker.input.ClientInputs;
import io.orrery.broker.session.ClientLink;
import io.orrery.broker.session.ConnectRequest;
import io.orrery.server.node.TestNodes;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InflowTest {
    /** A node whose inbox is full when the test says so. */
    private static final class Gate implements NodeGate {
        private volatile boolean isFull;
        private volatile boolean isClosed;
        private final AtomicInteger tasks = new AtomicInteger();

        @Override
        public boolean submit(Runnable task) {
            if (isFull) {
                return false;
            }
            tasks.incrementAndGet();
            task.run();
            return true;
        }

        @Override
        public boolean isClosed() {
            return isClosed;
        }

        @Override
        public Object incarnation() {
            return this;
        }

        @Override
        public ClientInputs connect(ConnectRequest request, ClientLink link) {
            throw new AssertionError("nobody connects here");
        }
    }

    private final DefaultEventLoop loop = new DefaultEventLoop();
    private final Gate gate = new Gate();
    private final MqttCounters counters = new MqttCounters();
    private final List<Integer> done = new CopyOnWriteArrayList<>();
    private final List<Boolean> stalls = new CopyOnWriteArrayList<>();
    private final Inflow[] inflow = new Inflow[1];

    @AfterEach
    void stopLoop() {
        loop.shutdownGracefully();
    }

    @Test
    void stepsOfOneReadAreOneTaskInOrder() {
        start();
        add(1, 2, 3);
        assertThat(done).containsExactly(1, 2, 3);
        assertThat(gate.tasks).hasValue(1);
        assertThat(stalls).isEmpty();
    }

    @Test
    void stepsWaitInOrderWhileTheNodeHasNoRoomAndNothingIsReadMeanwhile() {
        start();
        gate.isFull = true;
        add(1, 2);
        add(3);
        assertThat(done).isEmpty();
        assertThat(stalls).containsExactly(true);
        gate.isFull = false;
        TestNodes.await("all steps", () -> stalls.equals(List.of(true, false)));
        assertThat(done).containsExactly(1, 2, 3);
        assertThat(counters.inboxFull()).isEqualTo(1);
        add(4);
        assertThat(done).endsWith(4);
    }

    @Test
    void stepsForANodeThatIsGoneAreGivenUp() {
        start();
        gate.isFull = true;
        add(1);
        gate.isClosed = true;
        TestNodes.await("the end of the stall", () -> stalls.equals(List.of(true, false)));
        assertThat(done).isEmpty();
    }

    private void start() {
        inflow[0] = new Inflow(gate, loop, counters, () -> stalls.add(inflow[0].isStalled()));
    }

    private void add(int... steps) {
        loop.submit(() -> {
                    for (int step : steps) {
                        inflow[0].add(() -> done.add(step));
                    }
                    inflow[0].flush();
                })
                .syncUninterruptibly();
    }
}
