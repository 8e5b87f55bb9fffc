package io.orrery.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.orrery.kernel.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each fault has a name, a line in the manual that parses, a place in swarms, a budget, and a test of its effect. */
class FaultFamiliesTest {
    private static final Path ROOT =
            Path.of(System.getProperty("project.root", "..")).toAbsolutePath();
    private static final String HEADER = "seed 1 nodes 5 workload a horizon 60s\n";
    private static final String ALL_BACK =
            "at 50s restart n1\nat 50s restart n2\nat 50s restart n3\nat 50s restart n4\nat 50s restart n5\n"
                    + "at 50s disk n2 space\nat 50s disk n2 thaw\n";
    private static final Pattern CODE = Pattern.compile("`([^`]*)`");
    private static final int SEEDS = 2000;

    /** Which test shows the effect of each kind: module, test and method. */
    private static final Map<String, String> EFFECTS = new TreeMap<>();

    static {
        effects(
                "sim/network/SplitTest",
                "partition",
                "partitionIntoManyGroupsKeepsEachAmongItself",
                "partition-one-way",
                "oneWayPartitionStopsOneDirectionAlone",
                "partition-bridge",
                "bridgeIsSeenFromBothSides",
                "partition-ring",
                "nodeInARingSeesItsTwoNeighbours",
                "partition-flapping",
                "flappingPartitionComesAndGoesAndIsOverInTheEnd",
                "isolate",
                "isolatedNodeNeitherHearsNorIsHeard");
        effects(
                "sim/network/NetworkTest",
                "rejoin",
                "isolationOutlivesThePartitionAndEndsWithHealing",
                "heal",
                "isolationOutlivesThePartitionAndEndsWithHealing",
                "cut",
                "cutStopsOneWayOnly",
                "mend",
                "shortCutMakesStreamFramesLate",
                "link",
                "lossTakesItsShareOfDatagrams",
                "link-all",
                "delaysLieBetweenTheirBounds",
                "link-far",
                "distanceIsAddedWhateverThePolicy",
                "stream-reset",
                "resetLosesASuffixOfWhatIsUnderWay");
        effects(
                "sim/network/ClogTest",
                "clog",
                "clogHoldsBackEverythingAndLosesNothing",
                "unclog",
                "releasedStreamKeepsItsOrderAndDatagramsTheOneInWhichTheyCame",
                "swizzle",
                "swizzledNodesStopOneByOneAndAreReleasedOneByOne");
        effects(
                "sim/disk/DiskCrashTest",
                "crash",
                "unsyncedWriteIsLostKeptOrTornAtSectors",
                "crash-syncing",
                "crashWhileSyncingStrikesBeforeTheSyncCompletes",
                "restart",
                "crashNeverLosesWhatASyncCovered");
        effects(
                "sim/MachineTest",
                "crash-after-events",
                "powerFailsRightAfterTheCountedEvent",
                "crash-after-writes",
                "powerFailsBetweenAnyTwoWritesOfOneEvent",
                "power-loss",
                "powerLossTakesAllThatAreNamedAtOneInstant",
                "power-loss-syncing",
                "powerLossTakesAllThatAreNamedAtOneInstant",
                "pause",
                "pausedNodeRunsNothingForAsLongAsTheLineSaysAndThenEverything",
                "version",
                "nodeOfAnEarlierReleaseSpeaksItsVersionUntilItIsUpgraded",
                "busy",
                "burdenedNodeRunsItsEventsOneAfterAnother",
                "clock-drift",
                "clocksDriftBothWaysByTheirLine",
                "clock-skew",
                "skewIsFromTheTruthAndStepsAreFromWhatTheClockShows",
                "clock-step",
                "skewIsFromTheTruthAndStepsAreFromWhatTheClockShows");
        effects(
                "sim/disk/SimDiskTest",
                "disk-slow",
                "slowDiskIsSlowUntilRepaired",
                "disk-repair",
                "slowDiskIsSlowUntilRepaired",
                "disk-fail-sync",
                "failedSyncHaltsTheNodeBeforeItsCompletion");
        effects(
                "sim/disk/DiskFaultsTest",
                "disk-limp",
                "aLimpingDiskMovesSoManyBytesASecondAndLetsWait",
                "disk-freeze",
                "aFrozenDiskAnswersNothingUntilItThawsAndThenEverythingInOrder",
                "disk-thaw",
                "aFrozenDiskAnswersNothingUntilItThawsAndThenEverythingInOrder",
                "disk-sector",
                "aDiskOfLargeSectorsTearsOnlyBetweenThem",
                "disk-full",
                "aFullDiskTakesWhatFitsAndRefusesTheRestUntilThereIsSpace",
                "disk-space",
                "aFullDiskTakesWhatFitsAndRefusesTheRestUntilThereIsSpace",
                "disk-lie",
                "aLyingSyncMakesNothingDurableUntilAnHonestOne",
                "disk-honest",
                "aLyingSyncMakesNothingDurableUntilAnHonestOne",
                "disk-misdirect-write",
                "aMisdirectedWriteIsMissingInItsPlaceAndDamagesAnother",
                "disk-misdirect-read",
                "aMisdirectedReadIsWrongOnce",
                "disk-bad-sector",
                "aLostSectorCannotBeReadUntilItIsWritten",
                "disk-overwrite-log",
                "theLastSegmentIsOverwrittenAsAWholeAndNoOtherFile",
                "disk-rot",
                "rotFlipsOneDurableBitAndStays",
                "disk-rot-snapshot",
                "rotOfSnapshotsLeavesOtherFilesAlone",
                "disk-wipe",
                "aWipedDiskIsEmptyAndTheNodeComesBackOnIt");
        effects(
                "server/simulation/HuntTest",
                "hunt-voters",
                "aHuntStrikesLeadersAndVotersWithFaultsThatAPlanCanName",
                "hunt-leaders",
                "aHuntStrikesLeadersAndVotersWithFaultsThatAPlanCanName",
                "hunt-reigns",
                "aLeaderThatHasLedForAWhileIsStruck",
                "hunt-candidates",
                "candidatesChangesAndTruncationsAreStruck",
                "hunt-changes",
                "candidatesChangesAndTruncationsAreStruck",
                "hunt-truncations",
                "candidatesChangesAndTruncationsAreStruck");
        effects(
                "server/simulation/SealedRunsTest",
                "seal",
                "forgedFramesAreStoppedByTheSeal",
                "keys-install",
                "keysAreChangedTwiceUnderLoadAndNoFrameIsLost",
                "keys-use",
                "keysAreChangedTwiceUnderLoadAndNoFrameIsLost",
                "keys-remove",
                "keyThatSomeLackIsNotUsedAndThePrimaryIsNotRemoved");
    }

