package io.orrery.server.cli;

import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.ProblemException;
import io.orrery.server.reconcile.Divergence;
import io.orrery.server.reconcile.Fingerprints;
import io.orrery.server.reconcile.Jvm;
import io.orrery.server.reconcile.Reconciler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code orrery sim reconcile}: each seed in several JVMs, and the first event at which two part. */
@Command(
        name = "reconcile",
        mixinStandardHelpOptions = true,
        description = {
            "Run each seed in two JVMs with different hash salts and collectors, and in one of another Java version",
            "if there is one beside this; find the first event at which two of them part."
        },
        footer = {"", "Exit codes: 0 all alike, 2 usage, 6 not deterministic."})
final class ReconcileCommand implements Callable<Integer> {
    static final int EXIT_NOT_DETERMINISTIC = 6;

    @ParentCommand
    private SimCommand parent;

    @Mixin
    private RunOptions what;

    @Option(names = "--seeds", paramLabel = "N", description = "How many seeds (default: ${DEFAULT-VALUE}).")
    private long seeds = 200;

    @Option(names = "--first-seed", paramLabel = "N", description = "The first of them (default: ${DEFAULT-VALUE}).")
    private long firstSeed = 1;

    @Option(
            names = "--seconds-per-seed",
            paramLabel = "N",
            description = "After which a JVM that says nothing is ended (default: ${DEFAULT-VALUE}).")
    private long secondsPerSeed = Reconciler.SECONDS_PER_SEED;

    /** What a JVM that was started for comparison is to print. */
    @Option(names = "--fingerprints", hidden = true, arity = "1..*")
    private List<String> fingerprints;

    @Override
    public Integer call() {
        Console console = parent.console();
        if (fingerprints != null) {
            return print(console);
        }
        if (seeds < 1 || secondsPerSeed < 1) {
            throw new ProblemException(
                    ExitCode.USAGE, "--seeds and --seconds-per-seed are at least 1", "", "orrery sim reconcile --help");
        }
        what.burn();
        List<Jvm> jvms = Jvm.all(program());
        List<String> names = new ArrayList<>();
        jvms.forEach(jvm -> names.add(jvm.name()));
        long first = what.seed == null ? firstSeed : what.seed;
        long count = what.seed == null ? seeds : 1;
        console.say("comparing " + count + (count == 1 ? " seed in " : " seeds in ") + String.join(", ", names));
        Divergence divergence = new Reconciler(jvms, secondsPerSeed).compare(first, count, seed -> {
            if ((seed - first + 1) % 100 == 0) {
                console.say((seed - first + 1) + " seeds alike");
            }
        });
        if (divergence != null) {
            console.print(divergence.toString());
            return EXIT_NOT_DETERMINISTIC;
        }
        console.print(count + (count == 1 ? " seed alike in " : " seeds alike in ") + jvms.size() + " JVMs: "
                + String.join(", ", names));
        return ExitCode.OK;
    }

    private int print(Console console) {
        try {
            new Fingerprints(what.burn(), console::print).print(fingerprints.toArray(new String[0]));
            return ExitCode.OK;
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ExitCode.USAGE, e.getMessage(), "", "orrery sim reconcile --help");
        }
    }

    private List<String> program() {
        List<String> program = new ArrayList<>(List.of(
                "--add-opens",
                "java.base/jdk.internal.misc=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "io.orrery.server.Main",
                "sim",
                "reconcile"));
        program.addAll(what.words());
        program.add("--fingerprints");
        return program;
    }
}
