package io.orrery.raft;

import io.orrery.kernel.purity.PurityRules;
import org.junit.jupiter.api.Test;

class PurityTest {
    @Test
    void raftIsPure() {
        PurityRules.strict().check("io.orrery.raft");
    }
}
