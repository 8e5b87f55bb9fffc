package io.orrery.server.cli;

import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.ProblemException;
import io.orrery.server.simulation.Branching;
import io.orrery.server.simulation.RunFile;
import io.orrery.server.simulation.RunJson;
import io.orrery.server.simulation.RunPoint;
import io.orrery.sim.Simulation;
import io.orrery.sim.choice.DecisionFile;
import io.orrery.sim.choice.DecisionRecorder;
import io.orrery.sim.choice.DecisionReplay;
import io.orrery.sim.run.RunResult;
import io.orrery.sim.run.Runner;
import io.orrery.sim.scenario.FaultBudget;
import io.orrery.sim.scenario.Scenario;
import io.orrery.sim.state.StateText;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code orrery sim replay}: one run again, looked at closely. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Run one seed, scenario file, decision log or node's journal again and print a line for each transition.",
            "Exit code 6: the replay of a journal did otherwise than the node."
        },
        footer = {
            "",
            "A POINT is an event's number, such as 1234, or a moment, such as 1500ms or 12s.",
            "When did it become inevitable? --branches 20 --from-event 1234, or --inevitable to have it searched."
        })
final class ReplayCommand implements Callable<Integer> {
    private static final int BRANCHES = 20;
    private static final int BRANCHES_MAX = 1000;
    private static final String EVERY_NODE = "all";

    @ParentCommand
    private SimCommand parent;

