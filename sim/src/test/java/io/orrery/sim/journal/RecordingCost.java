package io.orrery.sim.journal;

import io.orrery.kernel.Channel;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Port;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.Codec;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import io.orrery.kernel.codec.Frame;
import io.orrery.kernel.host.HostConfig;
import io.orrery.kernel.host.LonelyTransport;
import io.orrery.kernel.host.NodeThread;
import io.orrery.kernel.host.Recording;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.zip.CRC32C;

/**
 * Measures what a journal adds to an event: CPU time of the node's own thread for a backlog of frames, each of which is
 * answered with one, without and with recording, in turn. Run by hand: {@code RecordingCost [rounds]}.
 */
public final class RecordingCost {
    private static final int FRAMES = 50_000;
    private static final Channel CHANNEL = new Channel(1000, 0, Delivery.DATAGRAM);
    private static final Bytes PAYLOAD = Bytes.wrap(new byte[100]);

    private RecordingCost() {}

    public static void main(String[] arguments) throws IOException {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 25;
        Path folder = Files.createTempDirectory("recording-cost");
        double[] off = new double[rounds];
        double[] on = new double[rounds];
        for (int i = -10; i < rounds; i++) {
            double without = nanosPerFrame(folder, null);
            double with = nanosPerFrame(folder, folder.resolve("journal"));
            if (i >= 0) {
                off[i] = without;
                on[i] = with;
            }
        }
        print("off", off);
        print("on", on);
    }

    private static void print(String name, double[] nanos) {
        Arrays.sort(nanos);
        System.out.printf(
                Locale.ROOT,
                "%s: %.0f ns of CPU a frame (quartiles %.0f..%.0f)%n",
                name,
                nanos[nanos.length / 2],
                nanos[nanos.length / 4],
                nanos[3 * nanos.length / 4]);
    }

    private static double nanosPerFrame(Path folder, Path journal) throws IOException {
        Sink transport = new Sink();
        HostConfig config = new HostConfig();
        if (journal != null) {
            config.recording(new Recording(journal, 1 << 28, "cost", "cost", () -> Bytes.EMPTY, why -> {
                throw new IllegalStateException(why);
            }));
        }
        NodeThread node = new NodeThread(NodeId.of("n"), config, transport, folder.resolve("data"));
        node.start(kernel -> {
            Answerer answerer = new Answerer();
            answerer.port = kernel.open(CHANNEL, new Payloads(), (from, payload) -> answerer.port.send(from, payload));
            return answerer;
        });
        CountDownLatch filled = new CountDownLatch(1);
        node.submit(() -> {
            try {
                filled.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        byte[] frame = frame();
        for (int i = 0; i < FRAMES; i++) {
            transport.inbound().onFrame(NodeId.of("peer"), Delivery.DATAGRAM, frame, 0, frame.length);
        }
        filled.countDown();
        while (node.inboxSize() > 0) {
            Thread.onSpinWait();
        }
        long nanos = node.call(() -> ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime())
                .join();
        node.stop();
        if (journal != null) {
            Files.delete(journal);
        }
        return nanos / (double) FRAMES;
    }

    private static byte[] frame() {
        Encoder out = new Encoder();
        Frame.encode(CHANNEL, new Payloads(), PAYLOAD, new CRC32C(), out);
        return out.toBytes().toByteArray();
    }

    /** Answers each payload with itself. */
    private static final class Answerer implements Protocol {
        private Port<Bytes> port;

        @Override
        public void start() {}
    }

    /** A payload as it is. */
    private static final class Payloads implements Codec<Bytes> {
        @Override
        public void encode(Bytes message, Encoder out) {
            out.writeBytes(message);
        }

        @Override
        public Bytes decode(Decoder in) {
            return in.readBytes();
        }
    }

    /** Takes every frame and keeps none. */
    private static final class Sink extends LonelyTransport {
        @Override
        public boolean send(NodeId to, Delivery delivery, byte[] frame, int offset, int length) {
            return true;
        }
    }
}
