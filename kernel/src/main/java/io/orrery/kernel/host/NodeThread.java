package io.orrery.kernel.host;

import io.orrery.kernel.Check;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Program;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.Storage;
import io.orrery.kernel.journal.Tape;
import io.orrery.kernel.journal.TapedWorld;
import io.orrery.kernel.loop.DeliverEvent;
import io.orrery.kernel.loop.EventQueue;
import io.orrery.kernel.loop.NodeEvent;
import io.orrery.kernel.loop.NodeKernel;
import io.orrery.kernel.loop.PortCounters;
import io.orrery.kernel.loop.TaskEvent;
import io.orrery.kernel.loop.World;
import io.orrery.kernel.trace.Trace;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs one incarnation of one node on a thread of its own: the production {@link World}.
 *
 * <p>The duty cycle: let the transport work, take a batch from the inbox, read the clocks, run what is due (messages
 * and completions of the batch, timers, deferred tasks), hand the disk what was issued, flush the transport; sleep if
 * there was nothing to do. A task deferred by an event runs after all messages of that event's batch.
 *
 * <ul>
 *   <li>I1: one thread touches the kernel, its queue and the transport's sending side.
 *   <li>I2: the clocks are read once per cycle, when all that arrived for it is there: no event runs at a time before it
 *       arrived, however long the thread was kept from running. The monotonic one never falls.
 *   <li>I3: once halted or stopped, no event runs, the transport and the files are closed, and every call is answered.
 * </ul>
 *
 * <p>A program that throws, breaks a check, or whose disk fails to sync halts its node, not the process. A new incarnation
 * is a new NodeThread on the same directory.
 */
public final class NodeThread implements World, AutoCloseable {
    private static final String GONE = "the node has ended";

    private final NodeId self;
    private final HostConfig config;
    private final Transport transport;
    private final Path directoryPath;
    private final HostCounters counters = new HostCounters();
    private final EventQueue<NodeEvent> queue = new EventQueue<>();
    private final SystemTime time;
    private final Inbox inbox;
    private final int batchItemsMax;
    private final NodeEvent[] batch;
    private final Sleeper sleeper;
    private final Thread thread;
    private final CompletableFuture<Void> started = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Object burial = new Object();
    private volatile NodeKernel kernel;
    private volatile Throwable haltReason;
    private volatile Consumer<Throwable> onHalt = why -> {};
    private volatile boolean stopping;
    private FileStorage storage;
    private Recorder recorder;
    private Program program;
    private boolean behind;

    /**
     * @param transport to be started, flushed, polled and closed by this thread alone
     * @param directory the node's files; created if need be; used by one node at a time
     */
    public NodeThread(NodeId self, HostConfig config, Transport transport, Path directory) {
        this(self, config, transport, directory, new SystemTime());
    }

    /** On clocks of a test's own. */
    NodeThread(NodeId self, HostConfig config, Transport transport, Path directory, SystemTime time) {
        this.self = self;
        this.config = config;
        this.transport = transport;
        this.directoryPath = directory;
        this.time = time;
        this.inbox = new Inbox(config.inboxItemsMax(), config.inboxBytesMax(), config.storageOperationsMax() + 1);
        this.batchItemsMax = Math.min(config.batchItemsMax(), Math.max(1, config.cycleEventsMax() / 2));
        this.batch = new NodeEvent[batchItemsMax];
        this.sleeper = new Sleeper(transport, config);
        this.thread = new Thread(this::live, "orrery-node-" + self);
        thread.setDaemon(true);
        sleeper.belongTo(thread);
    }

