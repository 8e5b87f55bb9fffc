package io.orrery.server.cli;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.orrery.server.bench.snapshot.SnapshotBench;
import io.orrery.server.bench.snapshot.SnapshotFigures;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.ProblemException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
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
            "Three nodes of one group in this process, loopback TCP, synced, clients that write all the time: take a snapshot of"
                    + " a large state; let a node with an empty disk fetch it, break its connections on the way and kill it once;"
                    + " put a later one in the place of an outdated state; start once more. Reports the longest event of each"
                    + " node in each phase.",
            "The values lie outside the heap, five states at most, what changes while snapshots are taken included. For 1 GiB:"
                    + " ORRERY_JAVA_OPTS='-Xmx3g -XX:MaxDirectMemorySize=6g' orrery bench snapshot --bytes 1g"
        })
final class BenchSnapshotCommand implements Callable<Integer> {
    private static final long MIB = 1024 * 1024;
    private static final long QUICK_BYTES = 64 * MIB;
    private static final long BYTES_MIN = MIB;
    private static final long BYTES_MAX = 64L * 1024 * MIB;
    private static final int STATES = 5;
    private static final long BESIDE_BYTES = 128 * MIB;

    @ParentCommand
    private BenchCommand parent;

    @Option(
            names = "--bytes",
            paramLabel = "N",
            description = "Of the state, in values of 1 KiB: 64m, 1g (default: ${DEFAULT-VALUE}).")
    private String bytes = "256m";

    @Option(names = "--quick", description = "A state of 64 MiB.")
    private boolean quick;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Where the nodes' folders go for the time of the run, about ten times the state;"
                    + " default: the system's for temporary files.")
    private Path directory = Path.of(System.getProperty("java.io.tmpdir"));

    @Mixin
    private OutputOption output;

    @Override
    public Integer call() throws IOException, InterruptedException {
        long state = quick ? QUICK_BYTES : ByteCount.parse("--bytes", bytes, BYTES_MIN, BYTES_MAX);
        checkMemory(state);
        Path folder = Files.createTempDirectory(directory.toAbsolutePath(), "orrery-bench-snapshot");
        SnapshotFigures figures = new SnapshotBench(folder, state, parent.console()::say).run();
        SnapshotReport report = new SnapshotReport(figures);
        parent.console().print(output.isJson() ? report.json() : report.text());
        return 0;
    }

    private static void checkMemory(long state) {
        long needed = STATES * state + BESIDE_BYTES;
        long heapNeeded = 2 * state + BESIDE_BYTES;
        long heap = Runtime.getRuntime().maxMemory();
        String set = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .getVMOption("MaxDirectMemorySize")
                .getValue();
        long direct = set.equals("0") ? heap : Long.parseLong(set);
        if (direct < needed || heap < heapNeeded) {
            throw new ProblemException(
                    ExitCode.USAGE,
                    "a state of " + state / MIB + " MiB needs a heap of " + heapNeeded / MIB + " MiB and "
                            + needed / MIB + " MiB of direct memory; there are " + heap / MIB + " and " + direct / MIB,
                    "",
                    "ORRERY_JAVA_OPTS='-Xmx" + heapNeeded / MIB + "m -XX:MaxDirectMemorySize=" + needed / MIB
                            + "m' orrery bench snapshot --bytes " + state / MIB + "m");
        }
    }
}
