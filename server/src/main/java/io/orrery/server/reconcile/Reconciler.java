package io.orrery.server.reconcile;

import io.orrery.kernel.Check;
import io.orrery.server.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Runs each seed in several JVMs and compares. Where two differ, the seed is run again with checkpoints, then with every
 * event between the last checkpoint alike and the first that is not: the first event that differs is found in three runs.
 */
public final class Reconciler {
    /** How long a JVM may say nothing, by default: a seed of an hour of simulated time is done by then. */
    public static final long SECONDS_PER_SEED = 300;

    private final List<Jvm> jvms;
    private final long secondsPerSeed;

    public Reconciler(List<Jvm> jvms) {
        this(jvms, SECONDS_PER_SEED);
    }

    /**
     * With a limit.
     *
     * @param secondsPerSeed how long a JVM may say nothing before it is ended, by the clock on the wall; at least 1
     */
    public Reconciler(List<Jvm> jvms, long secondsPerSeed) {
        Check.argument(secondsPerSeed >= 1, "a JVM has at least a second for a seed");
        this.jvms = jvms;
        this.secondsPerSeed = secondsPerSeed;
    }

    /**
     * Compares {@code count} seeds from {@code first} on.
     *
     * @param progress is told each seed on which all agree
     * @return the first divergence; null if there is none
     * @throws ProblemException if a JVM cannot be started, does not do as asked, or takes too long, with what it said
     */
    public Divergence compare(long first, long count, LongConsumer progress) {
        List<RunningJvm> running = start(first, "seeds", Long.toString(first), Long.toString(count));
        try {
            for (long seed = first; seed < first + count; seed++) {
                String expected = running.get(0).line();
                for (int i = 1; i < running.size(); i++) {
                    if (!expected.equals(running.get(i).line())) {
                        return locate(seed, jvms.get(0), jvms.get(i));
                    }
                }
                running.forEach(RunningJvm::onSeedDone);
                progress.accept(seed);
            }
            return null;
        } finally {
            running.forEach(RunningJvm::stop);
        }
    }

    /** The first event of a seed in which two JVMs differ. */
    private Divergence locate(long seed, Jvm one, Jvm other) {
        List<String> ones = lines(one, seed, "checkpoints", Long.toString(seed));
        List<String> others = lines(other, seed, "checkpoints", Long.toString(seed));
        long alike = firstDifference(ones, others);
        long from = alike * Fingerprints.CHECKPOINT_EVENTS + 1;
        String to = Long.toString(from + Fingerprints.CHECKPOINT_EVENTS);
        List<String> oneEvents = lines(one, seed, "window", Long.toString(seed), Long.toString(from), to);
        List<String> otherEvents = lines(other, seed, "window", Long.toString(seed), Long.toString(from), to);
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

    private List<RunningJvm> start(long seed, String... words) {
        List<RunningJvm> running = new ArrayList<>();
        try {
            for (Jvm jvm : jvms) {
                running.add(new RunningJvm(jvm, secondsPerSeed, seed, words));
            }
            return running;
        } catch (ProblemException missing) {
            running.forEach(RunningJvm::stop);
            throw missing;
        }
    }

    private List<String> lines(Jvm jvm, long seed, String... words) {
        RunningJvm running = new RunningJvm(jvm, secondsPerSeed, seed, words);
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
}
