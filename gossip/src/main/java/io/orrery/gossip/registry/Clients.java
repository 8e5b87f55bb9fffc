package io.orrery.gossip.registry;

import io.orrery.gossip.registry.cell.Cell;
import io.orrery.gossip.registry.cell.HybridClock;
import io.orrery.gossip.registry.cell.Keys;
import io.orrery.gossip.registry.cell.Kind;
import io.orrery.gossip.registry.replica.Replica;
import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import io.orrery.kernel.codec.Utf8;
import java.util.ArrayList;
import java.util.List;

/**
 * The registered clients of the cluster's namespaces. A client is one row: of two who change it on two sides of a partition the
 * later wins all of it, since half of one's purposes with half of the other's grants what neither meant. Whoever removes it
 * wins over both, until it is registered anew.
 *
 * <p>For the node's thread.
 */
public final class Clients {
    private static final int PURPOSES_MAX = 16;
    private static final int TEXT_BYTES_MAX = 1024;

    /**
     * A registered client.
     *
     * @param purposes what it is for, such as {@code PUBLISH}; at most 16 names
     * @param description for people; at most 1024 bytes
     */
    public record Client(
            String namespace,
            String clientId,
            List<String> purposes,
            String description,
            long changedMillis,
            NodeId changedBy) {}

    private final Writer writer;
    private final Replica replica;

    Clients(Writer writer, Replica replica) {
        this.writer = writer;
        this.replica = replica;
    }

    /**
     * Registers a client, or changes what is registered.
     *
     * @throws IllegalArgumentException if a name is none, or something is too long
     */
    public void put(
            String namespace, String clientId, List<String> purposes, String description, WriteOutcome.Callback done) {
        check(namespace, clientId, purposes, description);
        Bytes key = Keys.of(Kind.CLIENT, namespace, clientId);
        Bytes value = encode(purposes, description);
        Cell held = replica.store().find(key);
        boolean isNew = held == null || held.isDeleted();
        if (!isNew && held.value().equals(value)) {
            writer.tell(done, WriteOutcome.unchanged());
        } else if (!writer.maybeRefuse(done)) {
            long stamp = replica.stamp(held);
            long epoch = isNew ? Math.max(stamp, held == null ? 0 : held.epoch() + 1) : held.epoch();
            replica.put(key, value, epoch, stamp, false, Writer.saved(done));
        }
    }

    /**
     * Whether a client could be registered so.
     *
     * @throws IllegalArgumentException if a name is none, or something is too long
     */
    public static void check(String namespace, String clientId, List<String> purposes, String description) {
        Names.check(namespace);
        Names.checkClient(clientId);
        purposes.forEach(Names::check);
        Check.argument(purposes.size() <= PURPOSES_MAX, "a client has at most 16 purposes");
        Check.argument(Utf8.length(description) <= TEXT_BYTES_MAX, "a description has at most 1024 bytes");
    }

    /** Removes a client. */
    public void remove(String namespace, String clientId, WriteOutcome.Callback done) {
        Cell held = replica.store().findLive(Keys.of(Kind.CLIENT, namespace, clientId));
        if (held == null) {
            writer.tell(done, WriteOutcome.unchanged());
        } else if (!writer.maybeRefuse(done)) {
            writer.delete(replica, held, true, done);
        }
    }

    /** One client; null if it is not registered. */
    public Client find(String namespace, String clientId) {
        Cell held = replica.store().findLive(Keys.of(Kind.CLIENT, namespace, clientId));
        return held == null ? null : view(held);
    }

    /** All of them, by namespace and identifier. Looks through all settings. */
    public List<Client> all() {
        List<Cell> cells = new ArrayList<>();
        replica.store().table().forEach(cell -> {
            if (cell.kind() == Kind.CLIENT && !cell.isDeleted()) {
                cells.add(cell);
            }
        });
        cells.sort((a, b) -> a.key().compareTo(b.key()));
        List<Client> all = new ArrayList<>();
        for (Cell cell : cells) {
            Client client = view(cell);
            if (client != null) {
                all.add(client);
            }
        }
        return all;
    }

    private static Bytes encode(List<String> purposes, String description) {
        Encoder out = new Encoder();
        out.writeVarLong(purposes.size());
        purposes.forEach(out::writeString);
        out.writeString(description);
        return out.toBytes();
    }

    /** Null if a peer wrote what is no client. */
    private static Client view(Cell cell) {
        List<String> parts = Keys.parts(cell.key());
        if (parts == null || parts.size() != 2) {
            return null;
        }
        Decoder in = cell.value().decoder();
        try {
            List<String> purposes = new ArrayList<>();
            for (int left = in.readCount(1); left > 0; left--) {
                purposes.add(in.readString());
            }
            return new Client(
                    parts.get(0),
                    parts.get(1),
                    purposes,
                    in.readString(),
                    HybridClock.millisOf(cell.stamp()),
                    cell.origin().node());
        } catch (DecodeException e) {
            return null;
        }
    }
}
