package io.orrery.sim;

import io.orrery.kernel.purity.PurityRules;
import org.junit.jupiter.api.Test;

class PurityTest {
    @Test
    void theSimulatorIsPure() {
        PurityRules.strict().check("io.orrery.sim", "io.orrery.sim.junit");
    }
}
