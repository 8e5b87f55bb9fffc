package io.orrery.server.journal;

import io.orrery.kernel.Protocol;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.journal.JournalException;
import io.orrery.kernel.journal.JournalHeader;
import io.orrery.kernel.journal.JournalReader;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.Problem;
import io.orrery.server.problem.ProblemException;
import io.orrery.sim.journal.Replay;
import io.orrery.sim.journal.ReplayWatcher;
import io.orrery.sim.journal.Replayed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * A broker's journal, replayed. Changes nothing outside.
 *
 * @param header of the journal
 * @param result of the replay
 * @param protocol the node's root protocol as the replay left it; null if it did not boot
 */
public record JournalReplay(JournalHeader header, Replayed result, Protocol protocol) {
    /**
     * Replays a journal.
     *
     * @param untilEvent the last event to run, from 1
     * @throws ProblemException with exit code 2 if the file is no journal of a broker, or damaged
     */
    public static JournalReplay run(Path file, long untilEvent, ReplayWatcher watcher) {
        try (FileSource source = new FileSource(file)) {
            JournalReader reader = new JournalReader(source);
            JournalHeader header = reader.header();
            if (!header.program().equals(BrokerPlan.PROGRAM)) {
                throw reader.fault("a journal of the program '" + header.program() + "', where this command replays "
                        + BrokerPlan.PROGRAM);
            }
            Replay replay = new Replay(reader, new BrokerReplay(plan(reader)), watcher);
            Replayed result = replay.run(untilEvent);
            return new JournalReplay(header, result, replay.protocol());
        } catch (JournalException e) {
            throw new ProblemException(
                    ExitCode.USAGE,
                    file + ", " + e.getMessage(),
                    "the journal is damaged here, or was never one",
                    "orrery sim replay " + file + " --until N   replays up to an event before the damage");
        } catch (IOException | UncheckedIOException e) {
            throw new ProblemException(ExitCode.USAGE, "cannot read the journal " + file, Problem.reason(e), "");
        }
    }

    private static BrokerPlan plan(JournalReader reader) {
        try {
            return BrokerPlan.decode(reader.header().description());
        } catch (DecodeException e) {
            throw reader.fault("the program's description cannot be read: " + e.getMessage());
        }
    }
}
