package io.orrery.server.simulation;

import io.orrery.gossip.GossipConfig;
import io.orrery.gossip.Membership;
import io.orrery.gossip.owner.OwnerLog;
import io.orrery.gossip.owner.OwnerLogConfig;
import io.orrery.gossip.owner.OwnerLogListener;
import io.orrery.gossip.rules.GossipRules;
import io.orrery.kernel.AddressBook;
import io.orrery.kernel.Check;
import io.orrery.kernel.Description;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.codec.Bytes;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A node of membership and an owner log alone, with what the two tell whoever listens.
 *
 * <ul>
 *   <li>I1: what the owner log tells its listener adds up to the rows that it holds of its peers.
 * </ul>
 */
final class GossipPeer implements Protocol, OwnerLogListener {
    private final Membership membership;
    private final OwnerLog log;
    private final List<NodeId> seeds;
    private final TreeMap<NodeId, TreeSet<Bytes>> told = new TreeMap<>();
    private final TreeSet<Bytes> written = new TreeSet<>();
    private boolean isAway;
    private boolean isLeaving;

    GossipPeer(Kernel kernel, GossipConfig config, OwnerLogConfig logConfig, List<NodeId> seeds, GossipRules rules) {
        this.membership = new Membership(kernel.scope("swim"), config, "", AddressBook.BY_NAME, rules);
        this.log = new OwnerLog(kernel.scope("rows"), membership, logConfig, this, rules);
        this.seeds = seeds;
    }

    @Override
    public void start() {
        membership.start();
        log.start();
        membership.join(seeds);
    }

    Membership membership() {
        return membership;
    }

    OwnerLog log() {
        return log;
    }

    /** What the workload has this node write in its present life. */
    TreeSet<Bytes> written() {
        return written;
    }

    /** Leaves, unless it has; what follows is told when it is over. */
    void leave(Runnable done) {
        if (!isAway) {
            isAway = true;
            isLeaving = true;
            membership.leave(() -> {
                isLeaving = false;
                done.run();
            });
        }
    }

    /** Joins again, unless it is still about to leave. */
    void comeBack() {
        if (isAway && !isLeaving) {
            isAway = false;
            membership.join(seeds);
        }
    }

    void add(Bytes row) {
        log.add(row);
        written.add(row);
    }

    void remove(Bytes row) {
        log.remove(row);
        written.remove(row);
    }

    @Override
    public void onAdded(NodeId owner, Bytes row) {
        boolean fresh = told.computeIfAbsent(owner, first -> new TreeSet<>()).add(row);
        Check.that(fresh, "I1: a row that is added was not there");
    }

    @Override
    public void onRemoved(NodeId owner, Bytes row) {
        TreeSet<Bytes> rows = told.get(owner);
        Check.that(rows != null && rows.remove(row), "I1: a row that is removed was there");
    }

    @Override
    public void onCleared(NodeId owner) {
        told.remove(owner);
    }

    /** I1, and that this node's own rows are those it was asked to write: whose rows are wrong; null for nobody's. */
    NodeId wrongOwner() {
        if (!log.rows(log.self()).equals(written)) {
            return log.self();
        }
        for (NodeId owner : log.owners()) {
            TreeSet<Bytes> rows = told.getOrDefault(owner, new TreeSet<>());
            if (!log.rows(owner).equals(rows)) {
                return owner;
            }
        }
        return null;
    }

    @Override
    public void checkInvariants() {
        membership.checkInvariants();
        log.checkInvariants();
    }

    @Override
    public void describe(Description out) {
        out.begin("gossip");
        membership.describe(out);
        out.end();
    }
}
