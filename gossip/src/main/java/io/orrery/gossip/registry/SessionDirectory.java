package io.orrery.gossip.registry;

import io.orrery.gossip.Member;
import io.orrery.gossip.Membership;
import io.orrery.gossip.registry.cell.Cell;
import io.orrery.gossip.registry.cell.HybridClock;
import io.orrery.gossip.registry.cell.Keys;
import io.orrery.gossip.registry.cell.Kind;
import io.orrery.gossip.registry.replica.Replica;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Encoder;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Where clients are connected. A session is written by the node that has it, under an epoch that rises with each takeover of the
 * client; of two sessions of one client the later epoch wins, then the later stamp.
 *
 * <ul>
 *   <li>E1: the end of a session ends only that one: it is written only by its node, and beats only what its node wrote of it.
 *   <li>E2: a session is shown while its node is a live member, in the life that wrote it.
 *   <li>E3: a node stands for its sessions ({@link LiveSessions}): what of them is deleted or void by others' doing, or was
 *       another's who died, it writes again; and those of the time in which it had left, once it is back. A client that
 *       connected while nothing could be written takes over then, also what is shown of another node.
 * </ul>
 *
 * <p>It finds a session, and does not fence it: two sides of a partition may both have one of a client. For the node's thread.
 */
public final class SessionDirectory {
    /**
     * A session.
     *
     * @param node where the client is connected
     * @param epoch of its takeover: a stamp of the hybrid clock, above all that was known of the client
     * @param sinceMillis when it began, by the node's wall clock
     */
    public record Session(String namespace, String clientId, NodeId node, long epoch, long sinceMillis) {}

    private final Kernel kernel;
    private final Membership membership;
    private final Replica replica;
    private final LiveSessions live;
    /** E3: clients that connected while nothing could be written; no more than are connected here. */
    private final TreeSet<Bytes> late = new TreeSet<>();

    SessionDirectory(Kernel kernel, Membership membership, Replica replica, LiveSessions live) {
        this.kernel = kernel;
        this.membership = membership;
        this.replica = replica;
        this.live = live;
        replica.onLife(this::reopenAll);
        membership.listen((before, after) -> {
            boolean isBack = after.node().equals(replica.self()) && after.isLive();
            if (before != null && before.isLive() != after.isLive() && (isBack || !after.isLive())) {
                reopenAll();
            }
        });
    }

    // ---- what this node's sessions do

    /**
     * A client connected here: the session takes over whatever is known of the client. Before this life can write nothing is
     * done: it is made up for then (E3).
     *
     * @return the session's epoch; 0 if nothing was written
     */
    public long open(String namespace, String clientId, long sinceMillis) {
        if (!mayWrite(clientId)) {
            if (Names.isClient(clientId)) {
                late.add(Keys.of(Kind.SESSION, namespace, clientId));
            }
            return 0;
        }
        Bytes key = Keys.of(Kind.SESSION, namespace, clientId);
        late.remove(key);
        Cell held = replica.store().find(key);
        long stamp = replica.stamp(held);
        long epoch = held == null ? stamp : Math.max(stamp, held.epoch() + 1);
        write(key, epoch, Math.max(stamp, epoch), sinceMillis);
        return epoch;
    }

    /**
     * E3: under the epoch that it may have had, and no higher than it must be, which is above what is held and above what was
     * collected: that others may hold still. Unless a later session is shown.
     */
    private void reopen(String namespace, String clientId, long sinceMillis) {
        Bytes key = Keys.of(Kind.SESSION, namespace, clientId);
        Cell held = replica.store().findLive(key);
        if (held != null && isShown(held) || replica.origin() == null || !mayWrite(clientId)) {
            return;
        }
        held = replica.store().find(key);
        long above = Math.max(replica.store().floorStamp() + 1, held == null ? 0 : held.epoch());
        long epoch = Math.max(HybridClock.ofMillis(sinceMillis), above);
        write(key, epoch, Math.max(replica.stamp(held), epoch), sinceMillis);
    }

    private boolean mayWrite(String clientId) {
        boolean may = Names.isClient(clientId) && replica.whyNotWritable() == null;
        if (!may) {
            replica.counters().count(RegistryCounters.Counter.WRITES_REFUSED);
        }
        return may;
    }

    private void write(Bytes key, long epoch, long stamp, long sinceMillis) {
        Encoder value = new Encoder(10, 10);
        value.writeVarLong(Math.max(0, sinceMillis));
        replica.put(key, value.toBytes(), epoch, stamp, false, null);
    }

    /** E1: a client's session of this node ended. */
    public void close(String namespace, String clientId) {
        Bytes key = Keys.of(Kind.SESSION, namespace, clientId);
        late.remove(key);
        Cell held = replica.store().findLive(key);
        if (held == null || replica.origin() == null) {
            return;
        }
        if (!held.origin().equals(replica.origin())) {
            kernel.trace().reached(RegistryMarks.END_AFTER_TAKEOVER);
            return;
        }
        replica.put(held.key(), Bytes.EMPTY, held.epoch(), held.stamp() + 1, true, null);
    }

    /** E3. */
    void reopenAll() {
        live.forEach(this::standFor);
    }

    /** E3. */
    private void standFor(String namespace, String clientId, long sinceMillis) {
        if (!late.isEmpty() && late.contains(Keys.of(Kind.SESSION, namespace, clientId))) {
            open(namespace, clientId, sinceMillis);
        } else {
            reopen(namespace, clientId, sinceMillis);
        }
    }

    /** E3: something became of a client's entry. */
    void onChange(String namespace, String clientId) {
        live.find(namespace, clientId, this::standFor);
    }

    // ---- what there is

    /** Where a client is connected; null if it is not, as far as is known. */
    public Session find(String namespace, String clientId) {
        Cell held = replica.store().findLive(Keys.of(Kind.SESSION, namespace, clientId));
        return held == null || !isShown(held) ? null : view(held);
    }

    /**
     * Sessions of all nodes, by namespace and client. Looks through all that are known.
     *
     * @param most so many at most: the first
     */
    public List<Session> all(int most) {
        List<Cell> cells = new ArrayList<>();
        replica.store().table().forEach(cell -> {
            if (cell.kind() == Kind.SESSION
                    && !cell.isDeleted()
                    && !replica.store().isVoid(cell)
                    && isShown(cell)) {
                cells.add(cell);
            }
        });
        cells.sort((a, b) -> a.key().compareTo(b.key()));
        List<Session> all = new ArrayList<>();
        for (Cell cell : cells) {
            Session session = view(cell);
            if (session != null && all.size() < most) {
                all.add(session);
            }
        }
        return all;
    }

    /** Sessions known, also those of nodes that are not live just now. */
    public int size() {
        return replica.store().live(Kind.SESSION);
    }

    /** E2. */
    private boolean isShown(Cell cell) {
        NodeId node = cell.origin().node();
        if (node.equals(replica.self())) {
            return true;
        }
        Member member = membership.member(node);
        return member != null
                && member.isLive()
                && cell.origin().life() >= member.incarnation().generation();
    }

    private static Session view(Cell cell) {
        List<String> parts = Keys.parts(cell.key());
        if (parts == null || parts.size() != 2) {
            return null;
        }
        try {
            long since = cell.value().decoder().readVarLong();
            return new Session(parts.get(0), parts.get(1), cell.origin().node(), cell.epoch(), since);
        } catch (DecodeException e) {
            return null;
        }
    }
}
