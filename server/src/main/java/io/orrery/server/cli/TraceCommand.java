package io.orrery.server.cli;

import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.ProblemException;
import io.orrery.server.rafttrace.RaftTrace;
import io.orrery.server.rafttrace.TraceJson;
import io.orrery.server.rafttrace.TraceModule;
import io.orrery.server.simulation.RunFile;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code orrery sim trace}: what the replicas of a run's Raft group did, for checkers outside. */
@Command(
        name = "trace",
        mixinStandardHelpOptions = true,
        description = "Run one seed or scenario file again and print what each Raft replica did, step by step.",
        footer = {
            "",
            "json is a line for each step: docs/TLA.md lists the fields. tla is the module Traces that TLC checks against",
            "raft/src/test/tla/TraceRaft.tla; it leaves out what repeats: see there.",
            "The workload must be one with a Raft group of its own: --workload raft.",
            "Exit codes: those of 'sim', by how the run ended."
        })
final class TraceCommand implements Callable<Integer> {
    /** What is printed; spelt as typed. */
    enum Output {
        json,
        tla
    }

    @ParentCommand
    private SimCommand sim;

    @Mixin
    private RunOptions what;

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "A scenario, or a log of decisions; else --seed.")
    private Path file;

    @Option(
            names = "--lines",
            paramLabel = "N",
            description = "Stop the run after so many lines (default: ${DEFAULT-VALUE}).")
    private int lines = RaftTrace.LINES_MAX;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "json or tla (default: ${DEFAULT-VALUE}).")
    private Output output = Output.json;

    @Override
    public Integer call() {
        RunFile run =
                file != null ? RunFile.read(file) : new RunFile(what.burn().scenario(what.oneSeed()), null);
        RaftTrace trace = trace(run);
        Console console = sim.console();
        if (output == Output.tla) {
            console.print(TraceModule.of(List.of(trace)).stripTrailing());
        } else {
            console.out().print(TraceJson.run(trace) + "\n");
            trace.lines().forEach(line -> console.out().print(TraceJson.line(line) + "\n"));
            console.out().flush();
        }
        console.say(trace.result() + end(trace));
        return trace.result().isOk()
                ? ExitCode.OK
                : SimCommand.exitCode(trace.result().failure());
    }

    private String end(RaftTrace trace) {
        if (trace.forgetful() != null) {
            return ", stopped where " + trace.forgetful() + " starts on a disk that was wiped or damaged";
        }
        return trace.isWhole() ? "" : ", stopped after line " + lines;
    }

    private RaftTrace trace(RunFile run) {
        try {
            return RaftTrace.of(run, lines);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    ExitCode.USAGE, e.getMessage(), "", "orrery sim trace --workload raft --seed 7, or --help");
        }
    }
}
