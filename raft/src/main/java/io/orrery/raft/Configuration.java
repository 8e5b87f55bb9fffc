package io.orrery.raft;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/**
 * Who replicates a group: voters decide elections and commits, learners only receive the log (dissertation, section
 * 4.2.1). Both lists are sorted, and no node is in both.
 *
 * <p>A configuration is in force from the moment its entry is in the log, committed or not, and until the entry is
 * truncated (section 4.1).
 */
public record Configuration(List<NodeId> voters, List<NodeId> learners) {
    /** A bound on voters and learners together; elections and commits look at every voter. */
    public static final int MEMBERS_MAX = 64;

    /** Of a node that waits to be contacted. */
    public static final Configuration EMPTY = new Configuration(List.of(), List.of());

    public Configuration {
        voters = sorted(voters);
        learners = sorted(learners);
        Check.argument(voters.size() + learners.size() <= MEMBERS_MAX, "a group has at most 64 members");
        Check.argument(Collections.disjoint(voters, learners), "no node is voter and learner");
    }

    private static List<NodeId> sorted(List<NodeId> nodes) {
        TreeSet<NodeId> distinct = new TreeSet<>(nodes);
        Check.argument(distinct.size() == nodes.size(), "a member is named once");
        return Collections.unmodifiableList(new ArrayList<>(distinct));
    }

    public static Configuration ofVoters(List<NodeId> voters) {
        return new Configuration(voters, List.of());
    }

    public boolean isEmpty() {
        return voters.isEmpty() && learners.isEmpty();
    }

    public boolean isVoter(NodeId node) {
        return Collections.binarySearch(voters, node) >= 0;
    }

    public boolean isLearner(NodeId node) {
        return Collections.binarySearch(learners, node) >= 0;
    }

    public boolean isMember(NodeId node) {
        return isVoter(node) || isLearner(node);
    }

    /** Voters, then learners. */
    public List<NodeId> members() {
        List<NodeId> members = new ArrayList<>(voters);
        members.addAll(learners);
        return members;
    }

    public Configuration withLearner(NodeId node) {
        List<NodeId> more = new ArrayList<>(learners);
        more.add(node);
        return new Configuration(voters, more);
    }

    /** The learner becomes a voter. */
    public Configuration withPromoted(NodeId node) {
        List<NodeId> more = new ArrayList<>(voters);
        more.add(node);
        return new Configuration(more, without(learners, node));
    }

    public Configuration without(NodeId node) {
        return new Configuration(without(voters, node), without(learners, node));
    }

    private static List<NodeId> without(List<NodeId> nodes, NodeId node) {
        List<NodeId> rest = new ArrayList<>(nodes);
        rest.remove(node);
        return rest;
    }

    /** The payload of a configuration entry. */
    public Bytes encode() {
        Encoder out = new Encoder();
        writeNodes(voters, out);
        writeNodes(learners, out);
        return out.toBytes();
    }

    private static void writeNodes(List<NodeId> nodes, Encoder out) {
        out.writeVarLong(nodes.size());
        for (NodeId node : nodes) {
            out.writeNode(node);
        }
    }

    /**
     * Reads the payload of a configuration entry.
     *
     * @throws DecodeException if it is none
     */
    public static Configuration decode(Bytes payload) {
        Decoder in = payload.decoder();
        List<NodeId> voters = readNodes(in);
        List<NodeId> learners = readNodes(in);
        in.expectEnd();
        try {
            return new Configuration(voters, learners);
        } catch (IllegalArgumentException e) {
            throw new DecodeException("not a configuration: " + e.getMessage());
        }
    }

    private static List<NodeId> readNodes(Decoder in) {
        int count = in.readCount(2);
        List<NodeId> nodes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            nodes.add(in.readNode());
        }
        return nodes;
    }

    @Override
    public String toString() {
        return learners.isEmpty() ? "voters=" + voters : "voters=" + voters + " learners=" + learners;
    }
}
