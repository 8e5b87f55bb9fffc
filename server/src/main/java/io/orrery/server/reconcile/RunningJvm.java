package io.orrery.server.reconcile;

import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.Problem;
import io.orrery.server.problem.ProblemException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A JVM that prints fingerprints. One that says nothing for too long is ended: it may run for ever. */
final class RunningJvm {
    private static final Pattern FINGERPRINT = Pattern.compile("(seed|at|event|end) .*");

    private final Jvm jvm;
    private final long secondsMax;
    private final Process process;
    private final BufferedReader out;
    private long seed;
    private String said = "it said nothing";

    /**
     * Starts it.
     *
     * @param secondsMax how long it may say nothing
     * @param seed the first that it runs
     * @param words for {@link Fingerprints#print}
     */
    RunningJvm(Jvm jvm, long secondsMax, long seed, String... words) {
        this.jvm = jvm;
        this.secondsMax = secondsMax;
        this.seed = seed;
        List<String> command = new ArrayList<>(jvm.command());
        command.addAll(List.of(words));
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw ended("cannot start the JVM '" + jvm.name() + "'", Problem.reason(e));
        }
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** It is at the next seed now. */
    void onSeedDone() {
        seed++;
    }

    /** The next fingerprint; warnings of the JVM are passed over. */
    String line() {
        CompletableFuture<Boolean> answered = new CompletableFuture<>();
        CompletableFuture<Void> ending = answered.completeOnTimeout(false, secondsMax, TimeUnit.SECONDS)
                .thenAccept(isInTime -> {
                    if (!isInTime) {
                        stop();
                    }
                });
        try {
            String line = out.readLine();
            while (line != null && !FINGERPRINT.matcher(line).matches()) {
                said = isOfAStack(line) ? said : line;
                line = out.readLine();
            }
            // What comes at the last moment counts as late, if the JVM was ended for it.
            answered.complete(true);
            if (!answered.join()) {
                ending.join();
                throw late();
            }
            if (line == null) {
                throw ended("the JVM '" + jvm.name() + "' ended early", said);
            }
            return line;
        } catch (IOException e) {
            throw answered.complete(true)
                    ? ended("cannot read what the JVM '" + jvm.name() + "' prints", Problem.reason(e))
                    : late();
        }
    }

    private static boolean isOfAStack(String line) {
        return line.startsWith("\tat ");
    }

    private static ProblemException problem(String what, String why, String next) {
        return new ProblemException(ExitCode.USAGE, what, why, next);
    }

    private ProblemException ended(String what, String why) {
        return problem(what, why, "run " + jvm.command().get(0) + " -version");
    }

    private ProblemException late() {
        return problem(
                "the JVM '" + jvm.name() + "' said nothing for " + secondsMax + " s, at seed " + seed
                        + ", and was ended",
                "the run may have no end there, or be slow",
                "--seconds-per-seed " + 4 * secondsMax + ", or see it alone: orrery sim replay --seed " + seed);
    }

    void stop() {
        process.destroyForcibly();
    }
}
