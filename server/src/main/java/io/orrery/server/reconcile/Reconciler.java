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
import java.util.function.LongConsumer;
import java.util.regex.Pattern;

/**
 * Runs each seed in several JVMs and compares. Where two differ, the seed is run again with checkpoints, then with every
 * event between the last checkpoint alike and the first that is not: the first event that differs is found in three runs.
 */
public final class Reconciler {
    private static final Pattern FINGERPRINT = Pattern.compile("(seed|at|event|end) .*");

    private final List<Jvm> jvms;

    public Reconciler(List<Jvm> jvms) {
        this.jvms = jvms;
    }

    /**
     * Compares {@code count} seeds from {@code first} on.
     *
     * @param progress is told each seed on which all agree
     * @return the first divergence; null if there is none
     * @throws ProblemException if a JVM cannot be started or does not do as asked, with what it said
     */
    public Divergence compare(long first, long count, LongConsumer progress) {
        List<Running> running = start("seeds", Long.toString(first), Long.toString(count));
        try {
            for (long seed = first; seed < first + count; seed++) {
                String expected = running.get(0).line();
                for (int i = 1; i < running.size(); i++) {
                    if (!expected.equals(running.get(i).line())) {
                        return locate(seed, jvms.get(0), jvms.get(i));
                    }
                }
                progress.accept(seed);
            }
            return null;
        } finally {
            running.forEach(Running::stop);
        }
    }

    /** The first event of a seed in which two JVMs differ. */
    private Divergence locate(long seed, Jvm one, Jvm other) {
        List<String> ones = lines(one, "checkpoints", Long.toString(seed));
        List<String> others = lines(other, "checkpoints", Long.toString(seed));
        long alike = firstDifference(ones, others);
        long from = alike * Fingerprints.CHECKPOINT_EVENTS + 1;
        String to = Long.toString(from + Fingerprints.CHECKPOINT_EVENTS);
        List<String> oneEvents = lines(one, "window", Long.toString(seed), Long.toString(from), to);
        List<String> otherEvents = lines(other, "window", Long.toString(seed), Long.toString(from), to);
        int at = firstDifference(oneEvents, otherEvents);
        String oneLine = at < oneEvents.size() ? oneEvents.get(at) : "nothing more";
        String otherLine = at < otherEvents.size() ? otherEvents.get(at) : "nothing more";
        long event = oneLine.startsWith("event ") || otherLine.startsWith("event ") ? from + at : 0;
        String before = at == 0 ? null : oneEvents.get(at - 1);
        return new Divergence(seed, event, one.name(), oneLine, other.name(), otherLine, before);
    }

    private static int firstDifference(List<String> ones, List<String> others) {
        int at = 0;
        while (at < ones.size() && at < others.size() && ones.get(at).equals(others.get(at))) {
            at++;
        }
        return at;
    }

    private List<Running> start(String... words) {
        List<Running> running = new ArrayList<>();
        try {
            for (Jvm jvm : jvms) {
                running.add(new Running(jvm, words));
            }
            return running;
        } catch (ProblemException missing) {
            running.forEach(Running::stop);
            throw missing;
        }
    }

    private static List<String> lines(Jvm jvm, String... words) {
        Running running = new Running(jvm, words);
        List<String> lines = new ArrayList<>();
        try {
            while (lines.isEmpty() || !lines.get(lines.size() - 1).startsWith("end ")) {
                lines.add(running.line());
            }
            return lines;
        } finally {
            running.stop();
        }
    }

    /** A JVM that prints. */
    private static final class Running {
        private final Jvm jvm;
        private final Process process;
        private final BufferedReader out;
        private String said = "it said nothing";

        Running(Jvm jvm, String... words) {
            this.jvm = jvm;
            List<String> command = new ArrayList<>(jvm.command());
            command.addAll(List.of(words));
            try {
                process = new ProcessBuilder(command).redirectErrorStream(true).start();
            } catch (IOException e) {
                throw problem("cannot start the JVM '" + jvm.name() + "'", Problem.reason(e));
            }
            out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        }

        /** The next fingerprint; warnings of the JVM are passed over. */
        String line() {
            try {
                String line = out.readLine();
                while (line != null && !FINGERPRINT.matcher(line).matches()) {
                    said = isOfAStack(line) ? said : line;
                    line = out.readLine();
                }
                if (line == null) {
                    throw problem("the JVM '" + jvm.name() + "' ended early", said);
                }
                return line;
            } catch (IOException e) {
                throw problem("cannot read what the JVM '" + jvm.name() + "' prints", Problem.reason(e));
            }
        }

        private static boolean isOfAStack(String line) {
            return line.startsWith("\tat ");
        }

        private ProblemException problem(String what, String why) {
            String next = "run " + jvm.command().get(0) + " -version";
            return new ProblemException(ExitCode.USAGE, what, why, next);
        }

        void stop() {
            process.destroyForcibly();
        }
    }
}
