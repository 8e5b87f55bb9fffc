package io.orrery.jepsen.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.sim.check.Budget;
import io.orrery.sim.check.CasRegister;
import io.orrery.sim.check.History;
import io.orrery.sim.check.Linearizability;
import io.orrery.sim.check.LinearizabilityResult;
import io.orrery.sim.check.Validity;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LinearizabilityTest {
    private static final CasRegister REGISTER = new CasRegister();

    static List<Path> accepted() {
        return Golden.files("register-accepted");
    }

    static List<Path> rejected() {
        return Golden.files("register-rejected");
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void goldenHistoryIsAccepted(Path file) {
        assertThat(check(Golden.history(file)).validity()).isEqualTo(Validity.VALID);
    }

    @ParameterizedTest
    @MethodSource("rejected")
    void goldenHistoryIsRejectedForTheRightOperation(Path file) {
        LinearizabilityResult result = check(Golden.history(file));
        assertThat(result.validity()).isEqualTo(Validity.INVALID);
        assertThat(result.culprit().invocation().index()).isEqualTo(Golden.number(file, "culprit"));
        assertThat(result.toString()).contains(result.culprit().toString());
    }

    private static LinearizabilityResult check(History history) {
        return Linearizability.check(REGISTER, history, Budget.DEFAULT);
    }
}
