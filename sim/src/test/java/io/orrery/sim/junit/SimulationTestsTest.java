package io.orrery.sim.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orrery.kernel.Check;
import io.orrery.sim.SimulationFailure;
import io.orrery.sim.report.Recording;
import io.orrery.sim.report.ReportPage;
import io.orrery.sim.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.opentest4j.TestAbortedException;

/** The extension, by launching tests that use it. */
@Execution(ExecutionMode.SAME_THREAD)
class SimulationTestsTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void forget() {
        Samples.SEEDS.clear();
    }

    private Launched launch(Class<?> type, String method, String... overrides) {
        Map<String, String> parameters = new TreeMap<>(Map.of("orrery.directory", directory.toString()));
        for (int i = 0; i < overrides.length; i += 2) {
            parameters.put(overrides[i], overrides[i + 1]);
        }
        return Launched.method(type, method, parameters);
    }

    private Launched heralds(String method, String... overrides) {
        return launch(Samples.Heralds.class, method, overrides);
    }

    private Path folder(String method, long seed) {
        return directory
                .resolve("io.orrery.sim.junit.Samples.Heralds." + method)
                .resolve("seed-" + seed);
    }

    @Test
    void passingTestRunsAllItsSeedsAndSaysNothing() {
        Launched launched = heralds("arriveInGoodWeather");
        assertThat(launched.failures()).isEmpty();
        assertThat(launched.invocations()).containsExactly("20 seeds from 1 on");
        assertThat(Samples.SEEDS).hasSize(20 + 5).contains(1L, 20L).doesNotContain(0L, 21L);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void pinnedSeedsRunFirstUnderTheirOwnNames() {
        Launched launched = heralds("arriveInAnyWeather");
        assertThat(launched.invocations()).containsExactly("seed 5, pinned", "seed -7, pinned", "50 seeds from 1 on");
        assertEquals(5, Samples.SEEDS.get(0));
    }

    @Test
    void failureSaysSeedReplayShrunkScenarioAndFiles() throws IOException {
        Launched launched = heralds("doNotCrossAPartition");
        assertThat(launched.message())
                .contains("doNotCrossAPartition fails with seed 1 (3 seeds from 1 on: number 1)")
                .contains("ASSERTION at 3.000000s, event ")
                .contains("every number arrives")
                .contains(" -Dtest='io.orrery.sim.junit.Samples$Heralds#doNotCrossAPartition' -Dorrery.seed=1\n")
                .contains("ORRERY_SEED=1")
                .contains("@Seed(value = 1, faults = \"at 0ms partition n1 | n2,n3\")")
                .contains("1 of 3 lines of faults and 1 of 20 operations are needed")
                .contains("at 0ms partition n1 | n2,n3\n")
                .doesNotContain("heal\n")
                .contains(folder("doNotCrossAPartition", 1)
                        .resolve("scenario.txt")
                        .toString())
                .contains(folder("doNotCrossAPartition", 1).resolve("trace.txt").toString())
                .contains(
                        folder("doNotCrossAPartition", 1).resolve("report.html").toString());
        Scenario scenario = Scenario.parse(
                Files.readString(folder("doNotCrossAPartition", 1).resolve("scenario.txt")));
        assertEquals(1, scenario.seed());
        assertEquals("heralds-do-not-cross-apartition", scenario.workload());
        assertThat(scenario.plan().faults()).hasSize(1);
        assertThat(Files.readString(folder("doNotCrossAPartition", 1).resolve("trace.txt")))
                .contains("world fault partition n1 | n2,n3")
                .contains("n2 ready")
                .contains("world failure ASSERTION");
        Recording recording = ReportPage.recording(
                Files.readString(folder("doNotCrossAPartition", 1).resolve("report.html")));
        assertEquals("assertion", recording.facts().verdict());
        assertThat(recording.facts().replay()).contains("-Dorrery.scenario=");
        assertThat(recording.nodes()).containsExactly("n1", "n2", "n3");
        assertThat(recording.cuts()).isNotEmpty();
        assertThat(recording.messages()).anyMatch(message -> !message.loss().isEmpty());
    }

    @Test
    void failureKeepsItsCauseAndTheLineOfTheTest() {
        Throwable failure = heralds("doNotCrossAPartition").failures().get(0);
        assertThat(failure).isInstanceOf(SimulationTestFailure.class).hasCauseInstanceOf(AssertionError.class);
        assertThat(failure.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("doNotCrossAPartition"));
    }

    @Test
    void brokenRuleOfANodeIsFoundAlsoInParallelAndTheFirstSeedIsTold() {
        SimulationTestFailure failure = (SimulationTestFailure)
                heralds("haltWhenManyAreLost").failures().get(0);
        assertThat(failure.getMessage()).contains("HALT at ").contains("few numbers are lost");
        assertThat(failure).hasCauseInstanceOf(SimulationFailure.class).hasRootCauseInstanceOf(Check.Violation.class);
        String seed = Long.toString(failure.seed());
        assertThat(heralds("haltWhenManyAreLost", "orrery.seed", seed).message())
                .contains("seed " + seed);
        for (long before = 1; before < failure.seed(); before++) {
            assertThat(heralds("haltWhenManyAreLost", "orrery.seed", Long.toString(before))
                            .failures())
                    .isEmpty();
        }
    }

    @Test
    void shrunkScenarioFailsAgainByItself() {
        String first = heralds("haltWhenManyAreLost").message();
        String seed = first.replaceAll("(?s).*orrery\\.seed=(\\d+).*", "$1");
        Path scenario = folder("haltWhenManyAreLost", Long.parseLong(seed)).resolve("scenario.txt");
        Launched again = heralds("haltWhenManyAreLost", "orrery.scenario", scenario.toString());
        assertThat(again.invocations()).containsExactly("scenario of seed " + seed + ", by override");
        String then = first.replaceAll("(?s).*then: ([^\\n]*).*", "$1");
        assertThat(again.message()).contains(then);
    }

    @Test
    void assertionInsideANodeFailsTheTest() {
        assertThat(heralds("carryAssertionsIntoNodes").message())
                .contains("HALT at ")
                .contains(" on n1")
                .contains("inside a node");
    }

    @Test
    void pinnedFaultsTakeThePlaceOfDrawnOnes() {
        Launched launched = heralds("arePinnedWithFaults");
        assertThat(launched.invocations()).containsExactly("seed 9, pinned");
        assertThat(launched.message()).contains("at 500ms isolate n1");
    }

    @Test
    void overridesChooseTheSeeds() {
        heralds("arriveInGoodWeather", "orrery.seed", "77");
        assertThat(Samples.SEEDS).containsOnly(77L);
        Samples.SEEDS.clear();
        heralds("arriveInGoodWeather", "orrery.seeds", "3", "orrery.first-seed", "100");
        assertThat(Samples.SEEDS).containsOnly(100L, 101L, 102L);
    }

    @Test
    void overrideThatIsNoNumberIsRefused() {
        assertThat(heralds("arriveInGoodWeather", "orrery.seed", "seven").message())
                .contains("orrery.seed or ORRERY_SEED is 'seven': expected a whole number");
    }

    @Test
    void environmentOverridesAndPropertiesGoFirst() throws NoSuchMethodException {
        SimulationTest annotation = Samples.Heralds.class
                .getDeclaredMethod("arriveInGoodWeather", SimCluster.class, Faults.class)
                .getAnnotation(SimulationTest.class);
        Map<String, String> environment = Map.of("ORRERY_SEEDS", "7", "ORRERY_FIRST_SEED", "70");
        Settings settings = Settings.of(annotation, Map.of("orrery.seeds", "8")::get, environment::get);
        assertEquals(8, settings.seeds());
        assertEquals(70, settings.firstSeed());
        assertEquals(3, settings.nodes());
    }

    @Test
    void chanceThatTheSeedDoesNotDecideIsFoundAlsoWhenNothingFails() {
        assertThat(launch(Samples.Cheats.class, "passAndAreFoundOut").message())
                .contains("NON-DETERMINISTIC with seed 1")
                .contains("two more runs part here:")
                .contains("expire tick");
    }

    @Test
    void failureThatDoesNotRepeatIsCalledNonDeterministic() {
        assertThat(launch(Samples.Cheats.class, "failAndAreFoundOut").message())
                .contains("NON-DETERMINISTIC with seed 3")
                .contains("System.nanoTime");
    }

    @Test
    void runThatWouldNotEndFails() {
        assertThat(launch(Samples.Cheats.class, "neverEnd").message())
                .contains("a run ends before its limit of events [1000]");
    }

    @Test
    void testWhoseAssumptionNeverHoldsIsAborted() {
        List<Throwable> thrown = heralds("neverHold").failures();
        assertThat(thrown).hasSize(1);
        assertThat(thrown.get(0)).isInstanceOf(TestAbortedException.class);
    }

    @Test
    void misspeltFaultIsToldWithItsPlace() {
        assertThat(heralds("misspellAFault").message())
                .contains("line 1, column 7")
                .contains("partition");
    }

    @Test
    void nestedTestsHaveAFreshOuterInstanceForEachSeed() {
        Launched launched = launch(Samples.Heralds.Inside.class, "haveTheirOuterInstance");
        assertThat(launched.failures()).isEmpty();
        assertTrue(launched.invocations().contains("3 seeds from 1 on"));
    }
}
