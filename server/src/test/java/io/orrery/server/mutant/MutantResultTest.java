package io.orrery.server.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.server.json.Json;
import io.orrery.server.simulation.Strategy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MutantResultTest {
    private static final Mutant BUG = mutant("X01", false);
    private static final Mutant HARMLESS = mutant("H01", true);

    private final List<String> lines = new ArrayList<>();
    private MutantRows rows;

    private MutantRows rows(boolean isJson) {
        if (rows == null) {
            rows = new MutantRows(List.of(BUG, HARMLESS), List.of(Strategy.SWARM), isJson, 100, lines::add);
        }
        return rows;
    }

    private String printed() {
        return String.join("\n", lines);
    }

    private static Mutant mutant(String id, boolean harmless) {
        return new Mutant(
                id, "a | title", "a source", harmless, "raft", "", List.of(new Mutant.Edit("f", 1, "a", "b")));
    }

    /** Searches of 100 seeds each; 0 for one that found nothing. */
    private static MutantResult result(Mutant mutant, long... seeds) {
        List<Find> finds = new ArrayList<>();
        for (int i = 0; i < seeds.length; i++) {
            long first = 1 + 100L * i;
            finds.add(
                    seeds[i] == 0
                            ? Find.none(first, 1)
                            : new Find(first, first + seeds[i] - 1, "safety", "P1", "m", List.of("replay"), 1, ""));
        }
        return new MutantResult(mutant, Strategy.SWARM, finds);
    }

    @Test
    void seedsToFindIsTheMedianOverRestarts() {
        assertThat(result(BUG, 7).seedsToFind()).hasValue(7);
        assertThat(result(BUG, 90, 3, 20).seedsToFind()).hasValue(20);
        assertThat(result(BUG, 90, 3, 20, 1).seedsToFind()).hasValue(3);
        assertThat(result(BUG, 0, 3, 20).seedsToFind()).hasValue(20);
    }

    @Test
    void aBugThatMostRestartsMissIsFoundButHasNoMedian() {
        MutantResult rare = result(BUG, 0, 3, 0);
        assertThat(rare.isFound()).isTrue();
        assertThat(rare.seedsToFind()).isEmpty();
        assertThat(result(BUG, 0, 0).isFound()).isFalse();
    }

    @Test
    void theVerdictNeedsEveryBugFoundAndNothingHarmlessFlagged() {
        assertThat(new MutantReport(List.of(result(BUG, 3), result(HARMLESS, 0)), 100).isGood())
                .isTrue();
        assertThat(new MutantReport(List.of(result(BUG, 0), result(HARMLESS, 0)), 100).isGood())
                .isFalse();
        assertThat(new MutantReport(List.of(result(BUG, 3), result(HARMLESS, 0, 5)), 100).isGood())
                .isFalse();
        MutantResult endless = new MutantResult(HARMLESS, Strategy.SWARM, List.of(Find.trouble(1, 9, "no end")));
        MutantReport report = new MutantReport(List.of(result(BUG, 3), endless), 100);
        assertThat(report.isGood()).isFalse();
        assertThat(report.summary()).contains("1 of 1 bugs", "no verdict on H01: no end");
    }

    @Test
    void aBugThatOneStrategyFindsIsFound() {
        MutantResult missed = new MutantResult(BUG, Strategy.RANDOM, List.of(Find.none(1, 1)));
        assertThat(new MutantReport(List.of(missed, result(BUG, 3)), 100).isGood())
                .isTrue();
    }

    @Test
    void theJsonHasEachMutantWithItsSearches() {
        MutantResult result = result(BUG, 0, 3, 4);
        rows(true).add(result);
        rows(true).end(new MutantReport(List.of(result), 100));
        Json mutant = Json.parse(printed()).list("mutants").get(0);
        assertThat(mutant.number("seedsToFind")).isEqualTo(4);
        assertThat(mutant.list("restarts")).hasSize(3);
        assertThat(mutant.list("restarts").get(0).at("failingSeed").isNull()).isTrue();
        assertThat(mutant.list("restarts").get(1).number("failingSeed")).isEqualTo(103);
    }

    @Test
    void thePageHasARowForEachResultAndTheSummary() {
        List<MutantResult> results = List.of(result(BUG, 3), result(HARMLESS, 0));
        results.forEach(rows(false)::add);
        rows(false).end(new MutantReport(results, 100));
        assertThat(printed())
                .contains("| X01 | a \\| title | a source | swarm | 3 | P1 |", "| H01 harmless |", "1 of 1 bugs");
    }

    /** A sweep that is ended by force has left the rows that were known. */
    @Test
    void aRowIsPrintedAsSoonAsItAndAllBeforeItAreKnown() {
        rows(true).add(result(HARMLESS, 0));
        assertThat(printed()).isEqualTo("{\"mutants\":[");
        rows(true).add(result(BUG, 3));
        assertThat(Json.parse(printed() + "]}").list("mutants"))
                .extracting(mutant -> mutant.text("mutant"))
                .containsExactly("X01", "H01");
    }

    @Test
    void whatWaitedForAnEarlierRowIsPrintedWhenTheSweepIsEndedEarly() {
        MutantResult last = result(HARMLESS, 0);
        rows(true).add(last);
        rows(true).end(new MutantReport(List.of(last), 100));
        assertThat(Json.parse(printed()).list("mutants")).hasSize(1);
    }

    @Test
    void aCheckerIsNamedWithoutTheNamesAndNumbersOfOneRun() {
        assertThat(Find.checker("safety", "P5 state machine safety: two entries differ [5, -3, 4]"))
                .isEqualTo("safety: P5 state machine safety: two entries differ");
        assertThat(Find.checker("safety", "D1: 7:42 on t/a was acknowledged"))
                .isEqualTo("safety: D1: #:# on t/a was acknowledged");
        assertThat(Find.checker("liveness", "n3 is down")).isEqualTo("liveness");
    }
}
