package io.orrery.sim.report;

import io.orrery.kernel.Check;
import io.orrery.kernel.trace.Mark;
import io.orrery.kernel.trace.TraceHash;
import io.orrery.sim.run.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * The seeds of a burn as one page: a cell for each by outcome and coverage, and which faults went with which rare
 * situations.
 *
 * <ul>
 *   <li>I1: at most {@value #SEEDS_MAX} seeds have a cell; failures always do, until there are as many. The rest is counted.
 * </ul>
 */
public final class SeedWall {
    /** More cells than this no page shows well. */
    public static final int SEEDS_MAX = 20_000;

    static final int VERSION = 1;
    private static final int FAILURE_LENGTH_MAX = 300;

    private final String replayCommand;
    private final List<SeedCell> cells = new ArrayList<>();
    private final TreeSet<String> faults = new TreeSet<>();
    private final TreeSet<String> marks = new TreeSet<>();
    private long seeds;
    private long failed;
    private long events;
    private long nanos;

    /**
     * @param replayCommand what to type before a seed to see it again
     * @param declared marks that the burn is expected to reach: they have a column even if it does not
     */
    public SeedWall(String replayCommand, List<Mark> declared) {
        this.replayCommand = replayCommand;
        declared.forEach(mark -> marks.add(mark.name()));
    }

    public void add(RunResult result) {
        seeds++;
        failed += result.isOk() ? 0 : 1;
        events += result.events();
        nanos += result.simulatedNanos();
        if (cells.size() < SEEDS_MAX || (!result.isOk() && makeRoom())) {
            cells.add(SeedCell.of(result));
            faults.addAll(result.faults().keySet());
            result.marks().keySet().forEach(mark -> marks.add(mark.name()));
        }
        Check.that(cells.size() <= SEEDS_MAX, "I1: no more cells than a page shows", cells.size());
    }

    private boolean makeRoom() {
        for (int i = cells.size() - 1; i >= 0; i--) {
            if (cells.get(i).verdict().equals("ok")) {
                cells.remove(i);
                return true;
            }
        }
        return false;
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
        for (long total : new long[] {seeds, failed, events, nanos, leftOut()}) {
            out.string(Long.toString(total));
        }
        out.count(faults.size());
        faults.forEach(out::string);
        out.count(marks.size());
        marks.forEach(out::string);
        out.count(cells.size());
        out.strings(cells, cell -> Long.toString(cell.seed()));
        out.strings(cells, SeedCell::verdict);
        out.strings(cells, SeedCell::workload);
        out.plain(cells, SeedCell::nodes);
        out.plain(cells, SeedCell::events);
        out.plain(cells, SeedCell::nanos);
        out.strings(cells, cell -> TraceHash.hex(cell.traceHash()));
        out.strings(cells, cell -> Texts.cut(cell.failure(), FAILURE_LENGTH_MAX));
        for (String fault : faults) {
            out.plain(cells, cell -> cell.faults().getOrDefault(fault, 0L));
        }
        for (String mark : marks) {
            out.plain(cells, cell -> cell.marks().getOrDefault(mark, 0L));
        }
        return out.finish();
    }
}
