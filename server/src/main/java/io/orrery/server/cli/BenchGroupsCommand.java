package io.orrery.server.cli;

import io.orrery.server.bench.GroupsBench;
import io.orrery.server.bench.GroupsFigures;
import io.orrery.server.bench.GroupsFigures.Activity;
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
        activity(json, "one", f.one());
        activity(json, "all", f.all());
        activity(json, "inTurn", f.inTurn());
        json.field("syncsPerBatchPermille", Math.round(f.syncsPerBatch() * 1000));
        json.field("failoverMillis", f.failoverMillis()).field("groupsLost", f.groupsLost());
        return json.field("electionMillis", f.electionMillis()).end().toString();
    }

    private static void activity(JsonWriter json, String name, Activity activity) {
        json.name(name).object().field("perSecond", Math.round(activity.perSecond()));
        json.field("ofOnePercent", percent(activity.ratio().median()));
        json.field("ofOnePercentMin", percent(activity.ratio().min()));
        json.field("ofOnePercentMax", percent(activity.ratio().max()));
        json.field("cpuNanos", Math.round(1000 * activity.cpuMicros())).end();
    }

    private static long percent(double ratio) {
        return Math.round(100 * ratio);
    }

    private static String text(GroupsFigures f) {
        Table table = new Table("FIGURE", "AIM", "MEASURED");
        String election = " (timeout " + f.electionMillis() + " ms)";
        table.row("idle, of a core a node", "at most 2 %", tenths(f.idleCorePercent(), "%.2f %%"));
        table.row("messages a second from a node, idle", "", whole(f.messagesPerSecond()));
        table.row("heap of an idle group", "at most 20,480 bytes", whole(f.heapBytesPerGroup()));
        table.row("one group active, commits a second", "", whole(f.one().perSecond()));
        table.row("all groups active, of that", "at least 70 %", ofOne(f.all()));
        table.row("each proposal in the next group, of that", "", ofOne(f.inTurn()));
        String cpu = tenths(f.one().cpuMicros(), "%.1f, ") + tenths(f.all().cpuMicros(), "%.1f, ");
        table.row("processor time of their commits", "", cpu + tenths(f.inTurn().cpuMicros(), "%.1f us"));
        table.row("syncs a batch of the log, all active", "at most 1.2", tenths(f.syncsPerBatch(), "%.2f"));
        table.row(
                "groups of a stopped node led again",
                "at most 2 election timeouts",
                f.groupsLost() + " after " + whole(f.failoverMillis()) + " ms" + election);
        table.row("started: all led, then all silent", "", f.startMillis() + " ms, " + f.silenceMillis() + " ms");
        return f.groups() + " groups on each of three nodes, " + f.inFlight() + " proposals under way\n" + table.text();
    }

    private static String ofOne(Activity activity) {
        return whole(activity.perSecond()) + ": " + percent(activity.ratio().median()) + " % ("
                + percent(activity.ratio().min()) + " to "
                + percent(activity.ratio().max()) + ")";
    }

    private static String tenths(double value, String form) {
        return String.format(Locale.ROOT, form, value);
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%,d", Math.round(value));
    }
}
