package io.orrery.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.kernel.NodeId;
import io.orrery.raft.MembershipChange.Kind;
import io.orrery.raft.MembershipChange.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ConfigurationChangeTest {
    private static final int NODES = 5;
    private static final List<NodeId> UNIVERSE = nodes((1 << NODES) - 1);

    private static List<NodeId> nodes(int set) {
        List<NodeId> nodes = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            if ((set >> i & 1) != 0) {
                nodes.add(NodeId.of("n" + i));
            }
        }
        return nodes;
    }

    /** Any two sets of voters among 5 nodes, with the change that leads from one to the other. */
    @Test
    void aChangeOfVotersIsSimpleOnlyWhereAllMajoritiesOverlapAndElseBothStepsDo() {
        int simple = 0;
        for (int before = 1; before < 1 << NODES; before++) {
            for (int after = 1; after < 1 << NODES; after++) {
                if (before == after) {
                    continue;
                }
                Configuration from = Configuration.ofVoters(nodes(before));
                Configuration next =
                        ConfigurationChange.apply(from, MembershipChange.replaceVoters(from, nodes(after)));
                assertOverlap(from, next);
                if (next.isJoint()) {
                    assertOverlap(next, ConfigurationChange.leaveJoint(next));
                    next = ConfigurationChange.leaveJoint(next);
                } else {
                    simple++;
                }
                assertThat(next).isEqualTo(Configuration.ofVoters(nodes(after)));
            }
        }
        assertThat(simple).as("one voter more or less").isEqualTo(NODES * (1 << NODES) - 2 * NODES);
    }

    /** By trying all sets of nodes: none decides in the one while all others decide in the other. */
    private static void assertOverlap(Configuration one, Configuration other) {
        for (int set = 0; set < 1 << NODES; set++) {
            List<NodeId> some = nodes(set);
            List<NodeId> others = nodes((1 << NODES) - 1 & ~set);
            if (decides(some, one) && decides(others, other)) {
                throw new AssertionError(some + " decides in " + one + ", and the others do in " + other);
            }
        }
    }

    private static boolean decides(List<NodeId> set, Configuration configuration) {
        return holdsMajority(set, configuration.voters())
                && (configuration.outgoing().isEmpty() || holdsMajority(set, configuration.outgoing()));
    }

    private static boolean holdsMajority(List<NodeId> set, List<NodeId> voters) {
        return 2 * voters.stream().filter(set::contains).count() > voters.size();
    }

    @Test
    void whoIsDemotedVotesInTheOutgoingHalfUntilThatIsLeft() {
        Configuration from = Configuration.ofVoters(nodes(0b111));
        NodeId demoted = NodeId.of("n0");
        MembershipChange change = MembershipChange.demote(demoted).and(MembershipChange.addVoter(NodeId.of("n3")));
        Configuration joint = ConfigurationChange.apply(from, change);
        assertThat(joint.outgoing()).isEqualTo(from.voters());
        assertThat(joint.learnersNext()).containsExactly(demoted);
        assertThat(joint.learners()).isEmpty();
        assertThat(ConfigurationChange.leaveJoint(joint)).isEqualTo(new Configuration(nodes(0b1110), List.of(demoted)));
    }

    @Test
    void whatDoesNotFitIsRefusedWithItsReason() {
        Configuration from = new Configuration(nodes(0b1), nodes(0b10));
        NodeId voter = NodeId.of("n0");
        NodeId learner = NodeId.of("n1");
        NodeId stranger = NodeId.of("x");
        assertThat(ConfigurationChange.objection(from, MembershipChange.addVoter(learner)))
                .contains("is a member");
        assertThat(ConfigurationChange.objection(from, MembershipChange.demote(learner)))
                .contains("not a voter");
        assertThat(ConfigurationChange.objection(from, MembershipChange.promote(voter)))
                .contains("not a learner");
        assertThat(ConfigurationChange.objection(from, MembershipChange.remove(stranger)))
                .contains("not a member");
        assertThat(ConfigurationChange.objection(from, MembershipChange.demote(voter)))
                .contains("only voter");
        Configuration joint = new Configuration(nodes(0b1), nodes(0b10), List.of(), List.of(), List.of(), false);
        assertThat(ConfigurationChange.objection(joint, MembershipChange.addLearner(stranger)))
                .contains("joint");
        Configuration full = Configuration.ofVoters(many(Configuration.MEMBERS_MAX));
        assertThat(ConfigurationChange.objection(full, MembershipChange.addLearner(stranger)))
                .contains("more than 64");
        assertThatThrownBy(() -> MembershipChange.remove(voter).and(MembershipChange.demote(voter)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<NodeId> many(int count) {
        List<NodeId> nodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            nodes.add(NodeId.of("m" + i));
        }
        return nodes;
    }

    /** From one voter on, whatever is asked for: what fits keeps the rules of a configuration, and majorities overlap. */
    @Property(tries = 300)
    void anySequenceOfChangesKeepsMembersApartAndQuorumsOverlapping(@ForAll("changes") List<MembershipChange> changes) {
        Configuration now = Configuration.ofVoters(nodes(0b1));
        for (MembershipChange change : changes) {
            if (ConfigurationChange.objection(now, change) != null) {
                continue;
            }
            Configuration next = ConfigurationChange.apply(now, change);
            assertKept(now, next);
            if (next.isJoint()) {
                Configuration left = ConfigurationChange.leaveJoint(next);
                assertKept(next, left);
                assertThat(left.learners()).containsAll(next.learnersNext());
                next = left;
            }
            assertThat(Configuration.decode(next.encode())).isEqualTo(next);
            now = next;
        }
    }

    private static void assertKept(Configuration before, Configuration after) {
        assertOverlap(before, after);
        assertThat(after.voters()).isNotEmpty();
        assertThat(Collections.disjoint(after.voters(), after.learners())).isTrue();
        assertThat(Collections.disjoint(after.outgoing(), after.learners())).isTrue();
        assertThat(after.learners()).containsAll(after.promotable());
    }

    @Provide
    Arbitrary<List<MembershipChange>> changes() {
        Arbitrary<Kind> kinds = Arbitraries.of(Kind.class);
        Arbitrary<List<Step>> steps = Arbitraries.subsetOf(UNIVERSE)
                .ofMinSize(1)
                .ofMaxSize(3)
                .flatMap(nodes -> kinds.list().ofSize(nodes.size()).map(drawn -> {
                    List<Step> named = new ArrayList<>();
                    for (NodeId node : nodes) {
                        named.add(new Step(drawn.get(named.size()), node));
                    }
                    return named;
                }));
        return steps.map(MembershipChange::new).list().ofMaxSize(40);
    }
}
