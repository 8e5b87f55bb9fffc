package io.orrery.gossip.registry.cell;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import java.util.Map;
import java.util.TreeSet;

/** What was collected here, or by whom all was learnt from (CellStore's S3): who has not seen it is told all. */
final class Floors {
    private final Versions floors = new Versions();
    private long stamp;

    /** A cell was dropped. */
    void add(Cell cell, boolean isStray) {
        if (isStray) {
            floors.addOne(cell.origin(), cell.sequence());
        } else if (!floors.covers(cell)) {
            floors.add(cell.origin(), cell.sequence());
        }
        raiseStamp(Math.max(cell.stamp(), cell.epoch()));
        Check.that(floors.covers(cell), "S3: what is collected is in floors", cell.sequence());
    }

    void join(Versions theirs) {
        floors.join(theirs);
    }

    /**
     * Whoever has seen less of a node's lives up to one than {@code seen}, when these are retired, is to be told all. Those that
     * were retired before have no numbers left in it.
     */
    void raise(Versions seen, NodeId node, long life) {
        if (seen.retired(node) >= life) {
            return;
        }
        Versions own = new Versions();
        for (int i = 0; i < seen.count(); i++) {
            if (isOf(seen.originAt(i), node, life)) {
                own.add(seen.originAt(i), seen.sequenceAt(i));
            }
        }
        for (Map.Entry<Origin, TreeSet<Long>> entry : seen.strays().entrySet()) {
            if (isOf(entry.getKey(), node, life)) {
                entry.getValue().forEach(stray -> own.addOne(entry.getKey(), stray));
            }
        }
        floors.join(own);
    }

    private static boolean isOf(Origin origin, NodeId node, long life) {
        return origin.node().equals(node) && origin.life() <= life;
    }

    /** Forgets how far the floors of retired origins reached: whoever has not retired them is to be told all. */
    void fold(Versions seen) {
        for (Map.Entry<NodeId, Long> entry : seen.retired().entrySet()) {
            floors.retire(entry.getKey(), entry.getValue());
        }
    }

    /** Whether the write is among them: of a retired origin, whether it had come before that was retired. */
    boolean covers(Cell cell) {
        return floors.covers(cell);
    }

    /**
     * What had come of the origins that a set says are retired, by number: of those that are retired here the floors tell, of
     * others what was seen.
     */
    Versions closed(Versions seen, Versions retiring) {
        Versions closed = new Versions();
        for (Map.Entry<NodeId, Long> entry : floors.retired().entrySet()) {
            long life = Math.min(entry.getValue(), retiring.retired(entry.getKey()));
            if (life > 0) {
                closed.retire(entry.getKey(), life);
            }
        }
        addClosed(floors, retiring, closed);
        addClosed(seen, retiring, closed);
        return closed;
    }

    private static void addClosed(Versions from, Versions retiring, Versions closed) {
        if (retiring.retired().isEmpty()) {
            return;
        }
        for (int i = 0; i < from.count(); i++) {
            if (retiring.isRetired(from.originAt(i))) {
                closed.add(from.originAt(i), from.sequenceAt(i));
            }
        }
        for (Map.Entry<Origin, TreeSet<Long>> entry : from.strays().entrySet()) {
            if (retiring.isRetired(entry.getKey())) {
                entry.getValue().forEach(stray -> closed.addOne(entry.getKey(), stray));
            }
        }
    }

    /** Whether something was collected of the origins that a set says are retired. */
    boolean reaches(Versions retiring) {
        Versions closed = closed(new Versions(), retiring);
        return closed.size() > 0;
    }

    long hash() {
        return floors.hash();
    }

    /** No cell that was collected had a later stamp, or a later epoch. */
    long stamp() {
        return stamp;
    }

    void raiseStamp(long least) {
        stamp = Math.max(stamp, least);
    }

    /** Whether one that has seen this may be told only what it lacks. */
    boolean isWithin(Versions seen) {
        return seen.includes(floors);
    }

    Versions copy() {
        return new Versions(floors);
    }

    int size() {
        return floors.size();
    }
}
