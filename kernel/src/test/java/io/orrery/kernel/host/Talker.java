package io.orrery.kernel.host;

import io.orrery.kernel.Channel;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Port;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.Timer;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.Codec;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.IntFunction;

/**
 * The protocol the contract's claims are made with: two streams and a datagram channel of plain bytes. What it received
 * may be read from any thread; the rest is for the node's own.
 */
final class Talker implements Protocol {
    static final int STREAM = 1000;
    static final int OTHER_STREAM = 1001;
    static final int DATAGRAM = 1002;
    static final Bytes NOT_A_MESSAGE = Bytes.ofUtf8("not a message");

    /** A message and the channel it came on. */
    record Heard(NodeId from, int channel, Bytes content) {}

    private static final long RETRY_NANOS = 2_000_000;

    final Kernel kernel;
    final Port<Bytes> stream;
    final Port<Bytes> otherStream;
    final Port<Bytes> datagram;
    private final List<Heard> heard = new ArrayList<>();
    private final List<Timer> pumps = new ArrayList<>();
    private volatile boolean keepsContent = true;
    private volatile int heardCount;
    private volatile BiPredicate<Integer, Bytes> expectation = (index, content) -> true;
    private volatile String surprise;

    Talker(Kernel kernel) {
        this.kernel = kernel;
        stream = open(STREAM, Delivery.STREAM);
        otherStream = open(OTHER_STREAM, Delivery.STREAM);
        datagram = open(DATAGRAM, Delivery.DATAGRAM);
    }

    private Port<Bytes> open(int channel, Delivery delivery) {
        return kernel.open(new Channel(channel, 0, delivery), new RawCodec(), (from, content) -> {
            onMessage(from, channel, content);
        });
    }

    @Override
    public void start() {}

    private void onMessage(NodeId from, int channel, Bytes content) {
        if (surprise == null && !expectation.test(heardCount, content)) {
            surprise = "message " + heardCount + " from " + from + " is unexpected: " + content.length() + " bytes";
        }
        if (keepsContent) {
            synchronized (heard) {
                heard.add(new Heard(from, channel, content));
            }
        }
        heardCount++;
    }

    /** What came on a channel, so far. */
    List<Bytes> heard(int channel) {
        synchronized (heard) {
            return heard.stream()
                    .filter(one -> one.channel() == channel)
                    .map(Heard::content)
                    .toList();
        }
    }

    int heardCount() {
        return heardCount;
    }

    /** Tests each message on arrival, with its index, instead of keeping it. */
    void expect(BiPredicate<Integer, Bytes> test) {
        expectation = test;
        keepsContent = false;
        heardCount = 0;
    }

    /** What was not as expected, or null. */
    String surprise() {
        return surprise;
    }

    /** Sends messages 0 to count - 1; one that is refused is sent again a little later. */
    Pump pump(Port<Bytes> port, NodeId to, int count, IntFunction<Bytes> messages) {
        Pump pump = new Pump(port, to, count, messages);
        pump.send();
        return pump;
    }

    /** Sends the same thing again and again until the pump is stopped. */
    Pump repeat(Port<Bytes> port, NodeId to, long periodNanos, IntFunction<Bytes> messages) {
        Pump pump = new Pump(port, to, Integer.MAX_VALUE, messages);
        pump.periodNanos = periodNanos;
        pump.send();
        return pump;
    }

    /** A sender that does not give up. */
    final class Pump {
        private final Port<Bytes> port;
        private final NodeId to;
        private final int count;
        private final IntFunction<Bytes> messages;
        private final Timer timer;
        private long periodNanos;
        private volatile int sent;
        private volatile int refused;
        private volatile boolean stopped;

        private Pump(Port<Bytes> port, NodeId to, int count, IntFunction<Bytes> messages) {
            this.port = port;
            this.to = to;
            this.count = count;
            this.messages = messages;
            timer = kernel.timer("pump-" + pumps.size(), this::send);
            pumps.add(timer);
        }

        private void send() {
            int burst = 0;
            while (!stopped && sent < count) {
                if (!port.send(to, messages.apply(sent))) {
                    refused++;
                    timer.restart(RETRY_NANOS);
                    return;
                }
                sent++;
                if (periodNanos > 0) {
                    timer.restart(periodNanos);
                    return;
                }
                if (++burst == 64) {
                    timer.restart(0);
                    return;
                }
            }
        }

        int sent() {
            return sent;
        }

        int refused() {
            return refused;
        }

        void stop() {
            stopped = true;
        }
    }

    private static final class RawCodec implements Codec<Bytes> {
        @Override
        public void encode(Bytes message, Encoder out) {
            out.writeRaw(message);
        }

        @Override
        public Bytes decode(Decoder in) {
            Bytes content = in.readRaw(in.remaining());
            if (content.equals(NOT_A_MESSAGE)) {
                throw new DecodeException("as the test wants");
            }
            return content;
        }
    }
}
