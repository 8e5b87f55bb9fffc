package io.orrery.server.cli;

import io.orrery.kernel.loop.NodeEvent;
import io.orrery.server.journal.JournalFiles;
import io.orrery.server.journal.JournalReplay;
import io.orrery.server.journal.JournalReport;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.ProblemException;
import io.orrery.sim.journal.ReplayWatcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code orrery sim replay FILE} where the file is a production node's journal. */
final class JournalConsole {
    static final int EXIT_DIVERGED = 6;

    /** Of the replay of a journal. */
    static final class Options {
        @Option(names = "--until", paramLabel = "EVENT", description = "Of a journal: stop after this event, from 1.")
        private Long until;

        @Option(names = "--events", description = "Of a journal: a line for each event too.")
        private boolean showsEvents;

        @Option(names = "--state", description = "Of a journal: the node's state where the replay stops.")
        private boolean showsState;

        @Option(
                names = {"-o", "--output"},
                paramLabel = "FORMAT",
                description = "Of a journal: text or json, which is only how it ended (default: text).")
        private BurnOptions.Output output = BurnOptions.Output.text;

        /** Refuses what is said of a journal where there is none. */
        void requireNone() {
            if (until != null || showsEvents || showsState || output != BurnOptions.Output.text) {
                throw new ProblemException(
                        ExitCode.USAGE,
                        "--until, --events, --state and -o are for the replay of a journal",
                        "",
                        "orrery sim replay FILE.journal --until 1000");
            }
        }
    }

    private final Console console;
    private final Path file;

    JournalConsole(Console console, Path file) {
        this.console = console;
        this.file = file;
    }

    /** Whether a file that is to be replayed is a journal; one that cannot be read is none. */
    static boolean isJournal(Path file) {
        try {
            return file != null && Files.isRegularFile(file) && JournalFiles.isJournal(file);
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Replays, and prints a line for each transition and how it ended.
     *
     * @param isQuiet only how it ended
     * @return 0, or 6 where the replay did otherwise than the node
     */
    int replay(Options options, boolean isQuiet) {
        if (options.until != null && options.until < 1) {
            throw new ProblemException(ExitCode.USAGE, "--until is at least 1: events are numbered from 1", "", "");
        }
        boolean isJson = options.output == BurnOptions.Output.json;
        ReplayWatcher watcher = isQuiet || isJson ? ReplayWatcher.NONE : new Lines(options.showsEvents);
        long until = options.until == null ? Long.MAX_VALUE : options.until;
        JournalReplay replay = JournalReplay.run(file, until, watcher);
        JournalReport report = new JournalReport(file, replay, options.showsState);
        console.out().flush();
        console.print(isJson ? report.json() : report.text());
        return replay.result().isFaithful() ? ExitCode.OK : EXIT_DIVERGED;
    }

    /** A line for each transition, and for each event if wanted. */
    private final class Lines implements ReplayWatcher {
        private final boolean showsEvents;

        Lines(boolean showsEvents) {
            this.showsEvents = showsEvents;
        }

        @Override
        public boolean isOn() {
            return true;
        }

        @Override
        public void event(long number, long nowNanos, NodeEvent event) {
            if (showsEvents) {
                line(nowNanos, "#" + number + " " + event.kind() + " " + event.subject());
            }
        }

        @Override
        public void transition(long nowNanos, String scope, String what, String why) {
            String who = scope.isEmpty() ? "node" : scope;
            line(nowNanos, who + " " + what + (why.isEmpty() ? "" : " " + why));
        }

        private void line(long nowNanos, String text) {
            String time = JournalReport.seconds(nowNanos);
            console.out().print(" ".repeat(Math.max(0, 12 - time.length())) + time + " " + text + "\n");
        }
    }
}
