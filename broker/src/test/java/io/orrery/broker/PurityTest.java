package io.orrery.broker;

import io.orrery.kernel.purity.PurityRules;
import org.junit.jupiter.api.Test;

class PurityTest {
    @Test
    void theBrokerIsPure() {
        PurityRules.strict().check("io.orrery.broker");
    }
}
