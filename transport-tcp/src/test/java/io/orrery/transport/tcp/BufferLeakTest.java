package io.orrery.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.orrery.kernel.host.HostConfig;
import io.orrery.transport.tcp.Nodes.Node;
import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a node holds when it stops, it gives back. */
class BufferLeakTest {
    private static final String MESSAGE = "x".repeat(1_000);

    @TempDir
    Path folder;

    private final LinkedBlockingQueue<String> leaks = new LinkedBlockingQueue<>();
    private ResourceLeakDetector.Level before;

    @BeforeEach
    void lookAtEveryBuffer() {
        before = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        ByteBufUtil.setLeakListener((type, records) -> leaks.add(type + ": " + records));
    }

    @AfterEach
    void lookNoMore() {
        ByteBufUtil.setLeakListener(null);
        ResourceLeakDetector.setLevel(before);
    }

    @Test
    void nodesThatStopInTheMiddleOfTheirTrafficGiveTheirBuffersBack() {
        for (int round = 0; round < 3; round++) {
            try (Nodes nodes = new Nodes(folder.resolve("round" + round))) {
                Node a = nodes.start("a");
                Node b = nodes.start("b", config -> config, smallInbox());
                a.transport.learn(b.id, "127.0.0.1:" + b.port());
                b.transport.learn(a.id, "127.0.0.1:" + a.port());
                a.reach(b, "hello");
                b.reach(a, "hello");
                postMany(a, b, 5_000);
                postMany(b, a, 5_000);
                a.sendDatagram(b.id, "word");
                Nodes.until("it stops reading", () -> b.counters().stalls() > 0);
                b.thread.close();
                postMany(a, b, 50);
                a.sendDatagram(b.id, "word");
            }
        }
        assertNoLeak();
    }

    @Test
    void nodesThatStopWhileTheyShakeHandsGiveTheirBuffersBack() {
        for (int round = 0; round < 8; round++) {
            try (Nodes nodes = new Nodes(folder.resolve("round" + round))) {
                Node a = nodes.start("a");
                Node b = nodes.start("b");
                a.transport.learn(b.id, "127.0.0.1:" + b.port());
                b.transport.learn(a.id, "127.0.0.1:" + a.port());
                postMany(a, b, 1 + round);
                postMany(b, a, 1 + round);
                (round % 2 == 0 ? a : b).thread.close();
                postMany(round % 2 == 0 ? b : a, round % 2 == 0 ? a : b, 10);
            }
        }
        assertNoLeak();
    }

    private static void postMany(Node from, Node to, int count) {
        Nodes.answer(from.thread.call(() -> {
            for (int i = 0; i < count; i++) {
                from.post(to.id, MESSAGE);
            }
            return null;
        }));
    }

    /** So that its connections stop reading again and again. */
    private static HostConfig smallInbox() {
        return new HostConfig().inboxItemsMax(16);
    }

    private void assertNoLeak() {
        for (int i = 0; i < 5; i++) {
            System.gc();
            // Leaks are told when the next buffer is made.
            PooledByteBufAllocator.DEFAULT.directBuffer(16).release();
            UnpooledByteBufAllocator.DEFAULT.directBuffer(16).release();
        }
        assertThat(leaks).isEmpty();
    }
}
