package io.orrery.gossip;

import io.orrery.gossip.owner.OwnerLog;
import io.orrery.gossip.owner.OwnerLogConfig;
import io.orrery.gossip.owner.OwnerLogListener;
import io.orrery.gossip.rules.GossipRules;
import io.orrery.kernel.AddressBook;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.codec.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the tests run on each node: membership, an owner log, and a mirror of the peers' rows built from callbacks. */
final class GossipNode implements Protocol, OwnerLogListener {
    final Membership membership;
    final OwnerLog log;
    final List<String> heard = new ArrayList<>();
    private final TreeMap<NodeId, TreeSet<Bytes>> mirror = new TreeMap<>();
    private final List<NodeId> seeds;

    GossipNode(Kernel kernel, GossipConfig config, OwnerLogConfig logConfig, List<NodeId> seeds, GossipRules rules) {
        this.membership = new Membership(kernel.scope("swim"), config, "", AddressBook.BY_NAME, rules);
        this.log = new OwnerLog(kernel.scope("rows"), membership, logConfig, this, rules);
        this.seeds = seeds;
        membership.listen((before, after) -> heard.add((before == null ? "new" : before.state()) + ">" + after));
    }

    @Override
    public void start() {
        membership.start();
        log.start();
        membership.join(seeds);
    }

    @Override
    public void checkInvariants() {
        membership.checkInvariants();
        log.checkInvariants();
    }

    /** The rows of an owner as the callbacks told them. */
    SortedSet<Bytes> mirrored(NodeId owner) {
        TreeSet<Bytes> rows = mirror.get(owner);
        return rows == null ? new TreeSet<>() : rows;
    }

    @Override
    public void onAdded(NodeId owner, Bytes row) {
        if (!mirror.computeIfAbsent(owner, none -> new TreeSet<>()).add(row)) {
            throw new AssertionError(row + " of " + owner + " added twice");
        }
    }

    @Override
    public void onRemoved(NodeId owner, Bytes row) {
        if (!mirror.get(owner).remove(row)) {
            throw new AssertionError(row + " of " + owner + " removed though not there");
        }
    }

    @Override
    public void onCleared(NodeId owner) {
        mirror.remove(owner);
    }
}
