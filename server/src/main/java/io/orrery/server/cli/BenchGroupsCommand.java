package io.orrery.server.cli;

import io.orrery.server.bench.GroupsBench;
import io.orrery.server.bench.GroupsFigures;
import io.orrery.server.json.JsonWriter;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code orrery bench groups}: what many Raft groups on a node cost. */
@Command(
        name = "groups",
        mixinStandardHelpOptions = true,
        description = {
            "What many Raft groups cost on three nodes in this process, loopback TCP, synced: processor time and heap",
            "while all are silent, commits a second with all active beside one, and the time until all groups of a",
            "node that stops are led again."
        })
final class BenchGroupsCommand implements Callable<Integer> {
    @ParentCommand
    private BenchCommand parent;

    @Option(names = "--groups", paramLabel = "N", description = "Groups on each node (default: ${DEFAULT-VALUE}).")
    private int groups = 1000;

    @Option(names = "--quick", description = "Shorter rounds.")
    private boolean isQuick;

    @Option(names = "--dir", description = "Where the nodes' files go, for the time of the run; default: here.")
    private Path directory;

    @Mixin
    private OutputOption output;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (groups < 2 || groups > 100_000) {
            throw new ProblemException(
                    ExitCode.USAGE, "--groups is from 2 to 100000", "", "orrery bench groups --help");
        }
        Path base = directory != null ? directory : Path.of("");
        GroupsFigures figures =
                new GroupsBench(base, groups, isQuick, line -> parent.console().say(line)).run();
        parent.console().print(output.isJson() ? json(figures) : text(figures));
        return 0;
    }

    private static String json(GroupsFigures f) {
        JsonWriter json = new JsonWriter().object().field("groups", f.groups());
        json.field("startMillis", f.startMillis()).field("silenceMillis", f.silenceMillis());
        json.field("idleCorePpm", Math.round(f.idleCorePercent() * 10_000));
        json.field("messagesPerSecond", Math.round(f.messagesPerSecond()));
        json.field("heapBytesPerGroup", f.heapBytesPerGroup()).field("inFlight", f.inFlight());
        json.field("perSecondOne", Math.round(f.perSecondOne()));
        json.field("perSecondAll", Math.round(f.perSecondAll()));
        json.field("allOfOnePercentMin", Math.round(100 * f.ratio().min()));
        json.field("allOfOnePercentMax", Math.round(100 * f.ratio().max()));
        json.field("cpuNanosOne", Math.round(1000 * f.cpuMicrosOne()));
        json.field("cpuNanosAll", Math.round(1000 * f.cpuMicrosAll()));
        json.field("allOfOnePercent", percent(f)).field("syncsPerBatchPermille", Math.round(f.syncsPerBatch() * 1000));
        json.field("failoverMillis", f.failoverMillis()).field("groupsLost", f.groupsLost());
        return json.field("electionMillis", f.electionMillis()).end().toString();
    }

    private static long percent(GroupsFigures f) {
        return Math.round(100 * f.ratio().median());
    }

    private static String text(GroupsFigures f) {
        Table table = new Table("FIGURE", "AIM", "MEASURED");
        String all = whole(f.perSecondAll()) + " of " + whole(f.perSecondOne()) + " commits/s: " + percent(f) + " % ("
                + Math.round(100 * f.ratio().min()) + " to "
                + Math.round(100 * f.ratio().max()) + ")";
        String cpu = tenths(f.cpuMicrosAll(), "%.1f") + " of " + tenths(f.cpuMicrosOne(), "%.1f us");
        String election = " (timeout " + f.electionMillis() + " ms)";
        table.row("idle, of a core a node", "at most 2 %", tenths(f.idleCorePercent(), "%.2f %%"));
        table.row("messages a second from a node, idle", "", whole(f.messagesPerSecond()));
        table.row("heap of an idle group", "at most 20,480 bytes", whole(f.heapBytesPerGroup()));
        table.row("all groups active, of one group's commits", "at least 70 %", all);
        table.row("processor time of a commit, all of one", "", cpu);
        table.row("syncs a batch of the log, all active", "at most 1.2", tenths(f.syncsPerBatch(), "%.2f"));
        table.row(
                "groups of a stopped node led again",
                "at most 2 election timeouts",
                f.groupsLost() + " after " + whole(f.failoverMillis()) + " ms" + election);
        table.row("started: all led, then all silent", "", f.startMillis() + " ms, " + f.silenceMillis() + " ms");
        return f.groups() + " groups on each of three nodes, " + f.inFlight() + " proposals under way\n" + table.text();
    }

    private static String tenths(double value, String form) {
        return String.format(Locale.ROOT, form, value);
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%,d", Math.round(value));
    }
}
