package io.orrery.server.simulation;

import io.orrery.kernel.codec.DecodeException;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.Problem;
import io.orrery.server.problem.ProblemException;
import io.orrery.sim.choice.DecisionFile;
import io.orrery.sim.choice.DecisionLog;
import io.orrery.sim.run.Workload;
import io.orrery.sim.scenario.Scenario;
import io.orrery.sim.scenario.ScenarioException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A run to be repeated, as files hold it.
 *
 * @param scenario what is run
 * @param decisions the world's choices; null where the scenario's seed makes them
 */
public record RunFile(Scenario scenario, DecisionLog decisions) {
    /**
     * Reads a scenario, or a log of decisions with its scenario.
     *
     * @throws ProblemException that says what is wrong with the file, and where in it
     */
    public static RunFile read(Path file) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new ProblemException(ExitCode.USAGE, "cannot read the file " + file, Problem.reason(e), "");
        }
        if (isBinary(bytes)) {
            throw new ProblemException(
                    ExitCode.USAGE,
                    file + " is neither a scenario nor a log of decisions nor a node's journal",
                    "it is not text, and does not begin as such a log or journal does; it may be damaged",
                    "");
        }
        try {
            if (DecisionFile.isOne(bytes)) {
                DecisionFile decisions = DecisionFile.decode(bytes);
                return known(new RunFile(Scenario.parse(decisions.scenario()), decisions.log()), file);
            }
            return known(new RunFile(Scenario.parse(new String(bytes, StandardCharsets.UTF_8)), null), file);
        } catch (ScenarioException e) {
            throw misread(file, e, "docs/simulation/FAULTS.md lists what a scenario may say");
        } catch (DecodeException e) {
            throw misread(file, e, "record the run again: orrery sim replay --seed N --record FILE");
        }
    }

    private static ProblemException misread(Path file, Exception wrong, String next) {
        return new ProblemException(ExitCode.USAGE, file + ", " + wrong.getMessage(), "", next);
    }

    /** Whether there are bytes that no text has. */
    private static boolean isBinary(byte[] bytes) {
        if (DecisionFile.isOne(bytes)) {
            return false;
        }
        for (byte b : bytes) {
            boolean isControl = b >= 0 && b < ' ';
            if (isControl && b != '\n' && b != '\r' && b != '\t' && b != '\f') {
                return true;
            }
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return false;
        } catch (CharacterCodingException e) {
            return true;
        }
    }

    private static RunFile known(RunFile run, Path file) {
        try {
            Simulations.check(run.scenario());
            return run;
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ExitCode.USAGE, file + ": " + e.getMessage(), "", "");
        }
    }

    /** A new workload for one run of it. */
    public Workload workload() {
        return Simulations.workloads().make(scenario.workload());
    }
}
