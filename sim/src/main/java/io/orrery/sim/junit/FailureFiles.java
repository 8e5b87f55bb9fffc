package io.orrery.sim.junit;

import io.orrery.sim.report.Recorder;
import io.orrery.sim.report.Recording;
import io.orrery.sim.report.ReportPage;
import io.orrery.sim.report.Window;
import io.orrery.sim.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Writes what a failing run leaves for people: scenario, trace and report. Trouble with the disk hides no failure. */
final class FailureFiles {
    /** Lines of a trace kept; of a longer one its end. */
    static final int TRACE_LINES_MAX = 50_000;

    private final Path folder;
    private final TestName test;
    private final Project project;
    private final RunOutcome run;
    private String trouble;

    /**
     * @param directory in which each test has a folder
     * @param project in which the test runs again
     * @param run to be written down
     */
    FailureFiles(Path directory, TestName test, Project project, RunOutcome run) {
        this.folder = directory
                .resolve(test.folder())
                .resolve("seed-" + run.script().seed())
                .toAbsolutePath()
                .normalize();
        this.test = test;
        this.project = project;
        this.run = run;
    }

    /** Runs it once more, watched, and writes the files; returns those written. */
    List<Path> write(SeedRun runner) {
        List<Path> written = new ArrayList<>();
        try {
            Files.createDirectories(folder);
            Path scenario = Files.writeString(folder.resolve("scenario.txt"), scenario());
            written.add(scenario);
            Recorder[] recorder = new Recorder[1];
            RunOutcome[] again = new RunOutcome[1];
            written.add(Files.writeString(folder.resolve("trace.txt"), trace(runner, recorder, again)));
            String replay = project.command(test, "scenario", project.relative(scenario));
            Recording recording = recorder[0].recording(again[0].facts(test.word(), scenario(), replay));
            String page = ReportPage.of(recording, PageParts::part).html();
            written.add(Files.writeString(folder.resolve("report.html"), page));
        } catch (IOException | RuntimeException refused) {
            trouble = "not all files could be written into " + folder + ": " + refused;
        }
        return written;
    }

    /** Why not all was written; null if all was. */
    String trouble() {
        return trouble;
    }

    private String scenario() {
        Scenario scenario = Scenario.calm(
                        run.script().seed(), run.script().nodeCount(), test.word(), run.horizonNanos())
                .operations(run.script().operations())
                .plan(run.faults());
        return "# " + test.selector('#') + "\n# " + run.headline().replace("\n", "\n# ") + "\n" + scenario;
    }

    private String trace(SeedRun runner, Recorder[] recorder, RunOutcome[] again) {
        ArrayDeque<String> last = new ArrayDeque<>();
        long[] count = new long[1];
        again[0] = runner.run(run.script(), sim -> {
            recorder[0] = new Recorder(sim, Window.LAST);
            sim.observe(recorder[0]);
            TraceLines.of(sim, line -> {
                count[0]++;
                last.add(line);
                if (last.size() > TRACE_LINES_MAX) {
                    last.remove();
                }
            });
        });
        String left = count[0] > last.size() ? "(" + (count[0] - last.size()) + " lines before these left out)\n" : "";
        return left + String.join("\n", last) + "\n";
    }
}
