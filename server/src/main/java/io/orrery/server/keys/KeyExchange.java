package io.orrery.server.keys;

import io.orrery.kernel.Channel;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.Codec;
import io.orrery.kernel.codec.Encoder;
import io.orrery.kernel.codec.Frame;
import io.orrery.kernel.host.ForwardingTransport;
import io.orrery.kernel.host.Transport;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The talk about keys between nodes, below the kernel: its frames are taken out here, so that neither the broker nor a
 * journal ever holds a key. Else it is the transport it is given.
 *
 * <p>Only installed on nodes that encrypt. Questions and answers are wrapped by {@link KeyWrap}: who asks has a key of the
 * cluster. Disk work is done on a thread of its own.
 */
public final class KeyExchange extends ForwardingTransport {
    /** See the table in docs/ARCHITECTURE.md. */
    static final int PROTOCOL = 99;

    private static final Logger LOG = LoggerFactory.getLogger(KeyExchange.class);
    private static final Channel CHANNEL = new Channel(PROTOCOL, 0, Delivery.STREAM);
    private static final Codec<Bytes> RAW =
            Codec.of((bytes, out) -> out.writeRaw(bytes), in -> in.readRaw(in.remaining()));
    private static final int WAITING_MAX = 64;
    private static final int MESSAGE_BYTES_MAX = 8192;

    private final KeyKeeper keeper;
    private final KeyWrap wrap;
    private final Map<Long, CompletableFuture<KeyState>> asked = new ConcurrentHashMap<>();
    private final ExecutorService worker;
    private final CRC32C crc = new CRC32C();
    private volatile Predicate<Runnable> node = task -> false;
    private long numbers = System.nanoTime();

    public KeyExchange(Transport transport, KeyKeeper keeper) {
        super(transport);
        this.keeper = keeper;
        this.wrap = new KeyWrap(keeper.sealing());
        this.worker = new ThreadPoolExecutor(
                0, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING_MAX), KeyExchange::daemon);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "orrery-keys");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * @param runner runs a task on the node's thread; false if it cannot
     */
    public void runsOn(Predicate<Runnable> runner) {
        node = runner;
    }

    /** Asks another node, which may never answer; from any thread. */
    public CompletableFuture<KeyState> ask(NodeId to, KeyOperation operation, String key) {
        CompletableFuture<KeyState> answer = new CompletableFuture<>();
        boolean isAsked = node.test(() -> {
            long number = ++numbers;
            asked.put(number, answer);
            answer.whenComplete((done, why) -> asked.remove(number));
            if (!send(to, new KeyMessage(number, operation, key, null))) {
                answer.completeExceptionally(new IllegalStateException("it cannot be reached"));
            }
        });
        if (!isAsked) {
            answer.completeExceptionally(new IllegalStateException("this node is stopping"));
        }
        return answer;
    }

    /** On the node's thread. */
    private boolean send(NodeId to, KeyMessage message) {
        Encoder plain = new Encoder(512, MESSAGE_BYTES_MAX);
        KeyMessage.CODEC.encode(message, plain);
        byte[] wrapped = wrap.wrap(Arrays.copyOf(plain.buffer(), plain.position()));
        Encoder frame = new Encoder(512, 2 * MESSAGE_BYTES_MAX);
        Frame.encode(CHANNEL, RAW, Bytes.wrap(wrapped), crc, frame);
        return transport.send(to, Delivery.STREAM, frame.buffer(), 0, frame.position());
    }

    @Override
    public void start(Inbound inbound) {
        transport.start((from, delivery, frame, offset, length) -> {
            boolean isOurs = delivery == Delivery.STREAM
                    && length >= Frame.HEADER_BYTES
                    && Frame.protocol(frame, offset) == PROTOCOL;
            if (isOurs) {
                receive(from, Arrays.copyOfRange(frame, offset, offset + length));
                return true;
            }
            return inbound.onFrame(from, delivery, frame, offset, length);
        });
    }

    /** A peer's frame, whatever is in it; handled on the worker, as it may wait for the disk. */
    private void receive(NodeId from, byte[] frame) {
        try {
            worker.execute(() -> {
                try {
                    handle(from, frame);
                } catch (RuntimeException e) {
                    LOG.warn("dropped what {} says about keys: {}", from, e.getMessage());
                }
            });
        } catch (RejectedExecutionException full) {
            LOG.warn("dropped what {} says about keys: too much of it at once", from);
        }
    }

    private void handle(NodeId from, byte[] frame) {
        String fault = Frame.fault(frame, 0, frame.length, new CRC32C());
        byte[] plain = fault != null ? null : wrap.unwrap(Arrays.copyOfRange(frame, Frame.HEADER_BYTES, frame.length));
        if (plain == null) {
            LOG.warn("dropped what {} says about keys: it is not wrapped under a key of this node", from);
            return;
        }
        KeyMessage message = KeyMessage.CODEC.decode(Bytes.wrap(plain).decoder());
        if (message.answer() != null) {
            CompletableFuture<KeyState> answer = asked.remove(message.number());
            if (answer != null) {
                answer.complete(message.answer());
            }
            return;
        }
        KeyState state = keeper.apply(message.operation(), message.key());
        KeyMessage answer = new KeyMessage(message.number(), message.operation(), "", state);
        if (!node.test(() -> send(from, answer))) {
            LOG.warn("could not answer {} about keys", from);
        }
    }

    @Override
    public void close() {
        worker.shutdown();
        transport.close();
    }
}
