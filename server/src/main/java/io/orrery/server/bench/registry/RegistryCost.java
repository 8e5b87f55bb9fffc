package io.orrery.server.bench.registry;

import io.orrery.gossip.registry.RegistryCounters.Counter;
import io.orrery.gossip.registry.cell.Cell;
import io.orrery.gossip.registry.cell.CellListener;
import io.orrery.gossip.registry.cell.CellStore;
import io.orrery.gossip.registry.cell.Keys;
import io.orrery.gossip.registry.cell.Kind;
import io.orrery.gossip.registry.cell.Origin;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import io.orrery.server.bench.routes.Heap;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Heap, changes and digests, on one thread. */
public final class RegistryCost {
    /** What a node costs without entries is measured with these, and not counted. */
    private static final int FEW = 20_000;

    private static final int AT_ONCE = 10_000;
    private static final int DIGESTS = 200_000;
    private static final Origin ORIGIN = new Origin(NodeId.of("owner"), 1);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private RegistryCost() {}

    /** Bytes of heap and of text that a peer takes for an entry. */
    public static double[] bytes(int entries) {
        long[] many = peerBytes(entries);
        long[] few = peerBytes(FEW);
        double count = entries - FEW;
        return new double[] {(many[0] - few[0]) / count, (many[1] - few[1]) / count};
    }

    private static long[] peerBytes(int entries) {
        RegistryPair pair = new RegistryPair();
        pair.connect(0, entries);
        long before = Heap.usedBytes();
        pair.join();
        long used = Heap.usedBytes() - before;
        if (pair.peer().registry().sessions().size() != entries) {
            throw new IllegalStateException(
                    "the peer has " + pair.peer().registry().sessions().size() + " sessions of " + entries);
        }
        return new long[] {used, pair.peer().store().bytes()};
    }

    /** Changes that a peer takes in a second of processor time, with so many entries. */
    public static double changes(int entries, int changes) {
        RegistryPair pair = new RegistryPair();
        pair.connect(0, entries);
        pair.join();
        churn(pair, entries, changes / 4);
        long taken = taken(pair);
        long start = THREADS.getCurrentThreadCpuTime();
        churn(pair, entries, changes);
        return (taken(pair) - taken) / ((THREADS.getCurrentThreadCpuTime() - start) / 1e9);
    }

    private static void churn(RegistryPair pair, int entries, int changes) {
        for (int done = 0; done < changes; done += AT_ONCE) {
            int from = done % (entries - AT_ONCE + 1);
            pair.connect(from, from + AT_ONCE);
            pair.settle();
        }
    }

    private static long taken(RegistryPair pair) {
        return pair.peer().registry().sessionCells().counters().of(Counter.CELLS_TAKEN);
    }

    /** Nanoseconds to write an entry over another and to compute what a digest says. */
    public static double digestNanos(int entries) {
        CellStore store = new CellStore(65_536, new CellListener() {
            @Override
            public void onChange(Cell before, Cell after) {}

            @Override
            public void onVoided(NodeId node, long life) {}
        });
        for (int i = 1; i <= entries; i++) {
            store.write(cell(i, entries));
        }
        long sum = digests(store, entries + 1, entries);
        long start = THREADS.getCurrentThreadCpuTime();
        sum += digests(store, entries + 1 + DIGESTS, entries);
        double nanos = (THREADS.getCurrentThreadCpuTime() - start) / (double) DIGESTS;
        if (sum == 0) {
            throw new IllegalStateException("all digests were 0");
        }
        return nanos;
    }

    private static long digests(CellStore store, int first, int entries) {
        long sum = 0;
        for (int i = first; i < first + DIGESTS; i++) {
            store.write(cell(i, entries));
            sum += store.seen().hash() ^ store.liveHash() ^ store.liveCells();
        }
        return sum;
    }

    private static Cell cell(int number, int entries) {
        Bytes key = Keys.of(Kind.SESSION, "default", RegistryHost.client(number % entries));
        return new Cell(key, Bytes.ofUtf8("0123456"), number, number, false, ORIGIN, number);
    }
}
