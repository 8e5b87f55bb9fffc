package io.orrery.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.DecodeException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigurationTest {
    private static final NodeId A = NodeId.of("a");
    private static final NodeId B = NodeId.of("b");
    private static final NodeId C = NodeId.of("c");

    @Test
    void membersAreSortedAndInOneRoleOnly() {
        Configuration configuration = new Configuration(List.of(B, A), List.of(C));
        assertThat(configuration.voters()).containsExactly(A, B);
        assertThat(configuration.members()).containsExactly(A, B, C);
        assertThat(configuration.isVoter(C)).isFalse();
        assertThatThrownBy(() -> new Configuration(List.of(A), List.of(A)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Configuration(List.of(A, A), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void changesMoveOneMember() {
        Configuration configuration = Configuration.ofVoters(List.of(A, B)).withLearner(C);
        assertThat(configuration.isLearner(C)).isTrue();
        assertThat(configuration.withPromoted(C)).isEqualTo(Configuration.ofVoters(List.of(A, B, C)));
        assertThat(configuration.without(A)).isEqualTo(new Configuration(List.of(B), List.of(C)));
    }

    @Test
    void whatIsEncodedIsDecoded() {
        Configuration configuration = new Configuration(List.of(A, B), List.of(C));
        assertThat(Configuration.decode(configuration.encode())).isEqualTo(configuration);
        assertThat(Configuration.decode(Configuration.EMPTY.encode())).isEqualTo(Configuration.EMPTY);
    }

    @Test
    void anyOtherBytesAreRefusedAndNothingElseIsThrown() {
        Prng prng = new Prng(1);
        byte[] good = new Configuration(List.of(A, B), List.of(C)).encode().toByteArray();
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = prng.chance(500_000) ? good.clone() : new byte[prng.below(20)];
            for (int changes = prng.below(4); changes > 0 && bytes.length > 0; changes--) {
                bytes[prng.below(bytes.length)] = (byte) prng.nextLong();
            }
            try {
                Configuration.decode(Bytes.wrap(bytes));
            } catch (DecodeException expected) {
                assertThat(expected.getMessage()).isNotEmpty();
            }
        }
    }
}
