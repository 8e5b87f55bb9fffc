package io.orrery.sim.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class CausalConeTest {
    private final Recording chain = SmallRuns.chain("");

    @Test
    void aConeHoldsTheSendersOfItsMessagesAndWhatTheirNodesDidBefore() {
        CausalCone cone = CausalCone.of(chain, 16);
        for (long event : List.of(11L, 12L, 13L, 14L, 16L)) {
            assertTrue(cone.contains(event), "event " + event);
        }
        assertEquals(5, cone.size());
        assertEquals(3, cone.nodeCount());
    }

    @Test
    void aConeHoldsNothingThatNoMessageCarriedToIt() {
        CausalCone cone = CausalCone.of(chain, 16);
        assertFalse(cone.contains(15), "a went on after it had sent");
        assertFalse(cone.contains(17), "later than the tip");
        assertFalse(cone.contains(10), "not recorded");
    }

    @Test
    void anEventThatHeardNothingHasOnlyItsOwnNodesPast() {
        assertEquals(3, CausalCone.of(chain, 17).size());
        assertEquals(1, CausalCone.of(chain, 12).size());
    }

    @Test
    void theConeOfAnEventThatWasNotRecordedIsEmpty() {
        assertEquals(0, CausalCone.of(chain, 99).size());
        assertEquals(0, CausalCone.of(chain, 0).size());
    }
}
