package io.orrery.kernel.host;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Program;
import io.orrery.kernel.loop.PortCounters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A cluster of {@link NodeThread}s in this process, for the contract tests of real transports. */
public abstract class NodeThreadHarness implements TransportHarness {
    private static final long DEADLINE_NANOS = 30_000_000_000L;

    private final Map<NodeId, Program> programs = new TreeMap<>();
    private final Map<NodeId, NodeThread> nodes = new TreeMap<>();
    private final Map<NodeId, Transport> transports = new TreeMap<>();
    private final Map<NodeId, CountDownLatch> paused = new TreeMap<>();
    private final Path directory;

    protected NodeThreadHarness() {
        try {
            directory = Files.createTempDirectory("orrery-harness");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A transport for a node that is about to start, the first time or again. */
    protected abstract Transport transport(NodeId node);

    /** Where a started transport is reached; see {@link io.orrery.kernel.AddressBook#learn}. */
    protected abstract String address(NodeId node, Transport transport);

    protected HostConfig config() {
        return new HostConfig();
    }

    /** The transport of a running node. */
    protected Transport transportOf(NodeId node) {
        return transports.get(node);
    }

    @Override
    public NodeId start(String name, Program program) {
        NodeId node = NodeId.of(name);
        programs.put(node, program);
        restart(node);
        return node;
    }

    @Override
    public void restart(NodeId node) {
        Transport transport = transport(node);
        NodeThread thread = new NodeThread(node, config(), transport, directory.resolve(node.name()));
        thread.start(programs.get(node));
        nodes.put(node, thread);
        transports.put(node, transport);
        for (NodeId other : nodes.keySet()) {
            transports.get(other).learn(node, address(node, transport));
            transport.learn(other, address(other, transports.get(other)));
        }
    }

    @Override
    public void stop(NodeId node) {
        nodes.remove(node).stop();
        transports.remove(node);
    }

    @Override
    public void runUntil(BooleanSupplier condition) {
        long startNanos = System.nanoTime();
        while (!condition.getAsBoolean()) {
            for (NodeThread node : nodes.values()) {
                if (node.isHalted()) {
                    throw new AssertionError("node " + node.self() + " halted", node.haltReason());
                }
            }
            if (System.nanoTime() - startNanos > DEADLINE_NANOS) {
                throw new AssertionError("the condition did not come to hold in 30 s");
            }
            LockSupport.parkNanos(500_000);
        }
    }

    @Override
    public void run(NodeId node, Runnable task) {
        answer(node, () -> {
            task.run();
            return null;
        });
    }

    @Override
    public PortCounters counters(NodeId node) {
        return answer(node, nodes.get(node)::portCounters);
    }

    private <T> T answer(NodeId node, Supplier<T> question) {
        try {
            return nodes.get(node).call(question).get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new AssertionError(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public boolean pause(NodeId node) {
        CountDownLatch latch = new CountDownLatch(1);
        paused.put(node, latch);
        return nodes.get(node).submit(() -> {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Override
    public void resume(NodeId node) {
        paused.remove(node).countDown();
    }

    @Override
    public void close() {
        paused.values().forEach(CountDownLatch::countDown);
        nodes.values().forEach(NodeThread::stop);
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
