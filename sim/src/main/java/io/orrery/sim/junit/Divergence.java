package io.orrery.sim.junit;

import java.util.ArrayList;
import java.util.List;

/** Where two runs of one script part: the first line of their traces that is not the same. */
final class Divergence {
    /** Lines compared at most; what parts later is only known to part. */
    static final int LINES_MAX = 500_000;

    private Divergence() {}

    /** Says where; runs the script twice more. */
    static String locate(SeedRun runner, RunScript script) {
        List<String> first = lines(runner, script);
        List<String> second = lines(runner, script);
        int same = 0;
        while (same < first.size() && same < second.size() && first.get(same).equals(second.get(same))) {
            same++;
        }
        if (same == first.size() && same == second.size()) {
            return "two more runs took the same steps: the difference comes and goes";
        }
        return "two more runs part here:\n    one    " + at(first, same) + "\n    other  " + at(second, same)
                + (same == 0 ? "" : "\n    after  " + at(first, same - 1));
    }

    private static List<String> lines(SeedRun runner, RunScript script) {
        List<String> lines = new ArrayList<>();
        runner.run(
                script,
                sim -> TraceLines.of(sim, line -> {
                    if (lines.size() < LINES_MAX) {
                        lines.add(line);
                    }
                }));
        return lines;
    }

    private static String at(List<String> lines, int index) {
        return index < lines.size() ? lines.get(index).strip() : "(the run is over)";
    }
}