    /**
     * Opens the directory, binds the transport, boots the program; returns when all that is done. Called once.
     *
     * @throws HostException if the directory or the address cannot be had; a program that fails to boot halts the node
     */
    public NodeThread start(Program program) {
        Check.argument(this.program == null, "a node thread starts once");
        this.program = program;
        thread.start();
        try {
            started.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof HostException known) {
                throw known;
            }
            throw new HostException("cannot start node " + self + ": " + e.getCause(), e.getCause());
        }
        return this;
    }

    public NodeId self() {
        return self;
    }

    public HostCounters counters() {
        return counters;
    }

    /** What the ports took and refused; exact only when read on the node's thread. */
    public PortCounters portCounters() {
        return kernel.counters();
    }

    /** Frames, tasks and completions that wait for the node, about. */
    public int inboxSize() {
        return inbox.size();
    }

    /**
     * The tape of this incarnation, for code that brings the node something from outside or asks the outside on its behalf;
     * null if no journal is kept. To be used on the node's thread alone.
     */
    public Tape tape() {
        return recorder;
    }

    /** The root protocol of this incarnation; to be touched on the node's thread alone. */
    public Protocol protocol() {
        return kernel.protocol();
    }

    /**
     * Runs a task as an event of the node; from any thread. A task that throws halts the node.
     *
     * @return false if the inbox is full or the node has ended
     */
    public boolean submit(Runnable task) {
        return offer(new TaskEvent(kernel, NodeEvent.Kind.OUTSIDE, "task", task));
    }

    /**
     * Asks something on the node's thread, for tools; from any thread. The future fails with the question's exception,
     * or with HostException if the inbox is full or the node ends first.
     */
    public <T> CompletableFuture<T> call(Supplier<T> question) {
        CallEvent<T> call = new CallEvent<>(kernel, question);
        if (!offer(call)) {
            call.abandon(ended.isDone() ? GONE : "the node's inbox is full");
        } else if (ended.isDone()) {
            bury();
        }
        return call.answer();
    }

    private boolean offer(NodeEvent event) {
        Check.argument(kernel != null, "a node is started before it is asked");
        if (ended.isDone() || !inbox.offer(event, 0)) {
            counters.tasksRefused.increment();
            return false;
        }
        counters.tasksTaken.increment();
        sleeper.wakeUp();
        return true;
    }

    /** Whether the node broke a rule or lost its disk; false after an orderly stop. */
    public boolean isHalted() {
        return haltReason != null;
    }

    /** Why it halted, or null. */
    public Throwable haltReason() {
        return haltReason;
    }

    /** Sets what to call, once and on the node's thread, when the node halts. */
    public NodeThread onHalt(Consumer<Throwable> callback) {
        onHalt = callback;
        return this;
    }

    /** Completes when the node has ended, by stop or halt, and its transport and files are closed. */
    public CompletableFuture<Void> ended() {
        return ended.copy();
    }

    /**
     * Ends the node in order: no further event, transport closed, what was issued to the disk performed. Waits for that
     * at most {@link HostConfig#stopNanosMax}, but not on the node's own thread.
     */
    public void stop() {
        stopping = true;
        sleeper.wakeUp();
        if (Thread.currentThread() == thread || program == null) {
            return;
        }
        try {
            ended.get(2 * config.stopNanosMax(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new HostException(
                    "node " + self + " did not stop in time; it is stuck in an event or in its disk", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new HostException("node " + self + " ended badly", e.getCause());
        }
    }

    @Override
    public void close() {
        stop();
    }

    private void live() {
        try {
            open();
            while (!stopping && !kernel.isDead()) {
                rest(cycle());
            }
        } catch (Throwable why) {
            if (!started.completeExceptionally(why)) {
                reportHalt(why);
            }
        } finally {
            shutDown();
        }
    }

    private void open() {
        DataDirectory directory = DataDirectory.open(directoryPath);
        storage = new FileStorage(self.name(), directory, config, counters, this::onBatch, this::onDiskBroken);
        long seed = config.seed() != null ? config.seed() : new SecureRandom().nextLong();
        World world = this;
        if (config.recording() != null) {
            recorder = new Recorder(config.recording(), seed, counters);
            world = new TapedWorld(this, recorder);
        }
        kernel = new NodeKernel(self, world, new Prng(seed));
        transport.start(this::onFrame);
        long nowNanos = time.nowNanos();
        long wallMillis = time.wallMillis();
        if (recorder != null) {
            recorder.begin(self, seed, config, nowNanos, wallMillis);
        }
        kernel.boot(program, nowNanos, wallMillis);
        if (recorder != null) {
            recorder.endBoot(nowNanos, wallMillis);
        }
        started.complete(null);
    }

    private int cycle() {
        int work = transport.poll();
        int taken = takeBatch();
        long startNanos = time.nowNanos();
        long wallMillis = time.wallMillis();
        queueBatch(taken, startNanos);
        int ran = runDue(startNanos, wallMillis);
        storage.flush();
        transport.flush();
        HostCounters.add(counters.cycles, 1);
        if (ran > 0) {
            if (config.checkInvariants()) {
                checkInvariants();
            }
            HostCounters.add(counters.events, ran);
            HostCounters.raise(counters.cycleEventsMax, ran);
            HostCounters.raise(counters.cycleNanosMax, time.nowNanos() - startNanos);
        }
        if (recorder != null) {
            recorder.endCycle(kernel, startNanos, wallMillis);
        }
        return work + taken + ran;
    }

    private int takeBatch() {
        int taken = 0;
        long bytes = 0;
        while (taken < batchItemsMax) {
            NodeEvent event = inbox.poll();
            if (event == null) {
                break;
            }
            if (event instanceof DeliverEvent delivery) {
                bytes += delivery.length();
            }
            if (recorder != null) {
                recorder.onTaken(event);
            }
            batch[taken++] = event;
        }
        inbox.release(bytes);
        return taken;
    }

    private void queueBatch(int taken, long nowNanos) {
        for (int i = 0; i < taken; i++) {
            queue.push(nowNanos, queue.nextSequence(), batch[i]);
            batch[i] = null;
        }
    }

    private int runDue(long nowNanos, long wallMillis) {
        int ran = 0;
        behind = false;
        while (!queue.isEmpty() && queue.firstTime() <= nowNanos && !kernel.isDead()) {
            if (ran == config.cycleEventsMax()) {
                behind = true;
                break;
            }
            long sequence = queue.firstSequence();
            NodeEvent event = queue.pop();
            if (recorder != null) {
                recorder.onPopped();
            }
            if (event.ripen(sequence)) {
                run(event, nowNanos, wallMillis);
                ran++;
            }
        }
        return ran;
    }

    private void run(NodeEvent event, long nowNanos, long wallMillis) {
        EventWatch watch = config.eventWatch();
        if (watch != null) {
            watch.onEvent();
        }
        if (recorder == null) {
            kernel.run(event, nowNanos, wallMillis);
        } else {
            recorder.run(kernel, event, nowNanos, wallMillis);
        }
        if (watch != null) {
            watch.onEventEnd(event);
        }
    }

    private void checkInvariants() {
        EventWatch watch = config.eventWatch();
        if (watch == null) {
            kernel.checkInvariants();
            return;
        }
        watch.onEvent();
        kernel.checkInvariants();
        watch.onEventEnd(null);
    }

    private void rest(int work) {
        if (!sleeper.isSleepDue(work) || behind) {
            return;
        }
        long nanos = transport.sleepNanosMax();
        if (!queue.isEmpty()) {
            nanos = Math.min(nanos, queue.firstTime() - time.nowNanos());
        }
        if (nanos <= 0) {
            return;
        }
        if (recorder != null) {
            recorder.onRest();
        }
        sleeper.prepare();
        if (!inbox.isEmpty() || stopping) {
            sleeper.cancel();
            return;
        }
        HostCounters.add(counters.sleeps, 1);
        sleeper.sleep(nanos);
    }

    private boolean onFrame(NodeId from, Delivery delivery, byte[] frame, int offset, int length) {
        if (!inbox.offer(new DeliverEvent(kernel, from, frame, offset, length), length)) {
            counters.framesRefused.increment();
            return false;
        }
        counters.framesTaken.increment();
        sleeper.wakeUp();
        return true;
    }

    private void onBatch(Iterable<DiskOperation> completed) {
        for (DiskOperation operation : completed) {
            inbox.complete(operation);
        }
        sleeper.wakeUp();
    }

    private void onDiskBroken(Throwable why) {
        inbox.complete(new DiskBrokenEvent(kernel, why));
        sleeper.wakeUp();
    }

    private void shutDown() {
        if (kernel != null) {
            kernel.kill();
        }
        try {
            transport.close();
        } catch (Throwable why) {
            reportHalt(why);
        }
        if (storage != null) {
            storage.close();
        }
        if (recorder != null) {
            recorder.close(kernel, haltReason, config.stopNanosMax());
        }
        while (!queue.isEmpty()) {
            abandon(queue.pop());
        }
        started.completeExceptionally(new HostException(GONE));
        ended.complete(null);
        bury();
    }

    /** Answers the calls that found no node: at its end, and whenever one slips in after it. */
    private void bury() {
        synchronized (burial) {
            for (NodeEvent event = inbox.poll(); event != null; event = inbox.poll()) {
                abandon(event);
            }
        }
    }

    private static void abandon(NodeEvent event) {
        if (event instanceof CallEvent<?> call) {
            call.abandon(GONE);
        }
    }

    private void reportHalt(Throwable why) {
        if (haltReason != null) {
            return;
        }
        haltReason = why;
        try {
            onHalt.accept(why);
        } catch (RuntimeException e) {
            why.addSuppressed(e);
        }
    }

    @Override
    public long nextSequence() {
        return queue.nextSequence();
    }

    @Override
    public void schedule(NodeEvent event, long dueNanos, long sequence) {
        Check.that(queue.size() < config.queuedEventsMax(), "a node's queued events are bounded", queue.size());
        queue.push(dueNanos, sequence, event);
    }

    @Override
    public boolean transmit(NodeKernel from, NodeId to, Delivery delivery, byte[] frame, int length) {
        return transport.send(to, delivery, frame, 0, length);
    }

    @Override
    public Storage storage(NodeKernel node, String path) {
        return storage.scope(node, path);
    }

    @Override
    public Trace trace(NodeKernel node, String path) {
        return new ScopeTrace(node, path, config.traceSink());
    }

    @Override
    public void halted(NodeKernel node, Throwable why) {
        if (recorder != null) {
            recorder.onHalted(why);
        }
        reportHalt(why);
    }
}
