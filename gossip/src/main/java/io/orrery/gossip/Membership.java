package io.orrery.gossip;

import io.orrery.gossip.rules.GossipRules;
import io.orrery.kernel.AddressBook;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Protocol;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The members of the cluster, as this node knows them. */
public final class Membership implements Protocol {
    private final Kernel kernel;
    private final GossipConfig config;
    private final GossipRules rules;
    private final AddressBook book;
    private final GossipCounters counters = new GossipCounters();
    private final TreeMap<NodeId, Member> members = new TreeMap<>();
    private final List<MembershipListener> listeners = new ArrayList<>();

    public Membership(Kernel kernel, GossipConfig config, String address, AddressBook book) {
        this(kernel, config, address, book, GossipRules.STANDARD);
    }

    /** With other rules, for tests that plant a bug. */
    public Membership(Kernel kernel, GossipConfig config, String address, AddressBook book, GossipRules rules) {
        this.kernel = kernel;
        this.config = config;
        this.book = book;
        this.rules = rules;
        members.put(
                kernel.self(),
                new Member(kernel.self(), MemberState.ALIVE, Incarnation.NONE, address, Collections.emptySortedMap()));
    }

    @Override
    public void start() {
        Member before = self();
        Member after = before.with(MemberState.ALIVE, new Incarnation(kernel.wallMillis(), 0));
        members.put(after.node(), after);
        for (MembershipListener listener : listeners) {
            kernel.defer(() -> listener.onChange(null, after));
        }
    }

    /** Adds a listener; it hears what changes from now on. */
    public void listen(MembershipListener listener) {
        listeners.add(listener);
    }

    /** Contacts the seeds until each is a member; the own name among them is ignored. May be called before the start. */
    public void join(List<NodeId> seeds) {}

    /** Tells the others that this node leaves, then runs {@code done} as an event of its own. */
    public void leave(Runnable done) {
        kernel.defer(done);
    }

    /** Sets this node's own metadata; a new incarnation once started. */
    public void metadata(SortedMap<String, String> metadata) {
        Member before = self();
        members.put(
                before.node(),
                new Member(before.node(), before.state(), before.incarnation(), before.address(), metadata));
    }

    /** All members that are known, in any state, with this node: a read-only view, sorted by name. */
    public SortedMap<NodeId, Member> members() {
        return Collections.unmodifiableSortedMap(members);
    }

    /** What is known of a node, or null. */
    public Member member(NodeId node) {
        return members.get(node);
    }

    /** This node as it presents itself. Its incarnation is {@link Incarnation#NONE} until its generation is durable. */
    public Member self() {
        return members.get(kernel.self());
    }

    public GossipCounters counters() {
        return counters;
    }
}
