package io.orrery.server.simulation;

import io.orrery.gossip.GossipConfig;
import io.orrery.gossip.owner.OwnerLog;
import io.orrery.gossip.owner.OwnerLogConfig;
import io.orrery.gossip.owner.OwnerLogListener;
import io.orrery.gossip.owner.message.OwnerDigest;
import io.orrery.gossip.rules.GossipRules;
import io.orrery.kernel.Check;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
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
final class GossipPeer extends LeavingPeer implements OwnerLogListener {
    private final OwnerLog log;
    private final TreeMap<NodeId, Told> told = new TreeMap<>();
    private final TreeSet<Bytes> written = new TreeSet<>();
    /** Where the own rows were found to be those written; null since one was. */
    private OwnerDigest ownRightAt;

    /** What was told of an owner, and where that was found to be what is held: a set of rows does not change without its digest. */
    private static final class Told {
        private final TreeSet<Bytes> rows = new TreeSet<>();
        private OwnerDigest rightAt;
        private boolean wasAside;
    }

    GossipPeer(Kernel kernel, GossipConfig config, OwnerLogConfig logConfig, List<NodeId> seeds, GossipRules rules) {
        super(kernel, config, seeds, rules);
        this.log = new OwnerLog(kernel.scope("rows"), membership(), logConfig, this, rules);
    }

    @Override
    OwnerLog upper() {
        return log;
    }

    OwnerLog log() {
        return log;
    }

    /** What the workload has this node write in its present life. */
    TreeSet<Bytes> written() {
        return written;
    }

    void add(Bytes row) {
        log.add(row);
        written.add(row);
        ownRightAt = null;
    }

    void remove(Bytes row) {
        log.remove(row);
        written.remove(row);
        ownRightAt = null;
    }

    @Override
    public void onAdded(NodeId owner, Bytes row) {
        boolean fresh = toBeJudged(owner).rows.add(row);
        Check.that(fresh, "I1: a row that is added was not there");
    }

    @Override
    public void onRemoved(NodeId owner, Bytes row) {
        Check.that(toBeJudged(owner).rows.remove(row), "I1: a row that is removed was there");
    }

    @Override
    public void onCleared(NodeId owner) {
        toBeJudged(owner).rows.clear();
    }

    private Told toBeJudged(NodeId owner) {
        Told of = told.computeIfAbsent(owner, first -> new Told());
        of.rightAt = null;
        return of;
    }

    /**
     * I1, and that this node's own rows are those it was asked to write: whose rows are wrong; null for nobody's. Looks at those
     * that have changed since they were right.
     */
    NodeId wrongOwner() {
        OwnerDigest own = log.digest(log.self());
        if (own != ownRightAt) {
            if (!log.isInSight(log.self(), written)) {
                return log.self();
            }
            ownRightAt = own;
        }
        for (NodeId owner : log.owners()) {
            Told of = told.computeIfAbsent(owner, first -> new Told());
            OwnerDigest held = log.digest(owner);
            boolean isAside = log.isAside(owner);
            if (held == null || held != of.rightAt || isAside != of.wasAside) {
                if (!log.isInSight(owner, of.rows)) {
                    return owner;
                }
                of.rightAt = held;
                of.wasAside = isAside;
            }
        }
        return null;
    }
}
