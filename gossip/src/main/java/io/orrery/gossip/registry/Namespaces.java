package io.orrery.gossip.registry;

import io.orrery.gossip.registry.cell.Cell;
import io.orrery.gossip.registry.cell.HybridClock;
import io.orrery.gossip.registry.cell.Keys;
import io.orrery.gossip.registry.cell.Kind;
import io.orrery.gossip.registry.replica.Replica;
import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.Utf8;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The namespaces of the cluster; EventMesh calls one a VPN. A namespace has fields, each of which is a cell of its own: two who
 * change different fields on two sides of a partition both get what they want. A change also affirms the namespace itself, so
 * that it stands if somebody deletes it elsewhere at the same time; the fields that the delete took stay gone.
 *
 * <p>For the node's thread.
 */
public final class Namespaces {
    private static final int VALUE_BYTES_MAX = 1024;

    /**
     * A namespace.
     *
     * @param changedMillis when it was added or changed last, by the clock of who did
     */
    public record Namespace(String name, SortedMap<String, String> fields, long changedMillis, NodeId changedBy) {}

    private final Writer writer;
    private final Replica replica;

    Namespaces(Writer writer, Replica replica) {
        this.writer = writer;
        this.replica = replica;
    }

    /**
     * Looks whether it may be a namespace's name.
     *
     * @throws IllegalArgumentException if not
     */
    public static void checkName(String name) {
        Names.check(name);
    }

    // ---- changes

    /**
     * Adds a namespace.
     *
     * @throws IllegalArgumentException if it is no name
     */
    public void add(String name, WriteOutcome.Callback done) {
        Names.check(name);
        if (replica.store().findLive(key(name)) != null) {
            writer.tell(done, WriteOutcome.unchanged());
        } else if (!writer.maybeRefuse(done)) {
            put(key(name), Bytes.EMPTY, done);
        }
    }

    /**
     * Sets a field of a namespace; an empty value removes it.
     *
     * @throws IllegalArgumentException if it is no name, or the value has more than 1024 bytes
     */
    public void set(String name, String field, String value, WriteOutcome.Callback done) {
        Names.check(name);
        Names.check(field);
        Check.argument(Utf8.length(value) <= VALUE_BYTES_MAX, "a field's value has at most 1024 bytes");
        Bytes fieldKey = key(name, field);
        Cell held = replica.store().findLive(fieldKey);
        Bytes bytes = Bytes.ofUtf8(value);
        if (replica.store().findLive(key(name)) == null) {
            writer.tell(done, WriteOutcome.refused("there is no namespace " + name));
        } else if (held == null ? value.isEmpty() : held.value().equals(bytes)) {
            writer.tell(done, WriteOutcome.unchanged());
        } else if (!writer.maybeRefuse(done)) {
            put(key(name), Bytes.EMPTY, null);
            if (value.isEmpty()) {
                writer.delete(replica, held, false, done);
            } else {
                put(fieldKey, bytes, done);
            }
        }
    }

    /** Removes a namespace with its fields: just what is seen of it here, so a change made elsewhere at the same time stands. */
    public void remove(String name, WriteOutcome.Callback done) {
        Names.check(name);
        Cell held = replica.store().findLive(key(name));
        if (held == null) {
            writer.tell(done, WriteOutcome.unchanged());
        } else if (!writer.maybeRefuse(done)) {
            fieldCells()
                    .getOrDefault(name, new TreeMap<>())
                    .values()
                    .forEach(cell -> writer.delete(replica, cell, false, null));
            writer.delete(replica, held, false, done);
        }
    }

    private void put(Bytes key, Bytes value, WriteOutcome.Callback done) {
        Cell held = replica.store().find(key);
        replica.put(key, value, 0, replica.stamp(held), false, Writer.saved(done));
    }

    private static Bytes key(String... parts) {
        return Keys.of(Kind.NAMESPACE, parts);
    }

    // ---- what there is

    public boolean exists(String name) {
        return replica.store().findLive(key(name)) != null;
    }

    /** One namespace; null if there is none of the name. */
    public Namespace find(String name) {
        return all().get(name);
    }

    /** All of them, by name. Looks through all settings. */
    public SortedMap<String, Namespace> all() {
        TreeMap<String, TreeMap<String, Cell>> fields = fieldCells();
        TreeMap<String, Namespace> all = new TreeMap<>();
        for (Cell cell : cells()) {
            List<String> parts = Keys.parts(cell.key());
            if (parts != null && parts.size() == 1) {
                all.put(parts.get(0), view(parts.get(0), cell, fields.getOrDefault(parts.get(0), new TreeMap<>())));
            }
        }
        return all;
    }

    private static Namespace view(String name, Cell self, TreeMap<String, Cell> fields) {
        TreeMap<String, String> values = new TreeMap<>();
        fields.forEach((field, cell) -> values.put(field, cell.value().utf8()));
        return new Namespace(
                name, values, HybridClock.millisOf(self.stamp()), self.origin().node());
    }

    private List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        replica.store().table().forEach(cell -> {
            if (cell.kind() == Kind.NAMESPACE && !cell.isDeleted()) {
                cells.add(cell);
            }
        });
        return cells;
    }

    private TreeMap<String, TreeMap<String, Cell>> fieldCells() {
        TreeMap<String, TreeMap<String, Cell>> fields = new TreeMap<>();
        for (Cell cell : cells()) {
            List<String> parts = Keys.parts(cell.key());
            if (parts != null && parts.size() == 2) {
                fields.computeIfAbsent(parts.get(0), first -> new TreeMap<>()).put(parts.get(1), cell);
            }
        }
        return fields;
    }
}
