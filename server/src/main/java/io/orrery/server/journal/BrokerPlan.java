package io.orrery.server.journal;

import io.orrery.broker.BrokerConfig;
import io.orrery.broker.cluster.NodeRole;
import io.orrery.broker.session.OverflowPolicy;
import io.orrery.broker.session.SessionLimits;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import io.orrery.raft.Configuration;
import io.orrery.raft.RaftConfig;
import io.orrery.raft.snapshot.SnapshotConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that the server decides about a broker's configuration; the rest are the defaults of this version. A journal carries
 * it, so that a replay builds the same broker.
 *
 * @param cluster its name
 * @param address that other nodes are told
 * @param role of the node
 * @param voters who the cluster began with; empty for a node that joined
 * @param seeds nodes to contact at the start
 * @param metadata told to other members
 * @param session limits of clients
 * @param detectsFast whether silent nodes count as dead soon
 * @param priority how willing the node leads; 100 in journals that do not say
 * @param snapshots when they are taken; by default in journals that do not say
 * @param walAheadBytes how much of a segment of the write-ahead log is allocated ahead; nothing in journals that do not say
 * @param membership what else is decided about it
 * @param boot what is decided about the first boot; null in journals of before there was one
 */
public record BrokerPlan(
        String cluster,
        String address,
        NodeRole role,
        List<NodeId> voters,
        List<NodeId> seeds,
        SortedMap<String, String> metadata,
        SessionLimits session,
        boolean detectsFast,
        int priority,
        SnapshotConfig snapshots,
        int walAheadBytes,
        MembershipPlan membership,
        BootPlan boot) {
    /** How journals call the program that this describes. */
    public static final String PROGRAM = "orrery-broker";

    public BrokerPlan {
        voters = Collections.unmodifiableList(new ArrayList<>(voters));
        seeds = Collections.unmodifiableList(new ArrayList<>(seeds));
        metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
    }

    /** The broker's configuration. */
    public BrokerConfig config() {
        BrokerConfig broker = BrokerConfig.of(cluster, Configuration.ofVoters(voters));
        broker = broker.at(address, role, seeds, metadata).with(broker.forward(), session);
        broker = broker.with(broker.group().withPriority(priority).with(snapshots));
        broker = broker.with(broker.wal().withAheadBytes(walAheadBytes));
        broker = detectsFast ? broker.fast() : broker;
        broker = broker.with(membership.in(broker.gossip()), broker.ownerLog());
        if (boot == null) {
            return broker;
        }
        return broker.with(boot.config(seeds, detectsFast)).with(boot.keeper(broker.keeper(), detectsFast));
    }

    /** For {@link #decode}. */
    public Bytes encoded() {
        Encoder out = new Encoder();
        out.writeString(cluster);
        out.writeString(address);
        out.writeString(role.text());
        write(voters, out);
        write(seeds, out);
        out.writeVarLong(metadata.size());
        metadata.forEach((name, value) -> {
            out.writeString(name);
            out.writeString(value);
        });
        out.writeVarLong(session.inFlightMax());
        out.writeVarLong(session.queuedMax());
        out.writeByte(session.overflow().ordinal());
        out.writeVarLong(session.subscriptionsMax());
        out.writeVarLong(session.publishesMax());
        out.writeVarLong(session.messageBytesMax());
        out.writeBoolean(detectsFast);
        out.writeVarLong(priority);
        out.writeVarLong(snapshots.entriesInterval());
        out.writeVarLong(snapshots.bytesInterval());
        out.writeVarLong(snapshots.tailEntries());
        membership.encode(out);
        if (boot != null) {
            boot.encode(out);
            out.writeVarLong(walAheadBytes);
        }
        return out.toBytes();
    }

    private static void write(List<NodeId> nodes, Encoder out) {
        out.writeVarLong(nodes.size());
        nodes.forEach(out::writeNode);
    }

    /**
     * Reads what {@link #encoded} wrote.
     *
     * @throws DecodeException if it is something else
     */
    public static BrokerPlan decode(Bytes description) {
        Decoder in = description.decoder();
        try {
            String cluster = in.readString();
            String address = in.readString();
            NodeRole role = NodeRole.parse(in.readString());
            List<NodeId> voters = nodes(in);
            List<NodeId> seeds = nodes(in);
            SortedMap<String, String> metadata = new TreeMap<>();
            int facts = in.readCount(2);
            for (int i = 0; i < facts; i++) {
                metadata.put(in.readString(), in.readString());
            }
            SessionLimits session = session(in);
            boolean detectsFast = in.readBoolean();
            int priority = in.remaining() == 0 ? RaftConfig.PRIORITY_MAX : Math.toIntExact(in.readVarLong());
            SnapshotConfig snapshots = in.remaining() == 0 ? SnapshotConfig.DEFAULT : snapshots(in);
            MembershipPlan membership = in.remaining() == 0 ? MembershipPlan.OF_OLD : MembershipPlan.decode(in);
            BootPlan boot = in.remaining() == 0 ? null : BootPlan.decode(in);
            int walAheadBytes = in.remaining() == 0 ? 0 : Math.toIntExact(in.readVarLong());
            in.expectEnd();
            if (role == null) {
                throw new DecodeException("an unknown role");
            }
            return new BrokerPlan(
                    cluster,
                    address,
                    role,
                    voters,
                    seeds,
                    metadata,
                    session,
                    detectsFast,
                    priority,
                    snapshots,
                    walAheadBytes,
                    membership,
                    boot);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new DecodeException(e.getMessage());
        }
    }

    private static SnapshotConfig snapshots(Decoder in) {
        SnapshotConfig usual = SnapshotConfig.DEFAULT.every(in.readVarLong(), in.readVarLong());
        return usual.withTail(Math.toIntExact(in.readVarLong()));
    }

    private static SessionLimits session(Decoder in) {
        int inFlightMax = Math.toIntExact(in.readVarLong());
        int queuedMax = Math.toIntExact(in.readVarLong());
        int overflow = in.readByte();
        if (overflow >= OverflowPolicy.values().length) {
            throw new DecodeException("an unknown overflow policy");
        }
        return new SessionLimits(
                inFlightMax,
                queuedMax,
                OverflowPolicy.values()[overflow],
                Math.toIntExact(in.readVarLong()),
                Math.toIntExact(in.readVarLong()),
                Math.toIntExact(in.readVarLong()));
    }

    private static List<NodeId> nodes(Decoder in) {
        int count = in.readCount(1);
        List<NodeId> nodes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            nodes.add(in.readNode());
        }
        return nodes;
    }
}
