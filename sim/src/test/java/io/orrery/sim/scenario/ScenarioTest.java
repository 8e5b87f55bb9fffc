package io.orrery.sim.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import io.orrery.sim.network.LinkPolicy;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ScenarioTest {
    private static final String EVERYTHING = """
            seed -42
            nodes 5
            workload queue-ops
            rate 200/s
            horizon 60s
            settle 10s
            at 0ms link * delay 200us..3ms loss 1000ppm duplicate 100ppm reorder 7ppm
            at 1ns link n1>n2 healthy
            at 1200ms partition n1,n2 | n3,n4 | n5
            at 1200ms heal
            at 1210ms partition n1,n2 > n3,n4
            at 1220ms bridge n3 : n1,n2 | n4,n5
            at 1230ms ring n1,n5,n2,n4,n3
            at 1240ms flap n1,n2 | n3,n4,n5 every 300ms for 5s
            at 1500ms link n3>n4 cut
            at 1600ms link n3>n4 mend
            at 1700ms isolate n2
            at 1800ms link n3>n4 loss 1000000ppm
            at 1810ms link n3>n4 delay exp 30ms min 5ms corrupt 50ppm
            at 1820ms link n3>n4 delay exp 30ms forge 5ppm
            at 1830ms link n3>n4 delay tail 200us..800us 1000ppm 100ms
            at 1840ms link n3>n4 clog
            at 1850ms link n3>n4 unclog
            at 1860ms link n3>n4 far 30ms
            at 1870ms swizzle n1,n3,n2 2s
            at 1900ms stream n1>n2 reset
            at 2s crash n3
            at 3500ms restart n3
            at 3550ms crash n3 syncing
            at 3550ms crash n3 after 17 events
            at 3550ms crash n3 after 5 writes
            at 3600ms pause n3 800ms
            at 3610ms busy n2 3ms for 2s
            at 3620ms busy n2 1ms..3ms for 2s
            at 3630ms busy n2 exp 1ms for 2s
            at 3640ms busy n2 tail 10us..50us 1000ppm 500ms for 9s
            at 4s disk n2 slow 40ms
            at 4s disk n2 fail-sync
            at 4s disk n2 healthy
            at 4s disk n2 sector 512
            at 4s disk n2 sector 4096
            at 4s disk n2 limp 200KB/s
            at 4s disk n2 limp 1MB/s
            at 4s disk n2 full
            at 4s disk n2 full after 64KB
            at 4s disk n2 full after 1234B
            at 4s disk n2 space
            at 4s disk n2 freeze
            at 4s disk n2 thaw
            at 4s disk n2 lie
            at 4s disk n2 honest
            at 4s disk n2 misdirect-write
            at 4s disk n2 misdirect-read
            at 4s disk n2 bad-sector
            at 4s disk n2 overwrite-log
            at 4s disk n2 rot
            at 4s wipe n2
            at 4100ms clock n5 drift +200ppm
            at 4100ms clock n5 drift -200ppm
            at 4150ms clock n5 skew +250ms
            at 4160ms clock n5 skew -250ms
            at 4200ms clock n5 step +3s
            at 4300ms clock n5 step -1500us
            """;

    @Test
    void textOfEveryKindOfLineComesBackAsItWas() {
        assertEquals(EVERYTHING, Scenario.parse(EVERYTHING).toString());
    }

    @Test
    void drawnPlansComeBackFromTheirText() {
        int kinds = 0;
        for (long seed = 0; seed < 300; seed++) {
            int nodes = 1 + (int) (seed % 7);
            Scenario drawn = FaultProfile.drawFor(Scenario.calm(seed, nodes, "any", Time.seconds(60)));
            kinds = Math.max(kinds, (int) drawn.plan().faults().stream()
                    .map(timed -> timed.fault().kind())
                    .distinct()
                    .count());
            assertEquals(drawn, Scenario.parse(drawn.toString()));
        }
        assertTrue(kinds >= 10, "some plan has many kinds of faults, not " + kinds);
    }

    @Test
    void drawnPlansStayWithinTheBudget() {
        for (long seed = 0; seed < 300; seed++) {
            Scenario drawn = FaultProfile.drawFor(Scenario.calm(seed, 5, "any", Time.seconds(60)));
            assertEquals(null, FaultBudget.objection(drawn), "seed " + seed);
        }
    }

    @Test
    void everyKindOfTroubleComesIntoSomePlan() {
        TreeSet<String> kinds = new TreeSet<>();
        for (long seed = 0; seed < 200; seed++) {
            Scenario drawn = FaultProfile.drawFor(Scenario.calm(seed, 5, "any", Time.seconds(60)));
            drawn.plan().faults().forEach(timed -> kinds.add(timed.fault().kind()));
        }
        for (String kind : List.of(
                "busy",
                "clock-drift",
                "clock-skew",
                "clock-step",
                "clog",
                "crash",
                "crash-after-events",
                "crash-after-writes",
                "crash-syncing",
                "cut",
                "isolate",
                "link",
                "link-all",
                "link-far",
                "partition",
                "partition-bridge",
                "partition-flapping",
                "partition-one-way",
                "partition-ring",
                "pause",
                "power-loss",
                "stream-reset",
                "swizzle")) {
            assertTrue(kinds.contains(kind), kind + " in " + kinds);
        }
    }

    @Test
    void planOfADayIsBoundedInItsLength() {
        Scenario day = FaultProfile.uniformFor(Scenario.calm(1, 5, "any", Scenario.HORIZON_NANOS_MAX));
        assertTrue(
                day.plan().faults().size() < 20_000,
                "lines: " + day.plan().faults().size());
    }

    @Test
    void differentSeedsTurnDifferentFaultsOff() {
        for (Trouble trouble : Trouble.values()) {
            int on = 0;
            for (long seed = 0; seed < 200; seed++) {
                on += FaultProfile.draw(new Prng(seed), "any").intervalNanos(trouble) > 0 ? 1 : 0;
            }
            boolean fits = trouble.unpromised == null ? on > 60 && on < 140 : on == 0;
            assertTrue(fits, trouble + " in " + on + " of 200");
        }
    }

    @Test
    void headerMayStandOnOneLineAndCommentsAnywhere() {
        Scenario scenario = Scenario.parse("# what this shows\nseed 1 nodes 2 workload a horizon 1s # short\n\n"
                + "  at 5ms   crash n2   # and stays down\n");
        assertEquals(1, scenario.seed());
        assertEquals(Scenario.RATE_DEFAULT, scenario.ratePerSecond());
        assertEquals(Scenario.SETTLE_NANOS_DEFAULT, scenario.settleNanos());
        assertEquals(
                List.of(new TimedFault(Time.millis(5), new NodeFault.Crash(NodeId.of("n2")))),
                scenario.plan().faults());
    }

    @Test
    void planIsSortedByTimeAndKeepsTheOrderOfOneTime() {
        Scenario scenario = Scenario.parse("seed 1 nodes 2 workload a horizon 1s\n"
                + "at 9ms heal\nat 5ms crash n2\nat 5ms restart n2\nat 5ms crash n1\n");
        assertEquals(
                "at 5ms crash n2\nat 5ms restart n2\nat 5ms crash n1\nat 9ms heal\n",
                scenario.plan().toString());
    }

    @Test
    void linkLineStartsFromAHealthyLink() {
        Scenario scenario = Scenario.parse("seed 1 nodes 2 workload a horizon 1s\nat 0s link n1>n2 loss 5ppm\n");
        assertEquals(
                new NetworkFault.Condition(NodeId.of("n1"), NodeId.of("n2"), LinkPolicy.LAN.loss(5)),
                scenario.plan().faults().get(0).fault());
    }

    private static void assertRefused(String text, int line, int column, String message) {
        ScenarioException refused = assertThrows(ScenarioException.class, () -> Scenario.parse(text));
        assertEquals("line " + line + ", column " + column + ": " + message, refused.getMessage());
        assertEquals(line, refused.line());
        assertEquals(column, refused.column());
    }

    private static void assertFaultRefused(String fault, int column, String message) {
        assertRefused("seed 1 nodes 3 workload a horizon 9s\nat 1s " + fault, 2, 7 + column, message);
    }

    @Test
    void misspelledWordsAreAnsweredWithTheNearest() {
        assertRefused(
                "seed 1\nnods 5",
                2,
                1,
                "expected one of at, expect, horizon, nodes, operations, rate, seed, settle, workload, found 'nods'; did you mean 'nodes'?");
        ScenarioException refused =
                assertThrows(ScenarioException.class, () -> Scenario.parse("seed 1 nodes 3\nat 1s partitoin n1 | n2"));
        assertTrue(refused.getMessage()
                .startsWith("line 2, column 7: expected one of bridge, busy, clock, crash, disk, "));
        assertTrue(refused.getMessage().endsWith(", found 'partitoin'; did you mean 'partition'?"));
        assertFaultRefused(
                "disk n1 slwo 4ms",
                8,
                "expected one of bad-sector, fail-sync, freeze, full, healthy, honest, lie, limp, misdirect-read, "
                        + "misdirect-write, overwrite-log, rot, rot-snapshot, sector, slow, space, thaw, found 'slwo'; did you mean 'slow'?");
        assertFaultRefused("stream n1>n2 rest", 13, "expected reset, found 'rest'");
        assertFaultRefused("clock n1 xyzzyxyzzy", 9, "expected one of drift, skew, step, found 'xyzzyxyzzy'");
    }

    @Test
    void wrongValuesAreAnsweredWithWhatWasExpected() {
        assertFaultRefused("crash n4", 6, "expected a node from n1 to n3, found 'n4'");
        assertFaultRefused("crash", 5, "expected a node, found the end of the line");
        assertFaultRefused("crash n1 n2", 9, "expected the end of the line, found 'n2'");
        assertFaultRefused("pause n1 8", 9, "expected a pause such as 200us, 40ms or 3s, found '8'");
        assertFaultRefused("pause n1 -8ms", 9, "expected a pause such as 200us, 40ms or 3s, found '-8ms'");
        assertFaultRefused("pause n1 99999s", 9, "expected a pause of at most 60s, found '99999s'");
        assertFaultRefused(
                "pause n1 99999999999999999999s",
                9,
                "expected a pause such as 200us, 40ms or 3s, found '99999999999999999999s'");
        assertFaultRefused("link n1 cut", 5, "expected a direction such as n1>n2, found 'n1'");
        assertFaultRefused("link n1>n1 cut", 5, "expected a direction between two nodes, found 'n1>n1'");
        assertFaultRefused("link * delay 3ms", 13, "expected a delay such as 200us..3ms, found '3ms'");
        assertFaultRefused(
                "link * delay 3ms..1ms",
                13,
                "expected a delay whose first bound is not above its second, found '3ms..1ms'");
        assertFaultRefused("link * loss 5", 12, "expected a probability such as 1000ppm, found '5'");
        assertFaultRefused(
                "link * loss 1000001ppm", 12, "expected a probability from 0ppm to 1000000ppm, found '1000001ppm'");
        assertFaultRefused(
                "link * cut",
                7,
                "expected one of corrupt, delay, duplicate, forge, healthy, loss, reorder, found 'cut'");
        assertFaultRefused("partition n1,n2 | n2", 18, "expected each node in one group, found n2 twice");
        assertFaultRefused("clock n1 step 3s", 14, "expected a step with its sign, such as +3s or -3s, found '3s'");
    }

    @Test
    void wrongSizesAreAnsweredWithWhatWasExpected() {
        assertFaultRefused("disk n1 sector 1024", 15, "expected one of 512, 4096, found '1024'");
        assertFaultRefused("disk n1 limp 200KB", 13, "expected a rate such as 64KB/s, found '200KB'");
        assertFaultRefused("disk n1 limp 5B/s", 13, "expected a rate from 1KB/s to 1000MB/s, found '5B/s'");
        assertFaultRefused("disk n1 full after 64", 19, "expected room such as 64KB, found '64'");
        assertFaultRefused(
                "disk n1 full after 9999999999999KB", 19, "expected room such as 64KB, found '9999999999999KB'");
        assertFaultRefused("disk n1 full before 64KB", 13, "expected the end of the line, found 'before'");
        assertFaultRefused("wipe", 4, "expected a node, found the end of the line");
    }

    @Test
    void headerSaysEverythingOnceAndFirst() {
        assertRefused("seed 1\nseed 2", 2, 1, "expected seed once, found it again");
        assertRefused("seed 1\nat 1s heal", 2, 1, "expected nodes before the first fault, found 'at'");
        assertRefused("seed 1\nnodes 3", 2, 8, "expected workload, found the end of the text");
        assertRefused("seed x", 1, 6, "expected a seed, found 'x'");
        assertRefused("nodes 0", 1, 7, "expected a count of nodes from 1 to 1000, found '0'");
        assertRefused("rate 5", 1, 6, "expected a rate such as 100/s, found '5'");
        assertRefused("rate -5/s", 1, 6, "expected a rate from 0/s to 1000000/s, found '-5/s'");
        assertRefused(
                "workload Queue",
                1,
                10,
                "expected the name of a workload in lower-case letters, digits and hyphens, found 'Queue'");
    }

    @Test
    void operationsAreRangesThatAscend() {
        String header = "seed 1 nodes 3 workload a horizon 9s operations ";
        for (String text : List.of("none", "7", "0-19,25", "3,5-6")) {
            Scenario read = Scenario.parse(header + text);
            assertEquals(text, read.operations().toString());
            assertEquals(read, Scenario.parse(read.toString()));
        }
        assertTrue(Scenario.parse(header + "all").operations().includes(12345));
        Operations some = Scenario.parse(header + "0-19,25").operations();
        assertTrue(some.includes(19) && some.includes(25) && !some.includes(20) && !some.includes(26));
        assertEquals("0-2,9", Operations.of(List.of(0L, 1L, 2L, 9L)).toString());
        for (String text : List.of("5-4", "3,3", "3,4", "4,1", "-1", "x", "1,", "9999999999999")) {
            ScenarioException refused = assertThrows(ScenarioException.class, () -> Scenario.parse(header + text));
            assertTrue(refused.getMessage().contains("found '" + text + "'"), refused.getMessage());
        }
    }

    @Test
    void noTextMakesTheParserThrowAnythingElse() {
        String[] words = (EVERYTHING + " n1>n1 n1,,n2 .. 1.. ..1s > | , +s -ms ppm /s 9999999999999999999ppm at # ")
                .split("[ \n]+");
        Prng prng = new Prng(5);
        int refused = 0;
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder("seed 1 nodes 3 workload a horizon 9s");
            for (int word = prng.below(12); word >= 0; word--) {
                text.append(prng.below(4) == 0 ? '\n' : ' ').append(words[prng.below(words.length)]);
            }
            try {
                Scenario read = Scenario.parse(text.toString());
                assertEquals(read, Scenario.parse(read.toString()));
            } catch (ScenarioException expected) {
                refused++;
            }
        }
        assertTrue(refused > 500);
    }

    @Test
    void budgetNamesTheLineThatGoesBeyondIt() {
        String header = "seed 1 nodes 3 workload a horizon 9s\n";
        assertEquals(
                "at 2s crash n2: it takes down 2 of 3 nodes at once",
                FaultBudget.objection(Scenario.parse(header + "at 1s crash n1\nat 2s crash n2\n")));
        assertEquals(
                "the plan leaves [n1] down at the horizon",
                FaultBudget.objection(Scenario.parse(header + "at 1s crash n1\n")));
        assertEquals(
                "at 10s heal: it is after the horizon of 9s",
                FaultBudget.objection(Scenario.parse(header + "at 10s heal\n")));
        assertEquals(
                null,
                FaultBudget.objection(Scenario.parse(
                        header + "at 1s crash n1\nat 2s restart n1\nat 2s crash n2\nat 3s restart n2\n")));
    }

    @Test
    void budgetAdmitsAnyPlanOfWhichUnavailabilityIsExpectedButForForgery() {
        String header = "seed 1 nodes 3 workload a horizon 9s\nexpect unavailable\n";
        Scenario dark = Scenario.parse(header + "at 1s crash n1\nat 2s crash n2\n");
        assertEquals(null, FaultBudget.objection(dark));
        assertEquals(dark, Scenario.parse(dark.toString()));
        Scenario forged = Scenario.parse(header + "at 1s link n1>n2 forge 5ppm\n");
        assertEquals(
                "at 1s link n1>n2 forge 5ppm: no protocol promises anything of forged frames, but for survival, unless at 0ms seal",
                FaultBudget.objection(forged));
        assertEquals(null, FaultBudget.objection(forged.expect(Expectation.SURVIVAL)));
        assertRefused("expect nothing", 1, 8, "expected one of convergence, survival, unavailable, found 'nothing'");
    }

    @Test
    void profileOfNothingPlansNothing() {
        FaultPlan plan = FaultProfile.none().plan(new Prng(1), Scenario.nodes(5), Time.seconds(60));
        assertEquals(FaultPlan.EMPTY, plan);
        assertFalse(FaultProfile.drawFor(Scenario.calm(3, 5, "any", Time.seconds(600)))
                .plan()
                .faults()
                .isEmpty());
    }
}
