package io.orrery.server.cli;

import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.Problem;
import io.orrery.server.problem.ProblemException;
import io.orrery.server.simulation.ReportFiles;
import io.orrery.server.simulation.RunFile;
import io.orrery.server.simulation.RunPoint;
import io.orrery.sim.choice.DecisionReplay;
import io.orrery.sim.report.CausalCone;
import io.orrery.sim.report.PerfettoTrace;
import io.orrery.sim.report.Recorder;
import io.orrery.sim.report.Recording;
import io.orrery.sim.report.ReportPage;
import io.orrery.sim.report.RunFacts;
import io.orrery.sim.report.ShiVizLog;
import io.orrery.sim.report.Window;
import io.orrery.sim.run.RunResult;
import io.orrery.sim.run.Runner;
import io.orrery.sim.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
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
    /** What is written; spelt as typed. */
    enum Format {
        html("html"),
        shiviz("shiviz.log"),
        perfetto("perfetto.json");

        private final String suffix;

        Format(String suffix) {
            this.suffix = suffix;
        }
    }

    private static final int SHIVIZ_EVENTS = 2_000;

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
            description = "How many events at most (default: 50000; for shiviz 2000).")
    private Integer events;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Format format = Format.html;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to write it (default: a name from the seed).")
    private Path output;

    @Override
    public Integer call() {
        Window window = window();
        RunFile run =
                file != null ? RunFile.read(file) : new RunFile(what.burn().scenario(what.oneSeed()), null);
        Scenario scenario = run.scenario();
        Recorder[] recorder = new Recorder[1];
        RunResult result = Runner.run(scenario, run.workload(), world -> {
            if (run.decisions() != null) {
                world.tape(new DecisionReplay(
                        run.decisions(), misfit -> sim.console().say("does not fit the log: " + misfit)));
            }
            recorder[0] = new Recorder(world, window);
            world.observe(recorder[0]);
        });
        String replay = file != null ? "./orrery sim replay " + file : what.replayCommand() + scenario.seed();
        Recording recording = recorder[0].recording(RunFacts.of(result, replay));
        Path path = output != null
                ? output
                : Path.of("orrery-" + scenario.workload() + "-seed-" + scenario.seed() + "." + format.suffix);
        write(path, text(recording));
        tell(result, recording);
        sim.console().print(path.toString());
        return result.isOk() ? ExitCode.OK : SimCommand.exitCode(result.failure());
    }

    private Window window() {
        try {
            int usual = format == Format.shiviz ? SHIVIZ_EVENTS : Window.EVENTS_DEFAULT;
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
        return switch (format) {
            case shiviz -> ShiVizLog.of(recording);
            case perfetto -> PerfettoTrace.of(recording);
            case html -> {
                ReportPage page = ReportPage.of(recording, ReportFiles::part);
                if (page.isShortened()) {
                    sim.console()
                            .say("To keep the file small, the texts of messages are cut to " + page.bodyLengthMax()
                                    + " characters; --events or --from and --until choose less.");
                }
                yield page.html();
            }
        };
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
        if (format == Format.shiviz) {
            console.say("In ShiViz, the log parsing regular expression is: " + ShiVizLog.EXPRESSION);
        }
    }

    private static void write(Path path, String text) {
        try {
            Files.writeString(path, text);
        } catch (IOException e) {
            throw new ProblemException(
                    ExitCode.USAGE, "cannot write " + path, Problem.reason(e), "-o names another file");
        }
    }
}
