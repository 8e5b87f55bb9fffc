package io.orrery.raft.quorum;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Whose agreement decides (dissertation, section 4.3): a majority of the incoming voters and, while a joint configuration is
 * in force, also a majority of the outgoing ones. A node may be in both halves, and then counts in each.
 *
 * <p>Each voter has a place, from 0 on in the order of {@link #voters}; a set of voters is a number with the bits of their
 * places. Immutable.
 */
public final class JointQuorum {
    /** A set of voters fits a long. */
    public static final int VOTERS_MAX = Long.SIZE;

    private final List<NodeId> voters;
    private final long incoming;
    private final long outgoing;

    /**
     * @param outgoing empty unless the configuration is joint
     * @throws IllegalArgumentException if there are more than {@link #VOTERS_MAX} voters in all
     */
    public JointQuorum(List<NodeId> incoming, List<NodeId> outgoing) {
        TreeSet<NodeId> all = new TreeSet<>(incoming);
        all.addAll(outgoing);
        Check.argument(all.size() <= VOTERS_MAX, "at most 64 voters decide");
        this.voters = Collections.unmodifiableList(new ArrayList<>(all));
        this.incoming = setOf(incoming);
        this.outgoing = setOf(outgoing);
    }

    private long setOf(List<NodeId> nodes) {
        long set = 0;
        for (NodeId node : nodes) {
            set |= 1L << place(node);
        }
        return set;
    }

    /** All voters of both halves, sorted. */
    public List<NodeId> voters() {
        return voters;
    }

    /** The node's place, or a negative number if it does not vote. */
    public int place(NodeId node) {
        return Collections.binarySearch(voters, node);
    }

    public boolean isJoint() {
        return outgoing != 0;
    }

    /** The incoming voters as a set. */
    public long incoming() {
        return incoming;
    }

    /** The outgoing voters as a set; 0 unless the configuration is joint. */
    public long outgoing() {
        return outgoing;
    }

    /** All voters as a set. */
    public long all() {
        return incoming | outgoing;
    }

    /** Whether the voters of a set decide together. */
    public boolean isQuorum(long set) {
        return holdsMajority(set, incoming) && (outgoing == 0 || holdsMajority(set, outgoing));
    }

    /** Whether the voters of whom this holds decide together. */
    public boolean isQuorum(Predicate<NodeId> holds) {
        long set = 0;
        for (int place = 0; place < voters.size(); place++) {
            if (holds.test(voters.get(place))) {
                set |= 1L << place;
            }
        }
        return isQuorum(set);
    }

    private static boolean holdsMajority(long set, long half) {
        return Long.bitCount(set & half) >= Majority.of(Long.bitCount(half));
    }

    @Override
    public String toString() {
        return outgoing == 0
                ? Long.bitCount(incoming) + " voters"
                : Long.bitCount(incoming) + " incoming and " + Long.bitCount(outgoing) + " outgoing voters";
    }
}