    private static final List<String> LINES = new ArrayList<>();
    private static final TreeMap<String, String> LINE_BY_KIND = new TreeMap<>();

    private static void effects(String test, String... kindsAndMethods) {
        String module = test.substring(0, test.indexOf('/'));
        String path = module + "/src/test/java/io/orrery/" + test + ".java#";
        for (int i = 0; i < kindsAndMethods.length; i += 2) {
            EFFECTS.put(kindsAndMethods[i], path + kindsAndMethods[i + 1]);
        }
    }

    @BeforeAll
    static void readTheTableOfTheManual() throws IOException {
        String document = Files.readString(ROOT.resolve("docs/simulation/FAULTS.md"));
        String table = document.substring(document.indexOf("| after `at <time>` | effect |"));
        table = table.substring(0, table.indexOf("\n\n"));
        table.lines().skip(2).forEach(row -> {
            Matcher code = CODE.matcher(row.substring(0, row.indexOf(" | ")));
            while (code.find()) {
                String line = code.group(1).replace("\\|", "|");
                LINES.add(line);
                LINE_BY_KIND.putIfAbsent(parse(line).kind(), line);
            }
        });
    }

    private static Scenario scenario(String line) {
        return Scenario.parse(HEADER + "at 1s " + line + "\n" + (line.startsWith("restart") ? "" : ALL_BACK));
    }

    private static Fault parse(String line) {
        return scenario(line).plan().faults().get(0).fault();
    }

    private static TreeSet<Class<?>> leaves(Class<?> type) {
        TreeSet<Class<?>> leaves = new TreeSet<>((a, b) -> a.getName().compareTo(b.getName()));
        if (type.isSealed()) {
            for (Class<?> sub : type.getPermittedSubclasses()) {
                leaves.addAll(leaves(sub));
            }
        } else {
            leaves.add(type);
        }
        return leaves;
    }

