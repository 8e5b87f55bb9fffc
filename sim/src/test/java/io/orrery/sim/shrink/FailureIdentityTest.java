package io.orrery.sim.shrink;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.NodeId;
import io.orrery.sim.Failure;
import org.junit.jupiter.api.Test;

class FailureIdentityTest {
    private static FailureIdentity of(Failure.Kind kind, String message) {
        return FailureIdentity.of(new Failure(kind, message, NodeId.of("n2"), 5, 7, 9));
    }

    private static FailureIdentity safety(String message) {
        return of(Failure.Kind.SAFETY, message);
    }

    @Test
    void numbersNodesAndValuesDoNotCount() {
        assertThat(safety("P1 election safety: two leaders in one term [7]"))
                .isEqualTo(safety("P1 election safety: two leaders in one term [12]"));
        assertThat(safety("D1: 5:3 on t/a was acknowledged, and client 4 at n2 has not got it"))
                .isEqualTo(safety("D1: 6:1 on t/b/x was acknowledged, and client 11 at n3 has not got it"));
        assertThat(safety("K1: the history of key a is not linearizable: get v3 at 7"))
                .isEqualTo(safety("K1: the history of key b is not linearizable: append v9"));
        assertThat(safety("S1: topic-3 was created twice")).isEqualTo(safety("S1: topic-44 was created twice"));
        assertThat(of(Failure.Kind.HALT, "io.orrery.raft.log.CorruptWalException: wal is corrupt: wal-1.log at 5"))
                .isEqualTo(of(Failure.Kind.HALT, "io.orrery.raft.log.CorruptWalException: wal is corrupt: wal-7.log"));
    }

    @Test
    void anotherClaimIsAnotherFailure() {
        assertThat(safety("P5: a committed entry was cut off"))
                .isNotEqualTo(safety("P5: an entry was applied that nobody has committed"));
        assertThat(safety("I3: a leader contradicts a committed entry"))
                .isNotEqualTo(of(Failure.Kind.HALT, "I3: a leader contradicts a committed entry"));
        assertThat(safety("K2: a command is applied twice"))
                .isNotEqualTo(safety("K2: an acknowledged command is lost"));
        assertThat(of(Failure.Kind.HALT, "java.lang.NullPointerException: no leader"))
                .isNotEqualTo(of(Failure.Kind.HALT, "java.lang.IllegalStateException: no leader"));
    }

    @Test
    void ofAStallOnlyTheKindCounts() {
        assertThat(of(Failure.Kind.LIVENESS, "no leader: n1=CANDIDATE"))
                .isEqualTo(of(Failure.Kind.LIVENESS, "n2 down"));
    }
}
