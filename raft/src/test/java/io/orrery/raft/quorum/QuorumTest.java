package io.orrery.raft.quorum;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.NodeId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuorumTest {
    @Test
    void anyTwoMajoritiesShareAVoterAndHalfIsNone() {
        for (int voters = 1; voters <= 10; voters++) {
            assertThat(2 * Majority.of(voters)).isGreaterThan(voters);
            assertThat(2 * (Majority.of(voters) - 1)).isLessThanOrEqualTo(voters);
        }
    }

    /** All assignments of indexes 0 to 4 to up to 5 voters, beside the definition. */
    @Test
    void theCommitIndexIsTheLargestThatAMajorityHas() {
        for (int voters = 1; voters <= 5; voters++) {
            int assignments = (int) Math.pow(5, voters);
            for (int assignment = 0; assignment < assignments; assignment++) {
                long[] acknowledged = new long[voters + 2];
                acknowledged[voters] = 99;
                int rest = assignment;
                for (int i = 0; i < voters; i++) {
                    acknowledged[i] = rest % 5;
                    rest /= 5;
                }
                long expected = largestOfMajority(acknowledged, voters);
                assertThat(CommitIndex.of(acknowledged, voters)).isEqualTo(expected);
            }
        }
    }

    private static long largestOfMajority(long[] acknowledged, int voters) {
        for (long index = 4; index > 0; index--) {
            int have = 0;
            for (int i = 0; i < voters; i++) {
                have += acknowledged[i] >= index ? 1 : 0;
            }
            if (2 * have > voters) {
                return index;
            }
        }
        return 0;
    }

    /** All answers (none, yes, no) of up to 5 voters, beside the definition. */
    @Test
    void aRoundIsWonByAMajorityAndLostWhenNoneCanBeReached() {
        for (int voters = 0; voters <= 5; voters++) {
            int assignments = (int) Math.pow(3, voters);
            for (int assignment = 0; assignment < assignments; assignment++) {
                VoteTally tally = new VoteTally(new JointQuorum(nodes(voters), List.of()));
                int yes = 0;
                int open = 0;
                int rest = assignment;
                for (int i = 0; i < voters; i++) {
                    if (rest % 3 == 0) {
                        open++;
                    } else {
                        assertThat(tally.record(NodeId.of("n" + i), rest % 3 == 1))
                                .isTrue();
                        yes += rest % 3 == 1 ? 1 : 0;
                    }
                    rest /= 3;
                }
                boolean won = 2 * yes > voters;
                boolean lost = 2 * (yes + open) <= voters;
                VoteTally.Result expected =
                        won ? VoteTally.Result.WON : lost ? VoteTally.Result.LOST : VoteTally.Result.PENDING;
                assertThat(tally.result()).as(tally.toString()).isEqualTo(expected);
            }
        }
    }

    @Test
    void aVotersFirstAnswerCountsAndStrangersDoNot() {
        VoteTally tally = new VoteTally(new JointQuorum(nodes(3), List.of()));
        assertThat(tally.record(NodeId.of("n0"), false)).isTrue();
        assertThat(tally.record(NodeId.of("n0"), true)).isFalse();
        assertThat(tally.record(NodeId.of("stranger"), true)).isFalse();
        assertThat(tally.granted()).isZero();
        assertThat(tally.refused()).isEqualTo(1);
    }

    private static List<NodeId> nodes(int count) {
        List<NodeId> nodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            nodes.add(NodeId.of("n" + i));
        }
        return nodes;
    }
}
