package io.orrery.sim.report;

import io.orrery.kernel.Check;
import io.orrery.kernel.Time;
import io.orrery.kernel.trace.Mark;
import io.orrery.sim.coverage.Coverage;
import io.orrery.sim.run.RunResult;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The seeds of a burn as one page: a cell for each by outcome and coverage, and which faults went with which rare
 * situations.
 *
 * <ul>
 *   <li>I1: at most {@value #SEEDS_MAX} seeds have a cell: the first, and failures as long as a seed that passed can make
 *       room. The rest is counted.
 *   <li>I2: of a cell at most some hundred bytes are kept, and about 20 are in the page.
 * </ul>
 */
public final class SeedWall {
    /** More cells than this no page shows well. */
    public static final int SEEDS_MAX = 100_000;

    static final int VERSION = 2;
    static final List<String> VERDICTS = List.of("ok", "safety", "halt", "liveness");
    private static final int FAILURE_LENGTH_MAX = 300;

    private final String replayCommand;
    private final String reportCommand;
    private final List<SeedCell> cells = new ArrayList<>();
    private final Vocabulary workloads = new Vocabulary();
    private final Vocabulary faults = new Vocabulary();
    private final Vocabulary marks = new Vocabulary();
    private final Coverage coverage = new Coverage();
    private int lookedFrom = SEEDS_MAX;
    private long seeds;
    private long failed;
    private long events;
    private long nanos;

    /**
     * @param replayCommand what to type before a seed to see it again
     * @param reportCommand what to type before a seed to have it drawn
     * @param declared marks that the burn is expected to reach: they have a column even if it does not
     */
    public SeedWall(String replayCommand, String reportCommand, List<Mark> declared) {
        this.replayCommand = replayCommand;
        this.reportCommand = reportCommand;
        declared.forEach(mark -> marks.number(mark.name()));
    }

    public void add(RunResult result) {
        seeds++;
        failed += result.isOk() ? 0 : 1;
        events += result.events();
        nanos += result.simulatedNanos();
        int fresh = coverage.add(result.footprint());
        if (cells.size() < SEEDS_MAX) {
            cells.add(cell(result, fresh));
        } else if (!result.isOk()) {
            replacePassed(result, fresh);
        }
        Check.that(cells.size() <= SEEDS_MAX, "I1: no more cells than a page shows", cells.size());
        Check.that(cells.size() <= seeds, "I1: no more cells than seeds", cells.size());
    }

    /** Each call looks on where the last one ended, so that many failures cost no more than one look at all cells. */
    private void replacePassed(RunResult result, int fresh) {
        do {
            lookedFrom--;
        } while (lookedFrom >= 0 && cells.get(lookedFrom).verdict() != 0);
        if (lookedFrom >= 0) {
            cells.set(lookedFrom, cell(result, fresh));
        }
        lookedFrom = Math.max(0, lookedFrom);
    }

    private SeedCell cell(RunResult result, int fresh) {
        BitSet injected = new BitSet();
        result.faults().forEach((fault, count) -> {
            if (count > 0) {
                injected.set(faults.number(fault));
            }
        });
        BitSet reached = new BitSet();
        result.marks().keySet().forEach(mark -> reached.set(marks.number(mark.name())));
        String verdict =
                result.isOk() ? "ok" : RunFacts.verdict(result.failure().kind());
        return new SeedCell(
                result.seed(),
                VERDICTS.indexOf(verdict),
                workloads.number(result.scenario().workload()),
                result.scenario().nodeCount(),
                result.events(),
                result.simulatedNanos() / Time.millis(1),
                result.footprint().size(),
                fresh,
                result.isOk() ? "" : Texts.cut(result.failure().toString(), FAILURE_LENGTH_MAX),
                injected,
                reached);
    }

    /** Seeds that have no cell. */
    public long leftOut() {
        return seeds - cells.size();
    }

    public long seeds() {
        return seeds;
    }

    public long failed() {
        return failed;
    }

    /**
     * The page.
     *
     * @param parts gives the text of a resource beside this class, by its name
     */
    public String html(UnaryOperator<String> parts) {
        return Page.WALL.fill(parts, encode());
    }

    /** {@code report/wall.js} among the resources reads the same. */
    byte[] encode() {
        ColumnWriter out = new ColumnWriter();
        out.count(VERSION);
        out.string(replayCommand);
        out.string(reportCommand);
        for (long total : new long[] {seeds, failed, events, nanos, coverage.size()}) {
            out.string(Long.toString(total));
        }
        for (Vocabulary vocabulary : List.of(workloads, faults, marks)) {
            out.count(vocabulary.size());
            vocabulary.names().forEach(out::string);
        }
        out.count(cells.size());
        out.deltas(cells, SeedCell::seed);
        out.plain(cells, SeedCell::verdict);
        out.plain(cells, SeedCell::workload);
        out.plain(cells, SeedCell::nodes);
        out.plain(cells, SeedCell::events);
        out.plain(cells, SeedCell::millis);
        out.plain(cells, SeedCell::states);
        out.plain(cells, SeedCell::freshStates);
        out.strings(cells, SeedCell::failure);
        for (int i = 0; i < faults.size(); i++) {
            int fault = i;
            out.bits(cells, cell -> cell.faults().get(fault));
        }
        for (int i = 0; i < marks.size(); i++) {
            int mark = i;
            out.bits(cells, cell -> cell.marks().get(mark));
        }
        return out.finish();
    }
}
