package io.orrery.jepsen.workload;

import io.orrery.jepsen.maelstrom.MalformedMessageException;
import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import java.util.TreeMap;

/**
 * A counter that goes both ways: each node owns one row with the sum of what it was given and the number of its additions;
 * the counter is the sum over the owners. Since only the owner writes its row, the larger number wins, and nothing merges.
 */
final class SharedCounter {
    private record Part(long additions, long sum) {}

    private static final Part NONE = new Part(0, 0);

    private final Rows rows;
    private final char kind;
    private final NodeId self;
    private final TreeMap<NodeId, Part> parts = new TreeMap<>();
    private Bytes ownRow;

    SharedCounter(Rows rows, char kind, NodeId self) {
        this.rows = rows;
        this.kind = kind;
        this.self = self;
        rows.register(kind, this::onRow);
    }

    /**
     * @throws MalformedMessageException if the node's sum would leave the range of a long
     */
    void add(long delta) {
        Part before = parts.getOrDefault(self, NONE);
        Part after;
        try {
            after = new Part(before.additions() + 1, Math.addExact(before.sum(), delta));
        } catch (ArithmeticException beyond) {
            throw new MalformedMessageException("the counter leaves the range of 64 bits");
        }
        parts.put(self, after);
        Encoder row = Rows.row(kind);
        row.writeLong(after.additions());
        row.writeLong(after.sum());
        Bytes fresh = row.toBytes();
        rows.add(fresh);
        if (ownRow != null) {
            rows.remove(ownRow);
        }
        ownRow = fresh;
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    /** The sum over all owners known here; wraps around beyond 64 bits. */
    long value() {
        long sum = 0;
        for (Part part : parts.values()) {
            sum += part.sum();
        }
        return sum;
    }

    private void onRow(NodeId owner, Decoder row) {
        Part part = new Part(row.readLong(), row.readLong());
        row.expectEnd();
        Check.that(!owner.equals(self), "own rows are not announced");
        if (part.additions() > parts.getOrDefault(owner, NONE).additions()) {
            parts.put(owner, part);
        }
    }
}
