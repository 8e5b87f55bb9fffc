package io.orrery.raft.check;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.raft.Configuration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** P12, over all pairs of configurations that matter. */
class SuccessionTest {
    private static final Configuration THREE = voters(1, 2, 3);

    private static List<NodeId> nodes(int... numbers) {
        return Arrays.stream(numbers).mapToObj(n -> NodeId.of("n" + n)).toList();
    }

    private static Configuration voters(int... numbers) {
        return Configuration.ofVoters(nodes(numbers));
    }

    private static void rejects(String claim, Configuration before, Configuration next, long commitIndex) {
        assertThatThrownBy(() -> Succession.check(before, 5, next, 6, commitIndex))
                .isInstanceOf(Check.Violation.class)
                .hasMessageContaining(claim);
    }

    private static void accepts(Configuration before, Configuration next) {
        assertThatCode(() -> Succession.check(before, 5, next, 6, 5)).doesNotThrowAnyException();
    }

    @Test
    void oneVoterMoreOrLessBehindACommittedConfigurationIsAccepted() {
        accepts(THREE, voters(1, 2, 3, 4));
        accepts(voters(1, 2, 3, 4), THREE);
        accepts(THREE, voters(1, 2));
    }

    @Test
    void aConfigurationBehindOneThatIsNotCommittedIsRejected() {
        rejects("follows one that is not committed", THREE, voters(1, 2, 3, 4), 4);
    }

    @Test
    void twoVotersExchangedInOneStepAreRejected() {
        rejects("quorums without a common node", THREE, voters(1, 4, 5), 5);
        rejects("quorums without a common node", THREE, voters(1, 2, 3, 4, 5), 5);
        rejects("quorums without a common node", voters(1), voters(2), 5);
    }
}
