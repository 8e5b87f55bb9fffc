package io.orrery.sim.coverage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.orrery.kernel.Prng;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CoverageTest {
    private static Footprint footprint(long... states) {
        return new Footprint(states, new long[states.length], new long[states.length]);
    }

    private static long sketch(long[] features, int[] order, long world) {
        AbstractState state = new AbstractState();
        state.clear(features.length);
        state.world(world);
        for (int index = 0; index < order.length; index++) {
            state.node(index, features[order[index]]);
            state.node(index, 1);
        }
        return state.value();
    }

    @Test
    void stateIsTheSameWhicheverNodeHasWhichFeatures() {
        long[] features = {3, 3, 5, 8};
        long state = sketch(features, new int[] {0, 1, 2, 3}, 7);
        assertEquals(state, sketch(features, new int[] {2, 0, 3, 1}, 7));
        assertEquals(state, sketch(features, new int[] {3, 1, 2, 0}, 7));
        assertNotEquals(state, sketch(features, new int[] {0, 2, 2, 3}, 7), "how many have a feature counts");
        assertNotEquals(state, sketch(features, new int[] {0, 1, 2, 3}, 8));
        assertNotEquals(state, sketch(new long[] {3, 3, 5}, new int[] {0, 1, 2}, 7));
    }

    @Test
    void orderOfOneNodesFeaturesCounts() {
        AbstractState state = new AbstractState();
        state.clear(1);
        state.node(0, 1);
        state.node(0, 2);
        long oneTwo = state.value();
        state.clear(1);
        state.node(0, 2);
        state.node(0, 1);
        assertNotEquals(oneTwo, state.value());
    }

    @Test
    void coverageCountsRunsAndNotVisitsAndAgreesWithASet() {
        Coverage coverage = new Coverage();
        TreeSet<Long> model = new TreeSet<>();
        Prng prng = new Prng(1);
        for (int run = 0; run < 200; run++) {
            TreeSet<Long> states = new TreeSet<>();
            for (int i = 0; i < 100; i++) {
                states.add((long) prng.below(5_000) << 20);
            }
            int before = model.size();
            model.addAll(states);
            assertEquals(
                    model.size() - before,
                    coverage.add(
                            footprint(states.stream().mapToLong(Long::longValue).toArray())));
        }
        assertEquals(model.size(), coverage.size());
        assertEquals(0, coverage.runs(17));
        coverage.add(footprint(17));
        coverage.add(footprint(17));
        assertEquals(2, coverage.runs(17));
        assertEquals(1, coverage.sampledOneIn());
    }

    @Test
    void coverageWithMoreStatesThanItHoldsCountsBySampleAndStillTellsWhatIsNew() {
        Coverage exact = new Coverage();
        Coverage small = new Coverage(4096);
        Prng prng = new Prng(3);
        long newInSmall = 0;
        for (int run = 0; run < 1_000; run++) {
            long[] states = new long[200];
            for (int i = 0; i < states.length; i++) {
                // Ever fewer new ones, and the same ones again and again.
                states[i] = prng.below(2) == 0 ? i : run * 1_000L + i;
            }
            exact.add(footprint(states));
            newInSmall += small.add(footprint(states));
        }
        assertEquals(1, exact.sampledOneIn());
        assertEquals(32, small.sampledOneIn());
        assertWithin(exact.size(), small.size());
        assertWithin(exact.size(), newInSmall);
        long before = exact.size();
        long fresh = 0;
        for (int run = 0; run < 100; run++) {
            long[] states = prng.below(2) == 0 ? new long[] {1, 2, 3} : new long[400];
            for (int i = 3; i < states.length; i++) {
                states[i] = (1L << 40) + run * 1_000L + i;
            }
            exact.add(footprint(states));
            fresh += small.add(footprint(states));
        }
        assertWithin(exact.size() - before, fresh);
    }

    /** To a twentieth: three times what a sample of some thousand states is off by. */
    private static void assertWithin(long expected, long actual) {
        assertEquals(expected, actual, expected / 20.0);
    }

    @Test
    void stateOutsideOfTheSampleCountsAsNeverSeenAndOneInsideKeepsItsRuns() {
        Coverage coverage = new Coverage(256);
        for (int run = 0; run < 5; run++) {
            coverage.add(footprint(LongStream.range(0, 200).toArray()));
        }
        coverage.add(footprint(LongStream.range(1_000, 1_200).toArray()));
        assertEquals(2, coverage.sampledOneIn());
        long counted = LongStream.range(0, 200)
                .filter(state -> coverage.runs(state) == 5)
                .count();
        long forgotten = LongStream.range(0, 200)
                .filter(state -> coverage.runs(state) == 0)
                .count();
        assertEquals(200, counted + forgotten);
        assertEquals(100, counted, 30);
    }

    @Test
    void tallyTellsWhatTheLastThousandRunsFound() {
        CoverageTally tally = new CoverageTally();
        for (int run = 0; run < 600; run++) {
            tally.add(footprint(run, run + 1_000_000L));
        }
        assertEquals(new CoverageSummary(1200, 600, 1200, 1), tally.summary());
        for (int run = 0; run < 900; run++) {
            tally.add(footprint(run % 5, run < 100 ? 0 : 1));
        }
        tally.add(footprint(77_000_000L));
        // Of the 1,501 runs the last 1,000 are the runs from number 501 on: 99 of the first kind, and one state more.
        assertEquals(new CoverageSummary(1201, 1000, 199, 1), tally.summary());
    }

    @Test
    void messageIsInFlightUntilItFirstArrivesOrIsLost() {
        InFlight inFlight = new InFlight();
        inFlight.sent(1, 3);
        inFlight.sent(2, 3);
        inFlight.sent(3, 0);
        assertEquals(1 << 3, inFlight.present());
        inFlight.ended(1);
        inFlight.ended(1);
        assertEquals(1 << 3, inFlight.present(), "the copy of a duplicated message does not end another");
        inFlight.ended(2);
        assertEquals(0, inFlight.present());
        inFlight.sent(4, 5);
        inFlight.sent(4 + InFlight.MESSAGES_MAX, 6);
        assertEquals(1 << 6, inFlight.present(), "the oldest counts as gone");
    }

    @Test
    void bucketsGrowWithTheCountAndAreFew() {
        int[] counts = {-1, 0, 1, 2, 3, 4, 15, 16, 1_000_000};
        int[] buckets = {0, 0, 1, 2, 2, 3, 3, 4, 4};
        for (int i = 0; i < counts.length; i++) {
            assertEquals(buckets[i], AbstractState.bucket(counts[i]), "of " + counts[i]);
        }
    }
}
