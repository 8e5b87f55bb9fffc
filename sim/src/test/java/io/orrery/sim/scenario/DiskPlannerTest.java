package io.orrery.sim.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Which faults of disks a swarm plans, and how many of them at once. */
class DiskPlannerTest {
    private static final String HEADER = "seed 1 nodes 5 workload a horizon 9s\n";

    private static Scenario planned(Trouble trouble, long seed) {
        Scenario calm = Scenario.calm(seed, 5, "any", Time.seconds(300));
        return calm.plan(FaultProfile.only(trouble).plan(new Prng(seed), calm.nodes(), calm.horizonNanos()));
    }

    @Test
    void eachTroubleOfDisksHasLinesAndIsWithinTheBudgetUnlessItIsNotPromised() {
        for (Trouble trouble : Trouble.values()) {
            if (trouble.family != Trouble.Family.DISK) {
                continue;
            }
            for (long seed = 0; seed < 20; seed++) {
                Scenario scenario = planned(trouble, seed);
                assertFalse(scenario.plan().faults().isEmpty(), trouble + " has lines");
                assertEquals(scenario, Scenario.parse(scenario.toString()));
                String objection = FaultBudget.objection(scenario);
                if (trouble.unpromised == null) {
                    assertNull(objection, trouble + ": " + objection);
                } else {
                    assertTrue(objection.endsWith(trouble.unpromised), trouble + ": " + objection);
                }
            }
        }
    }

    @Test
    void swarmHasEveryPromisedFaultOfDisksAndNoOther() {
        TreeSet<String> kinds = new TreeSet<>();
        boolean allAtOnce = false;
        for (long seed = 0; seed < 100; seed++) {
            Scenario drawn = FaultProfile.drawFor(Scenario.calm(seed, 5, "any", Time.seconds(60)));
            for (TimedFault timed : drawn.plan().faults()) {
                kinds.add(timed.fault().kind());
                allAtOnce |= timed.fault() instanceof NodeFault.PowerLoss loss
                        && loss.nodes().size() == 5;
            }
        }
        assertTrue(allAtOnce, "all nodes lose power at once in some plan");
        assertTrue(kinds.containsAll(List.of(
                "disk-slow",
                "disk-limp",
                "disk-sector",
                "disk-full",
                "disk-freeze",
                "disk-thaw",
                "disk-space",
                "disk-fail-sync",
                "disk-misdirect-read",
                "disk-bad-sector",
                "disk-repair")));
        for (String beyond : List.of("disk-rot", "disk-misdirect-write", "disk-wipe", "disk-lie")) {
            assertFalse(kinds.contains(beyond), beyond);
        }
    }

    @Test
    void aNodeWithABadSectorOrARottenSnapshotCountsAsDownToTheEnd() {
        String two = HEADER + "at 1s disk n1 bad-sector\nat 1s disk n2 rot-snapshot\n";
        assertNull(FaultBudget.objection(Scenario.parse(two)));
        assertEquals(
                "at 5s crash n3: it takes down 3 of 5 nodes at once",
                FaultBudget.objection(Scenario.parse(two + "at 5s crash n3\nat 6s restart n3\n")));
        assertNull(FaultBudget.objection(Scenario.parse(two + "at 5s crash n2\nat 6s restart n2\n")));
        assertEquals(List.of(NodeId.of("n1"), NodeId.of("n2")), List.copyOf(FaultBudget.mayLose(Scenario.parse(two))));
    }

    @Test
    void wipedDisksAreDrawnWhereNodesKnowThatTheyForgotAndCountAsDownToTheEnd() {
        int wiped = 0;
        for (long seed = 0; seed < 100; seed++) {
            Scenario drawn = FaultProfile.drawFor(Scenario.calm(seed, 5, "raft", Time.seconds(60)));
            assertNull(FaultBudget.objection(drawn), "seed " + seed);
            wiped += drawn.plan().faults().stream().anyMatch(timed -> timed.fault() instanceof DiskFault.Wipe) ? 1 : 0;
        }
        assertTrue(wiped > 10, wiped + " of 100 plans wipe a disk");
        String two = "seed 1 nodes 5 workload raft horizon 9s\nat 1s wipe n1\nat 1s wipe n2\n";
        assertNull(FaultBudget.objection(Scenario.parse(two)));
        assertEquals(
                "at 5s crash n3: it takes down 3 of 5 nodes at once",
                FaultBudget.objection(Scenario.parse(two + "at 5s crash n3\nat 6s restart n3\n")));
    }

    @Test
    void whatIsNotPromisedIsObjectedToWithTheReason() {
        List<String> objections = new ArrayList<>();
        for (String fault : List.of("disk n1 rot", "disk n1 misdirect-write", "disk n1 lie", "wipe n1")) {
            objections.add(FaultBudget.objection(Scenario.parse(HEADER + "at 1s " + fault + "\n")));
        }
        assertEquals("at 1s disk n1 rot: " + DiskBudget.LAST_BATCH, objections.get(0));
        assertEquals("at 1s disk n1 misdirect-write: " + DiskBudget.LAST_BATCH, objections.get(1));
        assertEquals("at 1s disk n1 lie: " + DiskBudget.MEMORY, objections.get(2));
        assertEquals("at 1s wipe n1: " + DiskBudget.MEMORY, objections.get(3));
        assertEquals(
                "the plan leaves disks of [n1] full or frozen at the horizon",
                FaultBudget.objection(Scenario.parse(HEADER + "at 1s disk n1 full\n")));
        assertNull(FaultBudget.objection(Scenario.parse(HEADER + "at 1s disk n1 full\nat 2s disk n1 space\n")));
        assertNull(FaultBudget.objection(Scenario.parse(HEADER + "at 1s disk n1 freeze\nat 2s disk n1 thaw\n")));
    }
}
