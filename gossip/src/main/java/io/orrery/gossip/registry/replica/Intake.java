package io.orrery.gossip.registry.replica;

import io.orrery.gossip.registry.RegistryConfig;
import io.orrery.gossip.registry.RegistryCounters;
import io.orrery.gossip.registry.RegistryCounters.Counter;
import io.orrery.gossip.registry.RegistryMarks;
import io.orrery.gossip.registry.cell.Adoption;
import io.orrery.gossip.registry.cell.Cell;
import io.orrery.gossip.registry.cell.CellStore;
import io.orrery.gossip.registry.cell.HybridClock;
import io.orrery.gossip.registry.cell.Kind;
import io.orrery.gossip.registry.cell.Origin;
import io.orrery.gossip.registry.cell.Versions;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import java.util.Map;
import java.util.TreeSet;

/** Takes what peers hold, as far as it fits, and notes what is odd about it. */
final class Intake {
    private final Replica replica;
    private final Kernel kernel;
    private final RegistryConfig config;
    private final int cellsMax;
    private final CellStore store;
    private final HybridClock clock;
    private final RegistryCounters counters;
    private boolean isFull;

    Intake(
            Replica replica,
            Kernel kernel,
            RegistryConfig config,
            int cellsMax,
            CellStore store,
            HybridClock clock,
            RegistryCounters counters) {
        this.replica = replica;
        this.kernel = kernel;
        this.config = config;
        this.cellsMax = cellsMax;
        this.store = store;
        this.clock = clock;
        this.counters = counters;
    }

    /** @param isStranger whether who tells it may not have seen all that was collected here */
    void take(Cell cell, boolean isStranger) {
        if (!clock.observe(cell.stamp(), kernel.wallMillis())) {
            counters.count(Counter.STAMPS_CLAMPED);
            kernel.trace().reached(RegistryMarks.STAMP_CLAMPED);
        }
        if (Adoption.isNeeded(store, cell, isStranger)) {
            replica.adopt(cell, isStranger ? store.floorStamp() : 0);
            return;
        }
        Cell held = store.find(cell.key());
        boolean isNews = !store.seen().covers(cell);
        if (store.merge(cell)) {
            counters.count(Counter.CELLS_TAKEN);
        } else if (held == null) {
            kernel.trace().reached(RegistryMarks.RESURRECTION_REFUSED);
        } else if (isNews && !held.equals(cell)) {
            kernel.trace().reached(RegistryMarks.CONFLICT_LOST);
            if (cell.isDeleted() && !held.isDeleted() && cell.kind() == Kind.NAMESPACE) {
                kernel.trace().reached(RegistryMarks.DELETE_OVERRIDDEN);
            }
        }
    }

    /**
     * Whether so many cells more, or the origins of a claim, would not fit; that is counted.
     *
     * @param claim null for none
     */
    boolean maybeRefuse(int cells, Versions claim) {
        isFull = store.table().size() + (long) cells > cellsMax
                || store.versionCount() + (long) unknownOf(claim) > config.versionsMax();
        if (isFull) {
            counters.count(Counter.REFUSED_FULL);
            kernel.trace().reached(RegistryMarks.FULL);
        }
        return isFull;
    }

    private int unknownOf(Versions claim) {
        if (claim == null) {
            return 1;
        }
        int unknown = 0;
        Versions seen = store.seen();
        for (Origin other : claim.sequences().keySet()) {
            unknown += seen.covers(other, 1) ? 0 : 1;
        }
        for (Map.Entry<Origin, TreeSet<Long>> beyond : claim.strays().entrySet()) {
            for (long stray : beyond.getValue()) {
                unknown += seen.covers(beyond.getKey(), stray) ? 0 : 1;
            }
        }
        for (NodeId node : claim.retired().keySet()) {
            unknown += seen.retired().containsKey(node) ? 0 : 1;
        }
        return unknown;
    }

    boolean isFull() {
        return isFull;
    }
}
