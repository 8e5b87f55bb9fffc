package io.orrery.sim.junit;

import io.orrery.sim.scenario.TimedFault;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The message of a failure, for people: what failed, how to see it again, what it needs to fail. */
final class FailureText {
    /** Fault lines shown; the scenario file has all. */
    private static final int LINES_MAX = 40;

    private static final int LABEL_WIDTH = 15;

    /** Fault lines that fit an annotation. */
    private static final int PINNED_LINES_MAX = 4;

    private final TestName test;
    private final Project project;
    private final SeedBatch batch;
    private final long number;
    private final StringBuilder text = new StringBuilder();

    FailureText(TestName test, Project project, SeedBatch batch, long number) {
        this.test = test;
        this.project = project;
        this.batch = batch;
        this.number = number;
    }

    void failed(RunOutcome failed) {
        head(failed.script().seed(), "");
        text.append("  ").append(failed.headline()).append("\n\n");
        replay(failed.script().seed());
    }

    private void head(long seed, String what) {
        text.append(test.method())
                .append(what.isEmpty() ? " fails with seed " : what)
                .append(seed);
        if (batch.count() > 1) {
            text.append(" (").append(batch.name()).append(": number ").append(number + 1);
            text.append(")");
        } else {
            text.append(" (").append(batch.name()).append(")");
        }
        text.append("\n\n");
    }

    private void replay(long seed) {
        line("replay", project.command(test, "seed", Long.toString(seed)));
        line("or", "ORRERY_SEED=" + seed + " in the environment");
    }

    /** How to keep the seed in the test; with its faults, if they alone bring the failure about. */
    void pin(RunOutcome pinned) {
        List<TimedFault> lines = pinned.script().faults() == null
                ? List.of()
                : pinned.script().faults().faults();
        String seed = literal(pinned.script().seed());
        if (lines.isEmpty() || lines.size() > PINNED_LINES_MAX) {
            line("pin", "@Seed(" + seed + ")");
        } else {
            String faults =
                    lines.stream().map(fault -> '"' + fault.toString() + '"').collect(Collectors.joining(", "));
            line(
                    "pin",
                    "@Seed(value = " + seed + ", faults = " + (lines.size() == 1 ? faults : "{" + faults + "}") + ")");
        }
    }

    void nonDeterministic(RunOutcome failed, RunOutcome again, String where) {
        head(failed.script().seed(), " is NON-DETERMINISTIC with seed ");
        text.append("  the same seed, run twice in this JVM, did not do the same:\n");
        line("  first", summary(failed));
        line("  second", summary(again));
        text.append("\n  ").append(where).append("\n\n");
        text.append(
                "  Look for what the seed does not decide: System.nanoTime and currentTimeMillis, Random, UUID, threads,\n");
        text.append(
                "  the order of a HashMap or HashSet, static fields, fields of a test class that all seeds share.\n");
        text.append("  A protocol takes time and chance from its Kernel only.\n\n");
        replay(failed.script().seed());
    }

    private static String summary(RunOutcome outcome) {
        return "hash " + outcome.hash() + ", " + outcome.events() + " events, "
                + (outcome.isFailed() ? outcome.headline() : "passed");
    }

    void shrunk(RunOutcome failed, RunOutcome smallest, Shrinker shrinker) {
        List<TimedFault> lines = smallest.faults().faults();
        int before = failed.faults().faults().size();
        long operations = failed.operationCount();
        String did = lines.size() + " of " + before + " lines of faults";
        if (operations > 0) {
            did += " and " + smallest.operationNumbers().size() + " of " + operations + " operations";
        }
        line(
                "shrunk",
                did + (shrinker.isCutShort() ? " left when time was up" : " are needed") + ", " + shrinker.runs()
                        + " runs" + (lines.isEmpty() ? "" : ":"));
        for (int i = 0; i < lines.size() && i < LINES_MAX; i++) {
            line("", "  " + lines.get(i));
        }
        if (lines.size() > LINES_MAX) {
            line("", "  and " + (lines.size() - LINES_MAX) + " more, in the file");
        }
        if (operations > 0) {
            line("", "  operations " + smallest.script().operations());
        }
        if (smallest != failed) {
            line("", "then: " + smallest.headline());
        }
    }

    void files(List<Path> files, String trouble) {
        for (int i = 0; i < files.size(); i++) {
            Path file = files.get(i);
            line(i == 0 ? "files" : "", project.relative(file));
        }
        if (!files.isEmpty()) {
            line("replay shrunk", project.command(test, "scenario", project.relative(files.get(0))));
        }
        if (trouble != null) {
            line("files", trouble);
        }
    }

    private void line(String label, String rest) {
        text.append("  ").append(label).append(" ".repeat(Math.max(1, LABEL_WIDTH - label.length())));
        text.append(rest.replace("\n", "\n" + " ".repeat(LABEL_WIDTH + 2))).append('\n');
    }

    private static String literal(long seed) {
        return seed == (int) seed ? Long.toString(seed) : seed + "L";
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
