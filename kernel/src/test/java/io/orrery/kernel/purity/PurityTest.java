package io.orrery.kernel.purity;

import io.orrery.kernel.Prng;
import org.junit.jupiter.api.Test;

class PurityTest {
    @Test
    void theKernelIsPureExceptItsHost() {
        // Prng: the one place where a logarithm is taken, by StrictMath, on the way to an integer.
        PurityRules.strict().allowing("P5", Prng.class).check("io.orrery.kernel", "io.orrery.kernel.host");
    }
}