    @Mixin
    private RunOptions what;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description = "A scenario, a log of decisions (from --record), or a journal; else --seed.")
    private Path file;

    @Option(names = "--quiet", description = "Only how it ended.")
    private boolean isQuiet;

    @Option(names = "--events", description = "A line for each event of a node, too.")
    private boolean hasEvents;

    @Option(names = "--from", paramLabel = "POINT", description = "Print nothing before it.")
    private String from;

    @Option(names = "--until", paramLabel = "POINT", description = "Stop after it.")
    private String until;

    @Option(
            names = "--state",
            paramLabel = "NODE",
            arity = "0..1",
            fallbackValue = EVERY_NODE,
            description = "Print a node's state at the end, or at --until; without a name, every node's.")
    private String state;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "text, or json, which is only how it ended (default: ${DEFAULT-VALUE}).")
    private BurnOptions.Output output = BurnOptions.Output.text;

    @Option(names = "--record", paramLabel = "FILE", description = "Write the run's decisions to a file.")
    private Path record;

    @Option(
            names = "--branches",
            paramLabel = "N",
            description = "Run so many other futures from --from-event on and count those that fail.")
    private Integer branches;

    @Option(names = "--from-event", paramLabel = "N", description = "After which event the branches draw anew.")
    private Long fromEvent;

    @Option(names = "--inevitable", description = "Search the event from which on nearly all futures fail.")
    private boolean isInevitable;

    private DecisionReplay.Misfit misfit;
    private Simulation simulation;

    @Override
    public Integer call() {
        if (JournalConsole.isJournal(file)) {
            return replayJournal();
        }
        RunFile run = what.run(file);
        check(run.scenario());
        if (branches != null && !isInevitable) {
            parent.console().print(share(run).toString());
            return ExitCode.OK;
        }
        RunResult result = replay(run);
        if (isInevitable) {
            return searchInevitable(run, result);
        }
        printState();
        boolean hasStopped =
                until != null && result.isOk() && point("--until", until).isPast(simulation);
        printEnd(result, hasStopped);
        String beyond = result.isOk() ? null : FaultBudget.objection(run.scenario());
        if (beyond != null) {
            parent.console().say("beyond what is promised: " + beyond + "; a scenario may say 'expect unavailable'");
        }
        if (misfit != null) {
            parent.console().say("does not fit the log: " + misfit);
        }
        return result.isOk() ? ExitCode.OK : SimCommand.exitCode(result.failure());
    }

    private void check(Scenario scenario) {
        if (branches != null && (branches < 1 || branches > BRANCHES_MAX) || fromEvent != null && fromEvent < 0) {
            throw usage("--branches is 1 to " + BRANCHES_MAX + ", and --from-event is not negative");
        }
        if (fromEvent != null && (branches == null || isInevitable)) {
            throw usage("--from-event goes with --branches");
        }
        if (from != null && until != null && point("--until", until).isBefore(point("--from", from))) {
            throw usage("--until " + until + " is before --from " + from);
        }
        if (state != null && !state.equals(EVERY_NODE) && !isNode(scenario, state)) {
            throw usage("there is no node '" + state + "'; there are " + scenario.nodes() + " and " + EVERY_NODE);
        }
        if (record != null) {
            OutputFile.check(record);
        }
    }

    private static boolean isNode(Scenario scenario, String name) {
        return scenario.nodes().stream().anyMatch(node -> node.name().equals(name));
    }

    private Branching.Share share(RunFile run) {
        long event = fromEvent == null ? 0 : fromEvent;
        long events = event == 0 ? 0 : replay(run).events();
        if (event > events) {
            throw usage("--from-event " + event + " is beyond the run's end, which has " + events + " events");
        }
        return new Branching(run).share(event, branches);
    }

    private void printEnd(RunResult result, boolean hasStopped) {
        if (isJson()) {
            parent.console().print(RunJson.of(result));
            return;
        }
        parent.console().print(hasStopped ? "stopped after event " + simulation.eventCount() : result.toString());
        if (!result.isOk() && result.failure().stall() != null) {
            result.failure().stall().lines().forEach(line -> parent.console().print("  " + line));
        }
    }

    private int replayJournal() {
        RunPoint last = until == null ? new RunPoint(Long.MAX_VALUE, 0) : point("--until", until);
        if (what.seed != null || !what.words().isEmpty()) {
            throw usage("a journal says all of its run already: nothing beside it chooses a seed or a cluster");
        }
        if (last.event() == 0 || from != null || record != null || branches != null || isInevitable) {
            throw usage(
                    "of a journal, --until is an event, and there is no --from, --record, --branches, --inevitable");
        }
        return new JournalConsole(parent.console(), file)
                .replay(last.event(), hasEvents, state != null, isJson(), isQuiet);
    }

    private boolean isJson() {
        return output == BurnOptions.Output.json;
    }

    private RunResult replay(RunFile run) {
        RunPoint first = from == null ? null : point("--from", from);
        RunPoint last = until == null ? null : point("--until", until);
        DecisionRecorder recorder = record == null ? null : new DecisionRecorder();
        if (recorder != null && run.decisions() != null) {
            throw usage("--record is for a seed or a scenario, and " + file + " is a log of decisions already");
        }
        RunResult result = Runner.run(run.scenario(), run.workload(), sim -> {
            simulation = sim;
            if (recorder != null) {
                sim.tape(recorder);
            } else if (run.decisions() != null) {
                sim.tape(new DecisionReplay(run.decisions(), found -> misfit = misfit == null ? found : misfit));
            }
            watch(sim, first);
            if (last != null) {
                sim.stopWhen(() -> last.isPast(sim));
            }
        });
        if (recorder != null) {
            write(new DecisionFile(run.scenario().toString(), recorder.log()), result);
        }
        return result;
    }

    private void watch(Simulation sim, RunPoint first) {
        if (isQuiet || branches != null || isInevitable || isJson()) {
            return;
        }
        Console console = parent.console();
        sim.traceTo(line -> {
            if (first == null || first.isPast(sim)) {
                console.out().println(line);
            }
        });
        if (hasEvents) {
            sim.eventsTo(line -> {
                if (first == null || first.isPast(sim)) {
                    console.out().println(line + " event=" + sim.eventCount());
                }
            });
        }
    }

    private void write(DecisionFile decisions, RunResult result) {
        byte[] bytes = decisions.encode();
        OutputFile.write(record, bytes);
        parent.console()
                .say(record + ": " + decisions.log() + ", " + bytes.length + " bytes, "
                        + perEvent(bytes.length, result) + " an event ("
                        + perEvent(bytes.length - decisions.scenario().length(), result) + " without the scenario)");
    }

    private static double perEvent(int bytes, RunResult result) {
        return Math.round(100.0 * bytes / Math.max(1, result.events())) / 100.0;
    }

    private int searchInevitable(RunFile run, RunResult result) {
        if (result.isOk()) {
            throw usage("the run does not fail, so nothing of it became inevitable");
        }
        Branching.Share share =
                new Branching(run).whenInevitable(result.failure().event(), branches == null ? BRANCHES : branches);
        parent.console().print("failed at event " + result.failure().event() + "; inevitable " + share);
        return ExitCode.OK;
    }

    private void printState() {
        if (state == null) {
            return;
        }
        for (var node : simulation.nodes()) {
            if (!state.equals(EVERY_NODE) && !state.equals(node.name())) {
                continue;
            }
            parent.console().print(node + " after event " + simulation.eventCount() + ":");
            if (!simulation.isUp(node)) {
                parent.console().print("  down");
                continue;
            }
            StateText text = new StateText();
            simulation.describe(node, text);
            text.values().forEach((name, value) -> parent.console().print("  " + name + " = " + value));
        }
    }

    private RunPoint point(String option, String text) {
        try {
            return RunPoint.parse(text);
        } catch (IllegalArgumentException e) {
            throw usage(option + ": " + e.getMessage());
        }
    }

    private static ProblemException usage(String what) {
        return new ProblemException(ExitCode.USAGE, what, "", "orrery sim replay --help");
    }
}
