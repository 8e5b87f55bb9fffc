package io.orrery.peers;

import io.aeron.CommonContext;
import io.aeron.archive.Archive;
import io.aeron.archive.ArchiveThreadingMode;
import io.aeron.archive.client.AeronArchive;
import io.aeron.cluster.ClusteredMediaDriver;
import io.aeron.cluster.ConsensusModule;
import io.aeron.cluster.client.AeronCluster;
import io.aeron.cluster.client.EgressListener;
import io.aeron.cluster.service.ClusteredServiceContainer;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.logbuffer.Header;
import io.orrery.server.bench.raft.Contender;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.agrona.BitUtil;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * Aeron Cluster over UDP on loopback, its client polling on the client's own thread.
 *
 * <p>Tuned for few cores: one thread for each media driver and archive, and all threads yield rather than spin, which is faster
 * here than its back-off. Synced is file sync level 1 of archive and consensus module, unsynced its default, level 0.
 */
public final class AeronClusterContender implements Contender, EgressListener {
    private static final int NODES = 3;
    private static final int PORTS = 5;
    /** Above the proposals that are open; a power of two. */
    private static final int OPEN_MAX = 1 << 17;

    private final List<AutoCloseable> parts = new ArrayList<>();
    private final Outcome[] open = new Outcome[OPEN_MAX];
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[BitUtil.SIZE_OF_LONG]);
    private final IdleStrategy idle = new YieldingIdleStrategy();
    private AeronCluster client;
    private long next;

    @Override
    public void start(Path directory, boolean synced) throws Exception {
        int[] ports = Ports.free(NODES * PORTS);
        int syncLevel = synced ? 1 : 0;
        StringBuilder ingress = new StringBuilder();
        for (int i = 0; i < NODES; i++) {
            startNode(i, ports, directory.resolve("n" + i), syncLevel);
            ingress.append(i == 0 ? "" : ",").append(i).append("=localhost:").append(ports[i * PORTS]);
        }
        String driverDirectory = CommonContext.generateRandomDirName();
        parts.add(MediaDriver.launch(driver(driverDirectory)));
        client = AeronCluster.connect(new AeronCluster.Context()
                .egressListener(this)
                .aeronDirectoryName(driverDirectory)
                .ingressChannel("aeron:udp?term-length=4m")
                .ingressEndpoints(ingress.toString())
                .egressChannel("aeron:udp?endpoint=localhost:0|term-length=4m")
                .messageTimeoutNs(TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)));
        parts.add(client);
    }

    private static MediaDriver.Context driver(String directory) {
        return new MediaDriver.Context()
                .aeronDirectoryName(directory)
                .threadingMode(ThreadingMode.SHARED)
                .sharedIdleStrategy(new YieldingIdleStrategy())
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true)
                .termBufferSparseFile(true);
    }

    private void startNode(int id, int[] ports, Path directory, int syncLevel) {
        String driverDirectory = CommonContext.generateRandomDirName();
        int base = id * PORTS;
        Archive.Context archive = new Archive.Context()
                .aeronDirectoryName(driverDirectory)
                .archiveDir(directory.resolve("archive").toFile())
                .controlChannel("aeron:udp?endpoint=localhost:" + ports[base + 4])
                .replicationChannel("aeron:udp?endpoint=localhost:0")
                .recordingEventsEnabled(false)
                .threadingMode(ArchiveThreadingMode.SHARED)
                .idleStrategySupplier(YieldingIdleStrategy::new)
                .fileSyncLevel(syncLevel)
                .catalogFileSyncLevel(syncLevel);
        AeronArchive.Context archiveClient = new AeronArchive.Context()
                .aeronDirectoryName(driverDirectory)
                .controlRequestChannel("aeron:ipc")
                .controlResponseChannel("aeron:ipc");
        ConsensusModule.Context consensus = new ConsensusModule.Context()
                .aeronDirectoryName(driverDirectory)
                .clusterMemberId(id)
                .clusterMembers(members(ports))
                .clusterDir(directory.resolve("cluster").toFile())
                .ingressChannel("aeron:udp?term-length=4m")
                .logChannel("aeron:udp?term-length=16m")
                .replicationChannel("aeron:udp?endpoint=localhost:0")
                .archiveContext(archiveClient.clone())
                .idleStrategySupplier(YieldingIdleStrategy::new)
                .fileSyncLevel(syncLevel);
        parts.add(ClusteredMediaDriver.launch(driver(driverDirectory), archive, consensus));
        parts.add(ClusteredServiceContainer.launch(new ClusteredServiceContainer.Context()
                .aeronDirectoryName(driverDirectory)
                .archiveContext(archiveClient.clone())
                .clusterDir(directory.resolve("cluster").toFile())
                .idleStrategySupplier(YieldingIdleStrategy::new)
                .clusteredService(new AnsweringService())));
    }

    /** Of each node its ingress, consensus, log, catch-up and archive endpoints. */
    private static String members(int[] ports) {
        StringBuilder members = new StringBuilder();
        for (int id = 0; id < NODES; id++) {
            members.append(id == 0 ? "" : "|").append(id);
            for (int i = 0; i < PORTS; i++) {
                members.append(",localhost:").append(ports[id * PORTS + i]);
            }
        }
        return members.toString();
    }

    @Override
    public void propose(byte[] payload, Outcome outcome) {
        int length = Math.max(BitUtil.SIZE_OF_LONG, payload.length);
        if (message.capacity() != length) {
            message.wrap(new byte[length]);
        }
        long number = next++;
        open[(int) number & OPEN_MAX - 1] = outcome;
        message.putLong(0, number);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (client.offer(message, 0, length) < 0) {
            poll(end);
        }
    }

    @Override
    public void await(Semaphore window, int permits) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!window.tryAcquire(permits)) {
            poll(end);
        }
    }

    private void poll(long endNanos) {
        idle.idle(client.pollEgress());
        if (client.isClosed() || System.nanoTime() > endNanos) {
            throw new IllegalStateException("no outcome for " + PATIENCE_SECONDS + " s, or the session was closed");
        }
    }

    @Override
    public void onMessage(long sessionId, long timestamp, DirectBuffer buffer, int offset, int length, Header header) {
        int slot = (int) buffer.getLong(offset) & OPEN_MAX - 1;
        Outcome outcome = open[slot];
        open[slot] = null;
        if (outcome != null) {
            outcome.onEnd(null);
        }
    }

    @Override
    public void close() {
        for (int i = parts.size() - 1; i >= 0; i--) {
            CloseHelper.quietClose(parts.get(i));
        }
    }
}