    @Test
    void eachFaultHasALineInTheManualThatParsesAndIsPrintedAsItIsRead() {
        TreeSet<Class<?>> shown = leaves(Fault.class);
        shown.clear();
        for (String line : LINES) {
            Scenario scenario = scenario(line);
            assertEquals(scenario, Scenario.parse(scenario.toString()), line);
            shown.add(parse(line).getClass());
        }
        assertThat(leaves(Fault.class)).hasSizeGreaterThan(35);
        assertEquals(leaves(Fault.class), shown, "what the manual shows");
    }

    @Test
    void eachKindIsPlannedBySwarmsOrBeyondWhatIsPromised() {
        TreeSet<String> planned = new TreeSet<>();
        StringBuilder links = new StringBuilder();
        for (long seed = 0; seed < SEEDS; seed++) {
            Scenario drawn = FaultProfile.drawFor(Scenario.calm(seed, 5, "any", Time.seconds(20)));
            for (TimedFault timed : drawn.plan().faults()) {
                if (planned.add(timed.fault().kind()) || timed.fault() instanceof NetworkFault.Condition) {
                    links.append(seed < 100 ? timed.fault() + "\n" : "");
                }
            }
        }
        TreeSet<String> missing = new TreeSet<>(LINE_BY_KIND.keySet());
        missing.removeAll(planned);
        // An isolation ends with all others, and an honest disk is one that lied.
        assertThat(missing)
                .containsExactly("disk-honest", "disk-lie", "disk-misdirect-write", "disk-rot", "disk-wipe", "rejoin");
        for (String kind : List.of("disk-lie", "disk-misdirect-write", "disk-rot", "disk-wipe")) {
            assertNotNull(FaultBudget.objection(scenario(LINE_BY_KIND.get(kind))), kind);
        }
        assertThat(links.toString())
                .contains(" loss ", " duplicate ", " reorder ", " corrupt ", "..", " exp ", " tail ")
                .doesNotContain("forge");
    }

    @Test
    void budgetAdmitsWhatSwarmsPlanAndNothingBeyondItUnlessLessIsExpected() {
        for (String line : LINES) {
            String objection = FaultBudget.objection(scenario(line));
            boolean forges = line.contains("forge");
            boolean beyond = List.of("disk-lie", "disk-misdirect-write", "disk-rot", "disk-wipe")
                    .contains(parse(line).kind());
            assertEquals(forges || beyond, objection != null, line + ": " + objection);
            Expectation less = forges ? Expectation.SURVIVAL : Expectation.UNAVAILABLE;
            assertNull(FaultBudget.objection(scenario(line).expect(less)), line);
        }
    }

    @Test
    void eachKindHasATestThatShowsItsEffect() throws IOException {
        assertEquals(LINE_BY_KIND.keySet(), EFFECTS.keySet());
        for (Map.Entry<String, String> effect : EFFECTS.entrySet()) {
            String[] place = effect.getValue().split("#", -1);
            assertThat(Files.readString(ROOT.resolve(place[0])))
                    .as(effect.getKey())
                    .contains("void " + place[1] + "(");
        }
    }

    @Test
    void malformedLineOfAnyKindIsRefusedWithItsLineAndColumn() {
        for (String line : LINES) {
            String text = "at 1s " + line;
            assertRefused(text + " xyzzy", text.length() + 2);
            if (text.lastIndexOf(' ') > 5) {
                int last = text.lastIndexOf(' ') + 1;
                assertRefused(text.substring(0, last) + "xyzzy", last + 1);
            }
            assertRefused("at 1s xyzzy", 7);
        }
    }

    @Test
    void lineThatEndsTooEarlyIsRefusedAtItsEnd() {
        int refused = 0;
        for (String line : LINES) {
            String text = "at 1s " + line;
            int end = text.lastIndexOf(' ');
            try {
                Scenario.parse(HEADER + text.substring(0, end));
            } catch (ScenarioException early) {
                refused++;
                assertEquals(2, early.line(), line);
                assertThat(early.column()).as(line).isBetween(end, end + 2);
            }
        }
        assertThat(refused).isGreaterThan(LINES.size() * 3 / 4);
    }

    private static void assertRefused(String text, int column) {
        ScenarioException refused = assertThrows(ScenarioException.class, () -> Scenario.parse(HEADER + text), text);
        assertEquals(2, refused.line(), text);
        assertEquals(column, refused.column(), text + ": " + refused.getMessage());
    }
}
