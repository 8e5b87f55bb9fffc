package io.orrery.gossip;

import io.orrery.kernel.purity.PurityRules;
import org.junit.jupiter.api.Test;

class PurityTest {
    @Test
    void gossipIsPure() {
        PurityRules.strict().check("io.orrery.gossip");
    }
}
