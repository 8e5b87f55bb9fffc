package io.orrery.transport.aeron;

import io.aeron.Aeron;
import io.aeron.Subscription;
import io.aeron.exceptions.RegistrationException;
import io.aeron.status.PublicationErrorFrame;
import io.orrery.kernel.Check;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.kernel.host.HostException;
import io.orrery.kernel.host.LastRefusal;
import io.orrery.kernel.host.Transport;
import java.lang.System.Logger;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A {@link Transport} over Aeron.
 *
 * <p>One duty cycle is {@link #poll}: the driver (where it has no threads), the client's conductor, frames that wait to
 * be sent, then each inbound session. A stream frame that finds its receiver's window full waits in a bounded queue,
 * then is refused; a frame that finds the node's inbox full stops its session, and Aeron's flow control stops the
 * sender. Datagrams go the same way on a stream of their own and are dropped where a stream would wait.
 *
 * <ul>
 *   <li>I1 Aeron is touched under the lock alone, so that {@link #close} from another thread never unmaps a buffer in
 *       use.
 *   <li>I2 After the client's death nothing is sent or received, and its owner is told once.
 * </ul>
 *
 * <p>Threads as {@link Transport} says. {@code poll} must run at least every {@link AeronConfig#livenessNanos}.
 */
public final class AeronTransport implements Transport {
    private static final Logger LOG = System.getLogger(AeronTransport.class.getPackageName());
    private static final long TICK_NANOS = Time.millis(10);
    private static final int REJECTIONS_MAX = 1024;
    private static final int LAST_ROUNDS = 16;

    private final AeronConfig config;
    private final Consumer<AeronDied> onDeath;
    private final Clocks clocks;
    private final AeronCounters counters = new AeronCounters();
    private final ErrorLog errors;
    private final LastRefusal lastRefusal = new LastRefusal();
    private final Object lock = new Object();
    /** Addresses learned and not yet taken over by the node's thread; guarded by itself. */
    private final Map<NodeId, String> learned = new LinkedHashMap<>();

    private final Knocks knocks = new Knocks();
    private final ArrayDeque<Rejection> rejections = new ArrayDeque<>();
    private volatile boolean hasLearned;
    private volatile String address = "";
    private Client client;
    private Outbound outbound;
    private Sessions sessions;
    private long tickNanos;
    private boolean isPolling;
    private boolean isClosed;
    private boolean isDead;

    /** A peer's refusal of a publication, noted inside a callback of Aeron, in which Aeron must not be called. */
    private record Rejection(long registrationId, String reason) {}

    /** What peers say of themselves, and ask. */
    private final class Introductions implements Sessions.Listener {
        /** A peer that this node has no address of can be answered where it says it is. */
        @Override
        public void onHello(Hello hello) {
            if (outbound.seals() != null && hello.to().isPresent()) {
                outbound.seals().note(hello.from(), hello.offer() != null);
            }
            if (!outbound.knows(hello.from())) {
                outbound.learn(hello.from(), hello.address());
            }
        }

        @Override
        public void onKnock(Hello hello) {
            if (hello.from().equals(config.self())) {
                knocks.maybeAnswered(hello.generation(), config.self());
                return;
            }
            onHello(hello);
            outbound.answer(hello.from(), hello.generation());
        }

        @Override
        public void onAnswer(NodeId from, long number) {
            Address where = knocks.maybeAnswered(number, from);
            if (where != null && !outbound.knows(from)) {
                outbound.learn(from, where.toString());
            }
        }
    }

    /**
     * A transport under which the node halts when Aeron dies: {@link #poll} throws the {@link AeronDied}, once.
     *
     * @throws HostException if the JVM lacks a flag that Aeron needs: the text says what to type
     */
    public AeronTransport(AeronConfig config) {
        this(config, death -> {
            throw death;
        });
    }

    /**
     * @param onDeath told once, on the node's thread, when Aeron has died under this node, which must then be started
     *     anew; see {@link AeronDied}
     * @throws HostException if the JVM lacks a flag that Aeron needs: the text says what to type
     */
    public AeronTransport(AeronConfig config, Consumer<AeronDied> onDeath) {
        this(config, onDeath, flagsChecked());
    }

    AeronTransport(AeronConfig config, Consumer<AeronDied> onDeath, Clocks clocks) {
        Check.argument(
                config.media() == Media.UDP || config.driverDirectory() != null,
                "IPC needs driverDirectory: nodes meet in a driver that they share");
        Check.argument(
                !config.sealing().mode().seals() || config.assemblyBytesMax() >= Delivery.STREAM_BYTES_MAX + 64,
                "assemblyBytesMax holds the largest frame, sealed");
        this.config = config;
        this.onDeath = onDeath;
        this.clocks = clocks;
        this.errors = new ErrorLog(config, counters, clocks);
    }

    private static Clocks flagsChecked() {
        JvmFlags.missing().ifPresent(text -> {
            throw new HostException(text);
        });
        return Clocks.SYSTEM;
    }

    /** Where peers reach this node; empty before {@link #start}. */
    public String address() {
        return address;
    }

    /** Why this node and another last refused each other, whichever said so; empty if none did. For any thread. */
    public String lastRefusal() {
        return lastRefusal.text();
    }

    public AeronCounters counters() {
        return counters;
    }

    @Override
    public void start(Inbound inbound) {
        synchronized (lock) {
            Check.that(client == null && !isClosed, "a transport starts once");
            Address bind = Address.parse(config.media(), config.bind());
            try {
                client = Client.open(config, bind.port(), clocks, errors, this::onRejected);
                Cookie cookie = new Cookie(config.cookie());
                long boot = new SecureRandom().nextLong();
                Seals seals = config.sealing().mode().seals() ? new Seals(config) : null;
                Admission admission = new Admission(config, cookie, boot, seals);
                sessions = new Sessions(
                        config, inbound, new Introductions(), admission, counters, clocks.nano(), seals, lastRefusal);
                Address bound = subscribe(client.aeron(), bind);
                address = advertised(bound);
                outbound = new Outbound(config, counters, client.aeron(), cookie, address, boot, seals, lastRefusal);
                tickNanos = clocks.nano().nanoTime();
            } catch (RuntimeException e) {
                doClose();
                throw new HostException(
                        "node " + config.self() + " cannot start Aeron at " + config.bind() + ": " + e.getMessage(), e);
            }
        }
        LOG.log(
                Logger.Level.INFO,
                () -> config.self() + " listens at " + address + " by Aeron " + config.media() + ", driver "
                        + (config.driverDirectory() == null ? config.threading() : config.driverDirectory()));
    }

    private String advertised(Address bound) {
        if (!config.advertise().isEmpty()) {
            return Address.parse(config.media(), config.advertise()).toString();
        }
        if (bound.isWildcard()) {
            throw new IllegalArgumentException("peers cannot send to " + bound + ", so say what to advertise");
        }
        return bound.toString();
    }

    private Address subscribe(Aeron aeron, Address bind) {
        long tag = aeron.nextCorrelationId();
        Subscription streams;
        try {
            streams = subscribe(aeron, bind, tag, Delivery.STREAM);
        } catch (RegistrationException e) {
            throw new IllegalArgumentException(e.getMessage() + "; free the port, or bind another address", e);
        }
        subscribe(aeron, bind, tag, Delivery.DATAGRAM);
        if (config.media() == Media.IPC || bind.port() != 0) {
            return bind;
        }
        String resolved = streams.resolvedEndpoint();
        Check.that(resolved != null, "a bound socket has a port");
        return Address.parse(Media.UDP, resolved);
    }

    private Subscription subscribe(Aeron aeron, Address bind, long tag, Delivery delivery) {
        int streamId = bind.streamId(config.media(), delivery);
        return aeron.addSubscription(
                Channels.subscription(config, bind, tag, delivery == Delivery.STREAM),
                streamId,
                image -> sessions.onImage(image, streamId, delivery),
                image -> sessions.onImageGone(image));
    }

    @Override
    public void learn(NodeId node, String newAddress) {
        synchronized (learned) {
            if (learned.size() >= config.peersMax() && !learned.containsKey(node)) {
                counters.addFromAnyThread(AeronCount.LEARN_REFUSED);
                return;
            }
            learned.put(node, newAddress);
            hasLearned = true;
        }
    }

    /**
     * Finds out which node is at an address, and learns that address for it; from any thread, after the start. One
     * attempt, as long as {@link AeronConfig#connectNanos}.
     *
     * @return the node's id once it has proved itself, this node's own if the address is its own; fails with HostException
     *     if nobody answers or the other refuses
     * @throws IllegalArgumentException if the text is no address
     */
    public CompletableFuture<NodeId> connect(String whereabouts) {
        return knocks.ask(Address.parse(config.media(), whereabouts));
    }

    @Override
    public boolean send(NodeId to, Delivery delivery, byte[] frame, int offset, int length) {
        synchronized (lock) {
            if (!isRunning()) {
                return false;
            }
            maybeTakeLearned();
            return outbound.send(
                    to, delivery, frame, offset, length, clocks.nano().nanoTime());
        }
    }

    @Override
    public void flush() {
        synchronized (lock) {
            if (isRunning()) {
                outbound.progress(clocks.nano().nanoTime());
            }
        }
    }

    @Override
    public int poll() {
        AeronDied death;
        int done;
        synchronized (lock) {
            if (!isRunning() || isPolling) {
                return 0;
            }
            isPolling = true;
            try {
                done = cycle();
            } finally {
                isPolling = false;
            }
            death = isClosed ? null : maybeDeath();
            if (isClosed) {
                release();
            }
        }
        if (death != null) {
            onDeath.accept(death);
        }
        return done;
    }

    @Override
    public long sleepNanosMax() {
        return config.sleepNanosMax();
    }

    private int cycle() {
        maybeTakeLearned();
        int done = client.work();
        if (client.isDead()) {
            return done;
        }
        long now = clocks.nano().nanoTime();
        while (!rejections.isEmpty()) {
            Rejection rejection = rejections.remove();
            outbound.onRejected(rejection.registrationId(), rejection.reason(), now);
            knocks.onRejected(rejection.registrationId(), rejection.reason());
        }
        if (now - tickNanos >= TICK_NANOS) {
            tickNanos = now;
            outbound.tick(now);
            done += sessions.maybeReject();
        }
        knocks.progress(outbound, now);
        return done + outbound.progress(now) + sessions.poll();
    }

    private void onRejected(PublicationErrorFrame frame) {
        if (rejections.size() < REJECTIONS_MAX) {
            rejections.add(new Rejection(frame.registrationId(), frame.errorMessage()));
        }
    }

    private AeronDied maybeDeath() {
        if (!client.isDead()) {
            return null;
        }
        isDead = true;
        knocks.close();
        Throwable cause = errors.fatal();
        String why = cause == null ? "the thread that ran it was interrupted" : cause.getMessage();
        return new AeronDied("Aeron died under node " + config.self() + ": " + why, cause);
    }

    private void maybeTakeLearned() {
        if (!hasLearned) {
            return;
        }
        synchronized (learned) {
            learned.forEach(outbound::learn);
            learned.clear();
            hasLearned = false;
        }
    }

    private boolean isRunning() {
        return client != null && !isClosed && !isDead;
    }

    @Override
    public void close() {
        synchronized (lock) {
            if (!isClosed) {
                doClose();
            }
        }
    }

    /** Inside a poll, that is from a callback on the node's thread, the poll frees everything when it is through. */
    private void doClose() {
        isClosed = true;
        if (!isPolling) {
            release();
        }
    }

    private void release() {
        Check.that(isClosed, "only the closed is freed");
        knocks.close();
        if (client == null) {
            return;
        }
        if (!isDead && outbound != null && sessions != null) {
            for (int i = 0; i < LAST_ROUNDS && !client.isDead(); i++) {
                outbound.progress(clocks.nano().nanoTime());
                client.work();
            }
        }
        if (sessions != null) {
            sessions.close();
        }
        client.close();
        client = null;
    }
}
