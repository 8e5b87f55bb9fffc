package io.orrery.server.cli;

import io.orrery.server.Version;
import io.orrery.server.config.NearestMatch;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.Problem;
import io.orrery.server.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs one command line to an exit code; every failure becomes words, never a stack trace unless asked for. */
public final class CommandRunner {
    private final Console console;
    private final CommandLine commandLine;
    private boolean isDebug;

    public CommandRunner(Console console) {
        this.console = console;
        this.commandLine = new CommandLine(new OrreryCommand(console));
        prepare(commandLine);
        commandLine
                .setOut(console.out())
                .setErr(console.err())
                .setParameterExceptionHandler((failure, arguments) -> onUsage(failure))
                .setExecutionExceptionHandler((failure, line, parsed) -> onFailure(failure));
    }

    /** One of {@link ExitCode}. */
    public int run(String... arguments) {
        List<String> rest = new ArrayList<>(List.of(arguments));
        isDebug = rest.remove("--debug");
        try {
            return commandLine.execute(rest.toArray(new String[0]));
        } catch (RuntimeException | Error e) {
            return onFailure(e);
        } finally {
            console.out().flush();
            console.err().flush();
        }
    }

    private static void prepare(CommandLine line) {
        line.getCommandSpec().version("orrery " + Version.text());
        if (line.getCommand() instanceof ConfigFlags.Holder) {
            ConfigFlags.addTo(line.getCommandSpec());
            line.getCommandSpec().usageMessage().abbreviateSynopsis(true);
        }
        // What follows the mutant is another command, with options of its own.
        line.setStopAtPositional(line.getCommandSpec().name().equals("plant"));
        line.getSubcommands().values().forEach(CommandRunner::prepare);
    }

    private int onUsage(ParameterException failure) {
        CommandLine line = failure.getCommandLine();
        String said = failure.getMessage();
        String what = said.startsWith("Error: ") ? said.substring("Error: ".length()) : said;
        String why = "";
        if (failure instanceof UnmatchedArgumentException unmatched) {
            String typed = unmatched.getUnmatched().get(0);
            what = "unknown " + (typed.startsWith("-") ? "option" : "argument") + " '" + typed + "'";
            why = nearest(line, typed);
        }
        console.say(new Problem(what, why, line.getCommandSpec().qualifiedName() + " --help").text());
        return ExitCode.USAGE;
    }

    private static String nearest(CommandLine line, String typed) {
        List<String> words = new ArrayList<>();
        if (typed.startsWith("-")) {
            line.getCommandSpec().options().forEach(option -> words.addAll(List.of(option.names())));
        } else {
            words.addAll(line.getSubcommands().keySet());
        }
        int equals = typed.indexOf('=');
        String nearest = NearestMatch.among(words, equals < 0 ? typed : typed.substring(0, equals));
        return nearest.isEmpty() ? "" : "did you mean '" + nearest + "'?";
    }

    private int onFailure(Throwable failure) {
        if (isDebug) {
            failure.printStackTrace(console.err());
        }
        if (failure instanceof ProblemException problem) {
            console.say(problem.text());
            return problem.exitCode();
        }
        console.say(new Problem(
                        "a fault in orrery itself: " + failure,
                        "",
                        "run it again with --debug and report what it prints")
                .text());
        return ExitCode.BUG;
    }
}
