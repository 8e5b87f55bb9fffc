package io.orrery.broker.boot;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Who may form a cluster, and how many of them it takes.
 *
 * <ul>
 *   <li>Named: those of a list, by a majority of it. Two majorities of one list share a node.
 *   <li>Counted: any {@code expected} nodes. Of at most {@code 2 * expected - 1} nodes that ever start, any two sets of
 *       {@code expected} share a node. With less than all expected ones, a majority of them say, three of which two were to
 *       suffice would form one cluster in each half of four that are cut in two: nothing that a node can see tells it that
 *       there is a fourth.
 *   <li>Nobody: a node that only joins.
 * </ul>
 *
 * @param names sorted; empty unless named
 * @param expected how many nodes there are to be; 0 for a node that only joins
 */
public record Electorate(List<NodeId> names, int expected) {
    /** More are not expected. */
    public static final int EXPECTED_MAX = 64;

    /** Of a node that forms no cluster. */
    public static final Electorate NOBODY = new Electorate(List.of(), 0);

    public Electorate {
        Check.argument(expected >= 0 && expected <= EXPECTED_MAX, "0 to 64 nodes are expected");
        names = Collections.unmodifiableList(new ArrayList<>(new TreeSet<>(names)));
        Check.argument(names.isEmpty() || names.size() == expected, "those that are named are those that are expected");
    }

    /** These, by a majority. */
    public static Electorate named(List<NodeId> names) {
        TreeSet<NodeId> distinct = new TreeSet<>(names);
        return new Electorate(new ArrayList<>(distinct), distinct.size());
    }

    /** Any so many. */
    public static Electorate counted(int expected) {
        return new Electorate(List.of(), expected);
    }

    /** Whether there is anybody who forms a cluster. */
    public boolean forms() {
        return expected > 0;
    }

    /** Whether a node is to form a cluster of its own. */
    public boolean isAlone(NodeId node) {
        return expected == 1 && (names.isEmpty() || names.contains(node));
    }

    public boolean isNamed() {
        return !names.isEmpty();
    }

    /** How many it takes. */
    public int quorum() {
        return isNamed() ? expected / 2 + 1 : expected;
    }

    /** Whether a node's promise counts. */
    public boolean includes(NodeId node) {
        return forms() && (!isNamed() || names.contains(node));
    }

    /** B5: whether these nodes, all included, are enough. */
    public boolean isQuorum(SortedSet<NodeId> nodes) {
        return forms() && nodes.size() >= quorum();
    }

    /** B5: whether so many starters are too many for any two quorums to share one of them. */
    public boolean isOverrun(int starters) {
        return forms() && !isNamed() && starters >= 2 * expected;
    }

    void encode(Encoder out) {
        out.writeVarLong(expected);
        out.writeVarLong(names.size());
        names.forEach(out::writeNode);
    }

    static Electorate decode(Decoder in) {
        long expected = in.readVarLong();
        int count = in.readCount(1);
        TreeSet<NodeId> names = new TreeSet<>();
        for (int i = 0; i < count; i++) {
            names.add(in.readNode());
        }
        if (expected < 0 || expected > EXPECTED_MAX || count > 0 && names.size() != expected) {
            throw new DecodeException("an electorate that cannot be");
        }
        return new Electorate(new ArrayList<>(names), (int) expected);
    }

    @Override
    public String toString() {
        if (!forms()) {
            return "nobody";
        }
        return isNamed() ? "a majority of " + names : "any " + expected + " nodes";
    }
}
