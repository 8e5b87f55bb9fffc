package io.orrery.sim.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.Time;
import io.orrery.kernel.trace.Mark;
import io.orrery.sim.Failure;
import io.orrery.sim.coverage.Footprint;
import io.orrery.sim.run.RunResult;
import io.orrery.sim.scenario.Scenario;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SeedWallTest {
    private static final int FAULTS = 40;
    private static final int MARKS = 80;

    private static SeedWall wall() {
        return new SeedWall("replay ", "report ", List.of(new Mark("raft.never")));
    }

    private static String part(String name) {
        try (InputStream in = SeedWall.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A seed with as much chance in it as a real one: which faults and situations it has is drawn from its number. */
    private static RunResult result(long seed, boolean isOk) {
        TreeMap<String, Long> faults = new TreeMap<>();
        TreeMap<Mark, Long> marks = new TreeMap<>();
        long luck = seed * 0x9E3779B97F4A7C15L;
        for (int i = 0; i < FAULTS + MARKS; i++) {
            luck = (luck ^ (luck >>> 29)) * 0xBF58476D1CE4E5B9L + i;
            if ((luck >>> 33) % 100 < i) {
                if (i < FAULTS) {
                    faults.put("fault-" + i, 1L);
                } else {
                    marks.put(new Mark("part.situation-" + i), 1L);
                }
            }
        }
        Failure failure = isOk ? null : new Failure(Failure.Kind.SAFETY, "it broke", null, 5, seed, 7);
        long events = 1000 + (luck >>> 40) % 60_000;
        Scenario scenario = Scenario.calm(seed, 3, "hand", Time.seconds(1));
        return new RunResult(
                scenario, luck, events, Time.millis(events), faults, marks, List.of(), Footprint.NONE, failure);
    }

    @Test
    void aWallIsReadBackFromItsPage() {
        SeedWall wall = wall();
        wall.add(result(7, true));
        wall.add(result(8, false));
        ColumnReader in = new ColumnReader(Page.data(wall.html(SeedWallTest::part)));
        assertThat(in.count(0)).isEqualTo(SeedWall.VERSION);
        assertThat(in.string()).isEqualTo("replay ");
        assertThat(in.string()).isEqualTo("report ");
        assertThat(in.strings(5)).startsWith("2", "1");
        assertThat(in.strings(in.count(1))).containsExactly("hand");
        String[] faults = in.strings(in.count(1));
        String[] marks = in.strings(in.count(1));
        assertThat(marks[0]).isEqualTo("raft.never");
        int cells = in.count(1);
        assertThat(in.deltas(cells)).containsExactly(7, 8);
        assertThat(in.plain(cells)).containsExactly(0, SeedWall.VERDICTS.indexOf("safety"));
        for (int column = 0; column < 6; column++) {
            in.plain(cells);
        }
        assertThat(in.strings(cells)[1]).contains("SAFETY", "it broke");
        for (String fault : faults) {
            assertThat(in.bits(cells))
                    .containsExactly(
                            result(7, true).faults().containsKey(fault),
                            result(8, true).faults().containsKey(fault));
        }
        for (String mark : marks) {
            assertThat(in.bits(cells))
                    .containsExactly(
                            result(7, true).marks().containsKey(new Mark(mark)),
                            result(8, true).marks().containsKey(new Mark(mark)));
        }
        in.expectEnd();
    }

    @Test
    void aHundredThousandSeedsFitIntoThreeMegabytes() {
        SeedWall wall = wall();
        for (long seed = 1; seed <= SeedWall.SEEDS_MAX; seed++) {
            wall.add(result(seed, seed % 1000 != 0));
        }
        assertThat(wall.leftOut()).isZero();
        assertThat(wall.html(SeedWallTest::part).length()).isLessThan(3_000_000);
    }

    @Test
    void aFailureBeyondTheLastCellTakesTheCellOfASeedThatPassed() {
        SeedWall wall = wall();
        RunResult passed = result(1, true);
        for (int i = 0; i < SeedWall.SEEDS_MAX; i++) {
            wall.add(passed);
        }
        wall.add(result(2, true));
        wall.add(result(3, false));
        wall.add(result(4, false));
        assertThat(wall.seeds()).isEqualTo(SeedWall.SEEDS_MAX + 3);
        assertThat(wall.leftOut()).isEqualTo(3);
        ColumnReader in = new ColumnReader(wall.encode());
        in.count(0);
        in.strings(7);
        for (int vocabulary = 0; vocabulary < 3; vocabulary++) {
            in.strings(in.count(1));
        }
        long[] seeds = in.deltas(in.count(1));
        assertThat(seeds).hasSize(SeedWall.SEEDS_MAX).contains(3, 4).doesNotContain(2);
    }

    @Test
    void thePageFetchesNothing() {
        SeedWall wall = wall();
        wall.add(result(1, false));
        assertThat(wall.html(SeedWallTest::part)).doesNotContain("http:", "https:", "src=", "@import", "url(");
    }
}
