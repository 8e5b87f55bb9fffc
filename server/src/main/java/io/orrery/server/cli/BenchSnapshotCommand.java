package io.orrery.server.cli;

import io.orrery.kernel.host.HostConfig;
import io.orrery.server.bench.SnapshotBench;
import io.orrery.server.bench.SnapshotRow;
import io.orrery.server.json.JsonWriter;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code orrery bench snapshot}: what a snapshot of a large state costs. */
@Command(
        name = "snapshot",
        mixinStandardHelpOptions = true,
        description = {
            "Take a snapshot of a large state under load, install it on an empty replica, read it back at a restart.",
            "One voter and one learner in this process, loopback TCP, synced. Needs about four times the state as heap:"
                    + " ORRERY_JAVA_OPTS=-Xmx5g for 1 GiB."
        })
final class BenchSnapshotCommand implements Callable<Integer> {
    private static final long MIB = 1024 * 1024;

    @ParentCommand
    private BenchCommand parent;

    @Option(names = "--mib", paramLabel = "N", description = "MiB of state (default: ${DEFAULT-VALUE}).")
    private int mib = 256;

    @Mixin
    private OutputOption output;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (mib < 1 || mib * MIB * 4 > Runtime.getRuntime().maxMemory()) {
            throw new ProblemException(
                    ExitCode.USAGE,
                    "--mib " + mib + ": between 1 and a quarter of the heap, which is "
                            + Runtime.getRuntime().maxMemory() / MIB + " MiB",
                    "",
                    "ORRERY_JAVA_OPTS=-Xmx5g orrery bench snapshot --mib 1024");
        }
        Path directory = Files.createTempDirectory("orrery-bench-snapshot");
        SnapshotRow row = new SnapshotBench(directory, new HostConfig(), mib * MIB, parent.console()::say).run();
        parent.console().print(output.isJson() ? json(row) : text(row));
        return 0;
    }

    private static String text(SnapshotRow row) {
        Table table = new Table("FIGURE", "VALUE");
        table.row("state, MiB", whole(row.stateBytes() / (double) MIB));
        table.row("snapshot, MiB", whole(row.fileBytes() / (double) MIB));
        table.row("slice, KiB", whole(row.sliceBytes() / 1024.0));
        table.row("taken in, ms", whole(row.takeMillis()));
        table.row("installed by an empty replica in, ms", whole(row.installMillis()));
        table.row("read back at a restart in, ms", whole(row.restartMillis()));
        table.row("longest step of the state machine, CPU us", whole(row.longestStepMicros()));
        table.row("longest cycle of the leader's thread, us", whole(row.longestCycleMicros()));
        table.row("p99 of a commit, quiet, us", whole(row.quietP99Micros()));
        table.row("p99 of a commit while it is taken, us", whole(row.takingP99Micros()));
        table.row("p99 of a commit while it is installed, us", whole(row.installingP99Micros()));
        return table.text();
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%,d", Math.round(value));
    }

    private static String json(SnapshotRow row) {
        JsonWriter out = new JsonWriter().object().name("rows").array().object();
        out.field("stateBytes", row.stateBytes()).field("fileBytes", row.fileBytes());
        out.field("sliceBytes", row.sliceBytes()).field("takeMicros", micros(row.takeMillis()));
        out.field("installMicros", micros(row.installMillis())).field("restartMicros", micros(row.restartMillis()));
        out.field("longestStepMicros", Math.round(row.longestStepMicros()));
        out.field("longestCycleMicros", Math.round(row.longestCycleMicros()));
        out.field("quietP99Micros", Math.round(row.quietP99Micros()));
        out.field("takingP99Micros", Math.round(row.takingP99Micros()));
        out.field("installingP99Micros", Math.round(row.installingP99Micros()));
        return out.end().end().end().toString();
    }

    private static long micros(double millis) {
        return Math.round(millis * 1000);
    }
}
