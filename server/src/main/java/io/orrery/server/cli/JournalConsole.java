package io.orrery.server.cli;

import io.orrery.kernel.loop.NodeEvent;
import io.orrery.server.journal.JournalFiles;
import io.orrery.server.journal.JournalReplay;
import io.orrery.server.journal.JournalReport;
import io.orrery.server.problem.ExitCode;
import io.orrery.sim.journal.ReplayWatcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code orrery sim replay FILE} where the file is a production node's journal. */
final class JournalConsole {
    static final int EXIT_DIVERGED = 6;

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
     * @param until the last event, from 1
     * @param showsEvents a line for each event too
     * @param showsState the node's state where the replay stops
     * @param isJson one object that says how it ended, and no lines
     * @param isQuiet only how it ended
     * @return 0, or 6 where the replay did otherwise than the node
     */
    int replay(long until, boolean showsEvents, boolean showsState, boolean isJson, boolean isQuiet) {
        ReplayWatcher watcher = isQuiet || isJson ? ReplayWatcher.NONE : new Lines(showsEvents);
        JournalReplay replay = JournalReplay.run(file, until, watcher);
        JournalReport report = new JournalReport(file, replay, showsState);
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
