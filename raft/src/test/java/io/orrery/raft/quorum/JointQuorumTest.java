package io.orrery.raft.quorum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.kernel.NodeId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All joint configurations of up to 5 and 5 voters, up to renaming: how many come, go and stay; beside the definition. */
class JointQuorumTest {
    private static final int HALF_MAX = 5;

    /** Incoming voters are numbered from 0, outgoing ones from {@code incoming - common}. */
    private record Shape(int incoming, int outgoing, int common) {
        int all() {
            return incoming + outgoing - common;
        }

        JointQuorum quorum() {
            return new JointQuorum(nodes(0, incoming), nodes(incoming - common, all()));
        }

        boolean isOutgoing(int node) {
            return node >= incoming - common && outgoing > 0;
        }
    }

    private static List<NodeId> nodes(int from, int to) {
        List<NodeId> nodes = new ArrayList<>();
        for (int i = from; i < to; i++) {
            nodes.add(NodeId.of("n" + i));
        }
        return nodes;
    }

    private static List<Shape> shapes() {
        List<Shape> shapes = new ArrayList<>();
        for (int incoming = 1; incoming <= HALF_MAX; incoming++) {
            for (int outgoing = 0; outgoing <= HALF_MAX; outgoing++) {
                for (int common = 0; common <= Math.min(incoming, outgoing); common++) {
                    shapes.add(new Shape(incoming, outgoing, common));
                }
            }
        }
        return shapes;
    }

    /** The definition: more than half of the incoming, and more than half of the outgoing voters if there are any. */
    private static boolean decides(Shape shape, boolean[] says) {
        int incoming = 0;
        int outgoing = 0;
        for (int node = 0; node < shape.all(); node++) {
            incoming += says[node] && node < shape.incoming ? 1 : 0;
            outgoing += says[node] && shape.isOutgoing(node) ? 1 : 0;
        }
        return 2 * incoming > shape.incoming && (shape.outgoing == 0 || 2 * outgoing > shape.outgoing);
    }

    @Test
    void aSetDecidesIfItHoldsAMajorityOfEachHalf() {
        for (Shape shape : shapes()) {
            JointQuorum quorum = shape.quorum();
            for (int set = 0; set < 1 << shape.all(); set++) {
                boolean[] says = new boolean[shape.all()];
                for (int node = 0; node < says.length; node++) {
                    says[node] = (set >> node & 1) != 0;
                }
                if (quorum.isQuorum(set) != decides(shape, says)
                        || quorum.isQuorum(node -> says[quorum.place(node)]) != decides(shape, says)) {
                    throw new AssertionError(shape + " set " + set);
                }
            }
        }
    }

    @Test
    void anyQuorumOfAJointConfigurationSharesAVoterWithAnyOfTheConfigurationsBeforeAndAfter() {
        for (Shape shape : shapes()) {
            if (shape.outgoing > 0) {
                JointQuorum joint = shape.quorum();
                for (long set = 0; set < 1 << shape.all(); set++) {
                    long others = joint.all() & ~set;
                    if (joint.isQuorum(set)
                            && (holdsMajority(others, joint.incoming()) || holdsMajority(others, joint.outgoing()))) {
                        throw new AssertionError(shape + " set " + set);
                    }
                }
            }
        }
    }

    private static boolean holdsMajority(long set, long half) {
        return 2 * Long.bitCount(set & half) > Long.bitCount(half);
    }

    /** All answers, none, yes or no, of all voters. */
    @Test
    void aRoundIsWonByAQuorumAndLostWhenNoneCanBeReached() {
        for (Shape shape : shapes()) {
            JointQuorum quorum = shape.quorum();
            int assignments = (int) Math.pow(3, shape.all());
            boolean[] yes = new boolean[shape.all()];
            boolean[] yesOrOpen = new boolean[shape.all()];
            for (int assignment = 0; assignment < assignments; assignment++) {
                VoteTally tally = new VoteTally(quorum);
                int rest = assignment;
                for (int node = 0; node < shape.all(); node++, rest /= 3) {
                    yes[node] = rest % 3 == 1;
                    yesOrOpen[node] = rest % 3 != 2;
                    if (rest % 3 != 0) {
                        tally.record(quorum.voters().get(node), yes[node]);
                    }
                }
                VoteTally.Result expected = decides(shape, yes)
                        ? VoteTally.Result.WON
                        : decides(shape, yesOrOpen) ? VoteTally.Result.PENDING : VoteTally.Result.LOST;
                if (tally.result() != expected) {
                    throw new AssertionError(shape + " " + tally + " is " + tally.result());
                }
            }
        }
    }

    /** All assignments of the indexes 0, 1 and 2 to all voters. */
    @Test
    void theCommitIndexIsTheLargestThatAQuorumHas() {
        for (Shape shape : shapes()) {
            CommitIndex logs = new CommitIndex(shape.quorum());
            int assignments = (int) Math.pow(3, shape.all());
            boolean[] has = new boolean[shape.all()];
            for (int assignment = 0; assignment < assignments; assignment++) {
                int rest = assignment;
                for (int node = 0; node < shape.all(); node++, rest /= 3) {
                    logs.put(node, rest % 3);
                }
                long expected = 0;
                for (int index = 1; index <= 2; index++) {
                    rest = assignment;
                    for (int node = 0; node < shape.all(); node++, rest /= 3) {
                        has[node] = rest % 3 >= index;
                    }
                    expected = decides(shape, has) ? index : expected;
                }
                if (logs.reached() != expected) {
                    throw new AssertionError(shape + " of " + assignment + " reached " + logs.reached());
                }
            }
        }
    }

    @Test
    void strangersHaveNoPlaceAndMoreThan64VotersAreRefused() {
        JointQuorum quorum = new JointQuorum(nodes(0, 2), nodes(1, 3));
        assertThat(quorum.voters()).isEqualTo(nodes(0, 3));
        assertThat(quorum.place(NodeId.of("x"))).isNegative();
        assertThat(quorum).hasToString("2 incoming and 2 outgoing voters");
        assertThat(new JointQuorum(nodes(0, 64), nodes(0, 64)).isQuorum(-1L)).isTrue();
        assertThatThrownBy(() -> new JointQuorum(nodes(0, 64), nodes(1, 65)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nobodyDecidesWhereNobodyVotes() {
        assertThat(new JointQuorum(List.of(), List.of()).isQuorum(-1L)).isFalse();
    }
}
