package io.orrery.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.DecodeException;
import java.util.HexFormat;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ConfigurationTest {
    private static final NodeId A = NodeId.of("a");
    private static final NodeId B = NodeId.of("b");
    private static final NodeId C = NodeId.of("c");
    private static final NodeId D = NodeId.of("d");

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
    void aJointConfigurationHasBothHalvesAndNoNodeTwoRoles() {
        Configuration joint = new Configuration(List.of(C), List.of(A, B), List.of(), List.of(B), List.of(), false);
        assertThat(joint.isJoint()).isTrue();
        assertThat(joint.electorate()).containsExactly(A, B, C);
        assertThat(joint.isVoter(A)).isTrue();
        assertThat(joint.isLearner(B))
                .as("until the joint configuration is left")
                .isFalse();
        assertRefused(() -> new Configuration(List.of(C), List.of(A), List.of(A), List.of(), List.of(), false), "C1");
        assertRefused(() -> new Configuration(List.of(C), List.of(A), List.of(), List.of(B), List.of(), false), "C2");
        assertRefused(() -> new Configuration(List.of(A), List.of(A), List.of(), List.of(A), List.of(), false), "C2");
        assertRefused(() -> new Configuration(List.of(), List.of(A), List.of(), List.of(), List.of(), false), "C3");
        assertRefused(() -> new Configuration(List.of(A), List.of(), List.of(), List.of(), List.of(A), false), "C4");
    }

    private static void assertRefused(ThrowingCallable construction, String why) {
        assertThatThrownBy(construction)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    /** Golden: form 1 is what earlier releases wrote and read, form 2 has a first byte that they refuse. */
    @Test
    void formsAreOldWhereTheyCanBeAndNewWhereTheyMust() {
        Configuration old = new Configuration(List.of(A, B), List.of(C));
        assertThat(hex(old)).isEqualTo("0201610162" + "010163");
        Configuration joint =
                new Configuration(List.of(B, C), List.of(A, B), List.of(D), List.of(A), List.of(D), false);
        assertThat(hex(joint)).isEqualTo("7f00" + "0201620163" + "010164" + "0201610162" + "010161" + "010164");
        Configuration forced = new Configuration(List.of(A), List.of(), List.of(), List.of(), List.of(), true);
        assertThat(hex(forced)).isEqualTo("7f01" + "010161" + "00" + "00" + "00" + "00");
        for (Configuration each : List.of(old, joint, forced)) {
            assertThat(Configuration.decode(each.encode())).isEqualTo(each);
        }
    }

    private static String hex(Configuration configuration) {
        return HexFormat.of().formatHex(configuration.encode().toByteArray());
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
        byte[] simple = new Configuration(List.of(A, B), List.of(C)).encode().toByteArray();
        byte[] joint = new Configuration(List.of(B), List.of(A), List.of(C), List.of(A), List.of(C), false)
                .encode()
                .toByteArray();
        for (int i = 0; i < 40_000; i++) {
            byte[] good = i % 2 == 0 ? simple : joint;
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
