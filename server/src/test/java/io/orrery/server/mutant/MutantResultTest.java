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
        String text = new MutantReport(List.of(result(BUG, 0, 3, 4)), 100).json();
        Json mutant = Json.parse(text).list("mutants").get(0);
        assertThat(mutant.number("seedsToFind")).isEqualTo(4);
        assertThat(mutant.list("restarts")).hasSize(3);
        assertThat(mutant.list("restarts").get(0).at("failingSeed").isNull()).isTrue();
        assertThat(mutant.list("restarts").get(1).number("failingSeed")).isEqualTo(103);
    }

    @Test
    void thePageHasARowForEachResultAndTheSummary() {
        String page = new MutantReport(List.of(result(BUG, 3), result(HARMLESS, 0)), 100).markdown();
        assertThat(page)
                .contains("| X01 | a \\| title | a source | swarm | 3 | P1 |", "| H01 harmless |", "1 of 1 bugs");
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
