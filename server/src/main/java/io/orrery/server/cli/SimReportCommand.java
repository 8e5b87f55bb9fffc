package io.orrery.server.cli;

import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.ProblemException;
import io.orrery.server.simulation.ReportFiles;
import io.orrery.server.simulation.RunFile;
import io.orrery.server.simulation.RunPoint;
import io.orrery.server.simulation.RunRecording;
import io.orrery.sim.report.CausalCone;
import io.orrery.sim.report.PerfettoTrace;
import io.orrery.sim.report.Recording;
import io.orrery.sim.report.ReportPage;
import io.orrery.sim.report.ShiVizLog;
import io.orrery.sim.report.Window;
import io.orrery.sim.run.RunResult;
import io.orrery.sim.scenario.Scenario;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code orrery sim report}: a run as a picture. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = "Run one seed or scenario file again and draw it: one HTML file that needs no network.",
        footer = {
            "",
            "Prints the path of the file. A POINT is an event's number, such as 1234, or a moment, such as 1500ms or 12s.",
            "Exit codes: those of 'sim', by how the run ended."
        })
final class SimReportCommand implements Callable<Integer> {
    private static final int SHIVIZ_EVENTS = 2_000;

    /** What is written in place of a page. */
    static final class Export {
        @Option(
                names = "--shiviz",
                description = "Write a log for ShiViz instead: two lines an event, with vector clocks.")
        private boolean isShiviz;

        @Option(names = "--perfetto", description = "Write a trace for ui.perfetto.dev instead, in JSON.")
        private boolean isPerfetto;

        private String suffix() {
            return isShiviz ? "shiviz.log" : isPerfetto ? "perfetto.json" : "html";
        }
    }

    @ParentCommand
    private SimCommand sim;

    @Mixin
    private RunOptions what;

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "A scenario, or a log of decisions; else --seed.")
    private Path file;

    @Option(
            names = "--from",
            paramLabel = "POINT",
            description = "Record from here on (default: the run's last events).")
    private String from;

    @Option(names = "--until", paramLabel = "POINT", description = "Record up to here (default: the run's end).")
    private String until;

    @Option(
            names = "--events",
            paramLabel = "N",
            description = "How many events at most (default: 50000; with --shiviz 2000).")
    private Integer events;

    @ArgGroup
    private Export export = new Export();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to write it (default: a name from the seed).")
    private Path output;

    @Override
    public Integer call() {
        Window window = window();
        if (JournalConsole.isJournal(file)) {
            throw new ProblemException(
                    ExitCode.USAGE,
                    file + " is the journal of one node: there is no cluster in it to draw",
                    "",
                    "orrery sim replay " + file);
        }
        RunFile run = what.run(file);
        Scenario scenario = run.scenario();
        Path path = output != null
                ? output
                : Path.of("orrery-" + scenario.workload() + "-seed-" + scenario.seed() + "." + export.suffix());
        OutputFile.check(path);
        String replay = file != null ? "./orrery sim replay " + file : what.replayCommand() + scenario.seed();
        RunRecording drawn =
                RunRecording.of(run, window, replay, misfit -> sim.console().say("does not fit the log: " + misfit));
        OutputFile.write(path, text(drawn.recording()));
        tell(drawn.result(), drawn.recording());
        sim.console().print(path.toString());
        return drawn.result().isOk()
                ? ExitCode.OK
                : SimCommand.exitCode(drawn.result().failure());
    }

    private Window window() {
        try {
            int usual = export.isShiviz ? SHIVIZ_EVENTS : Window.EVENTS_DEFAULT;
            Window window = Window.LAST.keeping(events == null ? usual : events, from != null && until == null);
            RunPoint begin = from == null ? new RunPoint(0, 0) : RunPoint.parse(from);
            RunPoint end = until == null ? new RunPoint(0, Long.MAX_VALUE) : RunPoint.parse(until);
            return window.time(begin.event() > 0 ? 0 : begin.nanos(), end.event() > 0 ? Long.MAX_VALUE : end.nanos())
                    .events(begin.event(), end.event() > 0 ? end.event() : Long.MAX_VALUE);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ExitCode.USAGE, e.getMessage(), "", "orrery sim report --help");
        }
    }

    private String text(Recording recording) {
        if (export.isShiviz) {
            return ShiVizLog.of(recording);
        }
        if (export.isPerfetto) {
            return PerfettoTrace.of(recording);
        }
        ReportPage page = ReportPage.of(recording, ReportFiles::part);
        if (page.isShortened()) {
            sim.console()
                    .say("To keep the file small, the texts of messages are cut to " + page.bodyLengthMax()
                            + " characters; --events or --from and --until choose less.");
        }
        return page.html();
    }

    /** Words about the run and the recording, for whoever sits at the terminal. */
    private void tell(RunResult result, Recording recording) {
        Console console = sim.console();
        console.say(result.toString());
        if (recording.events().isEmpty()) {
            console.say("No event of the run is in the window that was asked for.");
        }
        if (recording.eventsBefore() > 0 || recording.eventsAfter() > 0) {
            console.say(String.format(
                    Locale.ROOT,
                    "Recorded %,d of %,d events; left out: %,d before, %,d after. --from, --until and --events choose.",
                    recording.events().size(),
                    result.events(),
                    recording.eventsBefore(),
                    recording.eventsAfter()));
        }
        if (!result.isOk()) {
            CausalCone cone = CausalCone.of(recording, result.failure().event());
            console.say(String.format(
                    Locale.ROOT,
                    "%,d of them, on %d nodes, can have had a part in the failure.",
                    cone.size(),
                    cone.nodeCount()));
        }
        if (export.isShiviz) {
            console.say("In ShiViz, the log parsing regular expression is: " + ShiVizLog.EXPRESSION);
        }
    }
}
