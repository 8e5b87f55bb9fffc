package io.orrery.server.live;

import io.orrery.gossip.GossipConfig;
import io.orrery.gossip.Member;
import io.orrery.gossip.MemberState;
import io.orrery.gossip.Membership;
import io.orrery.gossip.owner.OwnerLog;
import io.orrery.gossip.owner.OwnerLogConfig;
import io.orrery.gossip.owner.OwnerLogListener;
import io.orrery.gossip.owner.message.OwnerDigest;
import io.orrery.kernel.AddressBook;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.codec.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Membership and an owner log: all of gossip, and nothing else of a node. For the node's thread. */
final class LiveProgram implements Protocol {
    private final Membership membership;
    private final OwnerLog log;
    private final List<NodeId> seeds;
    private final List<NodeId> deaths = new ArrayList<>();

    /**
     * @param seeds nodes to contact
     * @param rows how many rows this node owns from its start
     */
    LiveProgram(Kernel kernel, GossipConfig config, String address, AddressBook book, List<NodeId> seeds, int rows) {
        this.seeds = seeds;
        membership = new Membership(kernel.scope("gossip"), config, address, book);
        OwnerLogConfig rowsConfig = OwnerLogConfig.lan();
        log = new OwnerLog(kernel.scope("rows"), membership, rowsConfig, new Deaf());
        membership.listen(this::onChange);
        for (int i = 0; i < rows; i++) {
            log.add(Bytes.wrap((kernel.self() + "/row/" + i).getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Override
    public void start() {
        membership.start();
        log.start();
        membership.join(seeds);
    }

    private void onChange(Member before, Member after) {
        if (after.state() == MemberState.DEAD && (before == null || before.state() != MemberState.DEAD)) {
            deaths.add(after.node());
        }
    }

    Membership membership() {
        return membership;
    }

    OwnerLog log() {
        return log;
    }

    /** Whom this node took for dead since its start, as often as it did. */
    List<NodeId> deaths() {
        return List.copyOf(deaths);
    }

    /** The members that are alive to this node and not suspect, itself included. */
    SortedSet<NodeId> alive() {
        SortedSet<NodeId> alive = new TreeSet<>();
        membership.members().values().stream()
                .filter(member -> member.state() == MemberState.ALIVE)
                .forEach(member -> alive.add(member.node()));
        return alive;
    }

    /** The members that are live to this node: alive or suspect. */
    SortedSet<NodeId> live() {
        SortedSet<NodeId> live = new TreeSet<>(membership.livePeers());
        live.add(membership.self().node());
        return live;
    }

    /** How far this node has the rows of an owner; null if it has none of them. */
    OwnerDigest digest(NodeId owner) {
        return log.digest(owner);
    }

    /** Nobody listens to the rows. */
    private static final class Deaf implements OwnerLogListener {
        @Override
        public void onAdded(NodeId owner, Bytes row) {}

        @Override
        public void onRemoved(NodeId owner, Bytes row) {}

        @Override
        public void onCleared(NodeId owner) {}
    }
}
