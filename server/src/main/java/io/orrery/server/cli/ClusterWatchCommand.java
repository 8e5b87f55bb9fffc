package io.orrery.server.cli;

import io.orrery.server.problem.ExitCode;
import io.orrery.server.view.ClusterView;
import io.orrery.server.view.Convergence;
import io.orrery.server.view.ViewChanges;
import io.orrery.server.view.ViewMatrix;
import io.orrery.server.view.ViewPoller;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code orrery cluster watch}: who believes what of whom, as it changes. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description = {
            "Show what each node believes of each other, and whether members, rows and group 0 are equal on all.",
            "On a terminal the picture is drawn in place; elsewhere a new one follows each change. A node that does not"
                    + " answer is shown as such. With -o json, one line for each change.",
            "Ends at Ctrl-C, after --for, or with --until converged; then with exit code 0, or 1 if it did not come to that."
        })
final class ClusterWatchCommand implements Callable<Integer> {
    /** How changes are shown; spelt as typed. */
    enum Output {
        table,
        json
    }

    /** What may be waited for; spelt as typed. */
    enum Condition {
        converged
    }

    private static final String HOME_AND_CLEAR = "\u001b[H\u001b[J";
    private static final String CLEAR = "\u001b[2J";
    private static final int CHARS_MAX_DEFAULT = 160;
    /** The state of a cluster is believed once it has been the same for so many pictures. */
    private static final int STEADY_PICTURES = 2;

    @ParentCommand
    private ClusterCommand parent;

    @Mixin
    private ViewOptions options;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table, or json: a line for each change.")
    private Output output;

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "End after this time, such as 30s.")
    private Long forNanos;

    @Option(names = "--until", paramLabel = "CONDITION", description = "End when it holds: converged.")
    private Condition until;

    @Override
    public Integer call() {
        Console console = parent.console();
        boolean isTerminal = System.console() != null && output == Output.table;
        try (ViewPoller poller = options.start(console)) {
            if (isTerminal) {
                console.write(CLEAR);
            }
            return watch(poller, console, isTerminal);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.FALSE;
        }
    }

    private int watch(ViewPoller poller, Console console, boolean isTerminal) throws InterruptedException {
        long startNanos = System.nanoTime();
        long pauseNanos = Math.min(options.everyNanos(), TimeUnit.MILLISECONDS.toNanos(250));
        ClusterView before = null;
        int steady = 0;
        while (true) {
            TimeUnit.NANOSECONDS.sleep(pauseNanos);
            boolean isTimeOver = forNanos != null && System.nanoTime() - startNanos >= forNanos;
            if (poller.hasAskedAll() || isTimeOver) {
                ClusterView picture = poller.picture();
                show(console, isTerminal, before, picture);
                before = picture;
                steady = Convergence.differences(picture).isEmpty() ? steady + 1 : 0;
            }
            if (until == Condition.converged && steady >= STEADY_PICTURES) {
                return ExitCode.OK;
            }
            if (isTimeOver) {
                return until == null || steady > 0 ? ExitCode.OK : ExitCode.FALSE;
            }
        }
    }

    private void show(Console console, boolean isTerminal, ClusterView before, ClusterView picture) {
        if (isTerminal) {
            console.write(HOME_AND_CLEAR + ViewMatrix.text(picture, charsMax(console)) + "\n");
            return;
        }
        List<String> changes = ViewChanges.between(before, picture);
        if (output == Output.json) {
            changes.forEach(console::print);
        } else if (!changes.isEmpty()) {
            console.print(ViewMatrix.text(picture, charsMax(console)) + "\n");
        }
    }

    private static int charsMax(Console console) {
        String columns = console.environment().getOrDefault("COLUMNS", "");
        return columns.matches("\\d{2,5}") ? Integer.parseInt(columns) : CHARS_MAX_DEFAULT;
    }
}
