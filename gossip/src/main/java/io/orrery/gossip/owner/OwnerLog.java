package io.orrery.gossip.owner;

import io.orrery.gossip.Membership;
import io.orrery.gossip.rules.GossipRules;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.codec.Bytes;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** The rows of this node and of its peers. */
public final class OwnerLog implements Protocol {
    private final Kernel kernel;
    private final Membership membership;
    private final OwnerLogConfig config;
    private final OwnerLogListener listener;
    private final GossipRules rules;
    private final TreeSet<Bytes> own = new TreeSet<>();

    public OwnerLog(Kernel kernel, Membership membership, OwnerLogConfig config, OwnerLogListener listener) {
        this(kernel, membership, config, listener, GossipRules.STANDARD);
    }

    /** With other rules, for tests that plant a bug. */
    public OwnerLog(
            Kernel kernel, Membership membership, OwnerLogConfig config, OwnerLogListener listener, GossipRules rules) {
        this.kernel = kernel;
        this.membership = membership;
        this.config = config;
        this.listener = listener;
        this.rules = rules;
    }

    @Override
    public void start() {}

    /**
     * Adds a row of this node; may be called before the start.
     *
     * @return false if it was there already
     */
    public boolean add(Bytes row) {
        return own.add(row.compact());
    }

    /**
     * Removes a row of this node.
     *
     * @return false if it was not there
     */
    public boolean remove(Bytes row) {
        return own.remove(row);
    }

    /** The rows that this node holds of {@code owner}, which may be itself: a read-only view, sorted; empty if none. */
    public SortedSet<Bytes> rows(NodeId owner) {
        return owner.equals(kernel.self()) ? Collections.unmodifiableSortedSet(own) : Collections.emptySortedSet();
    }
}
