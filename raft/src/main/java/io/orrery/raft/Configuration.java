package io.orrery.raft;

import io.orrery.kernel.Check;
import io.orrery.kernel.Description;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.raft.quorum.JointQuorum;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/**
 * Who replicates a group: voters decide elections and commits, learners only receive the log (dissertation, section
 * 4.2.1). While voters are exchanged the configuration is joint (section 4.3): the incoming and the outgoing voters decide
 * together, each by a majority of their own.
 *
 * <ul>
 *   <li>C1: each list is sorted and names a node once; no learner is a voter, incoming or outgoing.
 *   <li>C2: learnersNext are outgoing voters that do not come in; only a joint configuration has any.
 *   <li>C3: a joint configuration has incoming voters.
 *   <li>C4: those that promote themselves are learners.
 * </ul>
 *
 * <p>A configuration is in force from the moment its entry is in the log, committed or not, and until the entry is
 * truncated (section 4.1).
 *
 * @param voters the incoming voters, which are all there are unless the configuration is joint
 * @param outgoing the voters of before, while joint; else empty
 * @param learnersNext the outgoing voters that become learners when the joint configuration is left
 * @param promotable the learners that the leader makes voters by itself when they have caught up
 * @param forced whether an operator put it in force without a quorum, see {@link RaftGroup#recover}
 */
public record Configuration(
        List<NodeId> voters,
        List<NodeId> outgoing,
        List<NodeId> learners,
        List<NodeId> learnersNext,
        List<NodeId> promotable,
        boolean forced) {
    /** A bound on voters and learners together; elections and commits look at every voter. */
    public static final int MEMBERS_MAX = 64;

    /** Of a node that waits to be contacted. */
    public static final Configuration EMPTY = new Configuration(List.of(), List.of());

    public Configuration {
        voters = sorted(voters);
        outgoing = sorted(outgoing);
        learners = sorted(learners);
        learnersNext = sorted(learnersNext);
        promotable = sorted(promotable);
        Check.argument(union(voters, outgoing, learners).size() <= MEMBERS_MAX, "a group has at most 64 members");
        Check.argument(
                Collections.disjoint(voters, learners) && Collections.disjoint(outgoing, learners),
                "C1: no node is voter and learner");
        Check.argument(
                outgoing.containsAll(learnersNext) && Collections.disjoint(voters, learnersNext),
                "C2: who becomes a learner votes no more");
        Check.argument(outgoing.isEmpty() || !voters.isEmpty(), "C3: somebody votes afterwards");
        Check.argument(learners.containsAll(promotable), "C4: only learners promote themselves");
    }

    /** A configuration that is not joint. */
    public Configuration(List<NodeId> voters, List<NodeId> learners) {
        this(voters, List.of(), learners, List.of(), List.of(), false);
    }

    private static List<NodeId> sorted(List<NodeId> nodes) {
        TreeSet<NodeId> distinct = new TreeSet<>(nodes);
        Check.argument(distinct.size() == nodes.size(), "C1: a member is named once");
        return Collections.unmodifiableList(new ArrayList<>(distinct));
    }

    private static TreeSet<NodeId> union(List<NodeId> some, List<NodeId> others, List<NodeId> more) {
        TreeSet<NodeId> all = new TreeSet<>(some);
        all.addAll(others);
        all.addAll(more);
        return all;
    }

    public static Configuration ofVoters(List<NodeId> voters) {
        return new Configuration(voters, List.of());
    }

    public boolean isEmpty() {
        return voters.isEmpty() && learners.isEmpty();
    }

    /** Whether incoming and outgoing voters decide together. */
    public boolean isJoint() {
        return !outgoing.isEmpty();
    }

    /** Whether the node votes, in either half. */
    public boolean isVoter(NodeId node) {
        return isIn(voters, node) || isIn(outgoing, node);
    }

    /** Whether the node receives the log and does not vote. */
    public boolean isLearner(NodeId node) {
        return isIn(learners, node);
    }

    /** Whether the leader makes the learner a voter by itself. */
    public boolean isPromotable(NodeId node) {
        return isIn(promotable, node);
    }

    private static boolean isIn(List<NodeId> nodes, NodeId node) {
        return Collections.binarySearch(nodes, node) >= 0;
    }

    public boolean isMember(NodeId node) {
        return isVoter(node) || isLearner(node);
    }

    /** Voters, then learners: everybody who receives the log. */
    public List<NodeId> members() {
        List<NodeId> members = new ArrayList<>(electorate());
        members.addAll(learners);
        return members;
    }

    /** Everybody who votes, in either half, sorted. */
    public List<NodeId> electorate() {
        return outgoing.isEmpty() ? voters : new ArrayList<>(union(voters, outgoing, List.of()));
    }

    /** Whose agreement decides. */
    public JointQuorum quorum() {
        return new JointQuorum(voters, outgoing);
    }

    /** The payload of a configuration entry. */
    public Bytes encode() {
        return ConfigurationForm.encode(this);
    }

    /**
     * Reads the payload of a configuration entry.
     *
     * @throws DecodeException if it is none
     */
    public static Configuration decode(Bytes payload) {
        return ConfigurationForm.decode(payload);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("voters=").append(voters);
        append(text, " outgoing=", outgoing);
        append(text, " learners=", learners);
        append(text, " learnersNext=", learnersNext);
        append(text, " promotable=", promotable);
        return text.append(forced ? " forced" : "").toString();
    }

    private static void append(StringBuilder text, String name, List<NodeId> nodes) {
        if (!nodes.isEmpty()) {
            text.append(name).append(nodes);
        }
    }

    /** The members by what they are, for tools. */
    void describe(Description out) {
        out.value("voters", names(voters()));
        out.value("outgoing", names(outgoing()));
        out.value("learners", names(learners()));
        out.value("learnersNext", names(learnersNext()));
        out.value("promotable", names(promotable()));
    }

    private static String names(List<NodeId> nodes) {
        StringBuilder text = new StringBuilder();
        for (NodeId node : nodes) {
            text.append(text.isEmpty() ? "" : ",").append(node.name());
        }
        return text.toString();
    }
}
