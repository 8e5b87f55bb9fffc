package io.orrery.kernel.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.Channel;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Storage;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.Codec;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import io.orrery.kernel.codec.Frame;
import io.orrery.kernel.trace.Trace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** What a node uses again instead of making it anew, and what it must not. */
class ReuseTest {
    private static final NodeId N1 = NodeId.of("n1");
    private static final NodeId N2 = NodeId.of("n2");
    private static final Channel CHANNEL = new Channel(1000, 0, Delivery.STREAM);

    private record Note(long number, Bytes payload) {}

    private static final Codec<Note> NOTES = new Codec<>() {
        @Override
        public int version() {
            return 2;
        }

        @Override
        public void encode(Note note, Encoder out) {
            out.writeVarLong(note.number);
            out.writeBytes(note.payload);
        }

        @Override
        public Note decode(Decoder in) {
            return new Note(in.readVarLong(), in.readBytes());
        }
    };

    private final EventQueue<NodeEvent> queue = new EventQueue<>();
    private final List<Note> received = new ArrayList<>();
    private final NodeKernel node = boot(kernel -> kernel.open(CHANNEL, NOTES, (from, note) -> received.add(note)));

    private NodeKernel boot(Consumer<Kernel> onStart) {
        NodeKernel kernel = new NodeKernel(N1, new QueueWorld(), new Prng(1));
        kernel.boot(scope -> () -> onStart.accept(scope), 0, 0);
        runAll();
        return kernel;
    }

    private void runAll() {
        while (!queue.isEmpty()) {
            NodeEvent event = queue.pop();
            event.node().run(event, 0, 0);
        }
    }

    private static byte[] frame(int version, long number, String payload) {
        Encoder out = new Encoder();
        Frame.encode(CHANNEL, NOTES, version, 2, new Note(number, Bytes.ofUtf8(payload)), new CRC32C(), out);
        return Arrays.copyOf(out.buffer(), out.position());
    }

    private void deliver(byte[] frame) {
        node.receive(N2, frame, 0, frame.length);
    }

    @Test
    void deferredTasksRunOnceAndInOrderHoweverManyWait() {
        List<Integer> log = new ArrayList<>();
        boot(kernel -> deferBurst(kernel, log, 0));
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            expected.add(i);
        }
        assertThat(log).isEqualTo(expected);
    }

    /** Bursts of a hundred, each of which defers the next one: more at once than there are spare events. */
    private static void deferBurst(Kernel kernel, List<Integer> log, int first) {
        for (int i = first; i < first + 100; i++) {
            int number = i;
            kernel.defer(() -> {
                log.add(number);
                if (number == first && first < 400) {
                    kernel.defer(() -> deferBurst(kernel, log, first + 100));
                }
            });
        }
    }

    @Test
    void aFrameIsKeptIfAndOnlyIfTheMessageHoldsSlicesOfIt() {
        DeliverEvent event = new DeliverEvent(node);
        byte[] bare = frame(2, 7, "");
        event.load(N2, bare, 0, bare.length);
        assertThat(event.isKept()).as("before it has run").isTrue();
        node.run(event, 0, 0);
        assertThat(event.isKept()).isFalse();
        byte[] laden = frame(2, 8, "payload");
        event.load(N2, laden, 0, laden.length);
        node.run(event, 0, 0);
        assertThat(event.isKept()).isTrue();
        node.kill();
        event.load(N2, bare, 0, bare.length);
        node.run(event, 0, 0);
        assertThat(event.isKept()).as("by a node that is dead").isTrue();
        assertThat(received).hasSize(2);
    }

    @Test
    void aRepeatedFrameYieldsTheSameMessageAgain() {
        deliver(frame(2, 7, ""));
        deliver(frame(2, 7, ""));
        deliver(frame(2, 8, ""));
        deliver(frame(2, 7, ""));
        assertThat(received.get(1)).isSameAs(received.get(0));
        assertThat(received.stream().map(Note::number)).containsExactly(7L, 7L, 8L, 7L);
    }

    @Test
    void aMessageOfAnotherVersionOrOneThatKeepsItsFrameIsDecodedAnew() {
        deliver(frame(1, 7, ""));
        deliver(frame(2, 7, ""));
        deliver(frame(2, 7, "payload"));
        deliver(frame(2, 7, "payload"));
        assertThat(received.get(1)).isNotSameAs(received.get(0));
        assertThat(received.get(3)).isNotSameAs(received.get(2)).isEqualTo(received.get(2));
    }

    @Test
    void aFrameThatDoesNotDecodeIsRefusedEachTime() {
        byte[] tooLong = frame(2, 7, "");
        byte[] bad = Arrays.copyOf(tooLong, tooLong.length + 1);
        bad[16]++;
        Frame.seal(bad, 0, bad.length, new CRC32C());
        deliver(bad);
        deliver(bad);
        assertThat(received).isEmpty();
        assertThat(node.counters().malformed()).isEqualTo(2);
    }

    private final class QueueWorld implements World {
        @Override
        public long nextSequence() {
            return queue.nextSequence();
        }

        @Override
        public void schedule(NodeEvent event, long dueNanos, long sequence) {
            queue.push(dueNanos, sequence, event);
        }

        @Override
        public boolean transmit(NodeKernel from, NodeId to, Delivery delivery, byte[] frame, int length) {
            return true;
        }

        @Override
        public Storage storage(NodeKernel kernel, String path) {
            return null;
        }

        @Override
        public Trace trace(NodeKernel kernel, String path) {
            return Trace.OFF;
        }

        @Override
        public void halted(NodeKernel kernel, Throwable why) {
            throw new AssertionError(why);
        }
    }
}
