package io.orrery.server.bench.registry;

import io.orrery.gossip.registry.RegistryCounters;
import io.orrery.gossip.registry.cell.Cell;
import io.orrery.gossip.registry.cell.CellListener;
import io.orrery.gossip.registry.cell.CellStore;
import io.orrery.gossip.registry.cell.HybridClock;
import io.orrery.gossip.registry.cell.Keys;
import io.orrery.gossip.registry.cell.Kind;
import io.orrery.gossip.registry.cell.Origin;
import io.orrery.gossip.registry.cell.Versions;
import io.orrery.gossip.registry.disk.RegistryDisk;
import io.orrery.gossip.registry.disk.Snapshot;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.host.HostConfig;
import io.orrery.kernel.host.NodeThread;
import io.orrery.server.bench.registry.RegistryFigures.Disk;
import io.orrery.transport.tcp.TcpConfig;
import io.orrery.transport.tcp.TcpTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** A snapshot of many registered clients, written by a node and found by its next life. */
public final class RegistryDiskCost {
    private static final NodeId NODE = NodeId.of("owner");
    private static final Origin ORIGIN = new Origin(NODE, 1);

    /** Loads at its start. */
    private static final class Keeper implements Protocol {
        private final RegistryDisk disk;
        private final CompletableFuture<Integer> held = new CompletableFuture<>();

        private Keeper(Kernel kernel) {
            disk = new RegistryDisk(kernel, new RegistryCounters());
        }

        @Override
        public void start() {
            disk.load(loaded -> {
                CellStore store = new CellStore(65_536, new CellListener() {
                    @Override
                    public void onChange(Cell before, Cell after) {}

                    @Override
                    public void onVoided(NodeId node, long life) {}
                });
                loaded.snapshot().cells().forEach(store::merge);
                store.join(loaded.snapshot().seen());
                held.complete(store.liveCells());
            });
        }
    }

    private RegistryDiskCost() {}

    /** @param directory of the node's files, removed by whoever made it */
    public static Disk measure(Path directory, int entries) throws IOException {
        Snapshot snapshot = snapshot(entries);
        double written;
        try (NodeThread node = node(directory)) {
            Keeper keeper = start(node);
            keeper.held.join();
            CompletableFuture<Boolean> done = new CompletableFuture<>();
            long start = System.nanoTime();
            node.call(() -> {
                        keeper.disk.write(snapshot, done::complete);
                        return true;
                    })
                    .join();
            if (!done.join()) {
                throw new IOException("the snapshot could not be written in " + directory);
            }
            written = (System.nanoTime() - start) / 1e9;
        }
        long bytes = bytes(directory);
        long start = System.nanoTime();
        try (NodeThread node = node(directory)) {
            int held = start(node).held.join();
            double loaded = (System.nanoTime() - start) / 1e9;
            if (held != entries) {
                throw new IOException(held + " of " + entries + " entries were found again");
            }
            return new Disk(bytes, written, loaded);
        }
    }

    /** One that is spoken to by nobody. */
    private static NodeThread node(Path directory) {
        TcpTransport transport =
                new TcpTransport(NODE, new TcpConfig().bindHost("127.0.0.1").port(0));
        return new NodeThread(NODE, new HostConfig(), transport, directory);
    }

    private static Keeper start(NodeThread node) {
        node.start(Keeper::new);
        return (Keeper) node.call(node::protocol).join();
    }

    private static Snapshot snapshot(int entries) {
        List<Cell> cells = new ArrayList<>(entries);
        for (int i = 1; i <= entries; i++) {
            long stamp = HybridClock.ofMillis(1_700_000_000_000L + i);
            Bytes key = Keys.of(Kind.CLIENT, "default", RegistryHost.client(i));
            cells.add(new Cell(key, Bytes.ofUtf8("..PUBLISH."), stamp, stamp, false, ORIGIN, i));
        }
        Versions seen = new Versions();
        seen.add(ORIGIN, entries);
        return new Snapshot(cells, seen, new Versions(), 1, 1, List.of());
    }

    private static long bytes(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            long sum = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sum += Files.size(file);
            }
            return sum;
        }
    }
}
