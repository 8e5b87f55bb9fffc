package io.orrery.server.cli;

import io.orrery.server.json.Json;
import io.orrery.server.json.JsonWriter;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.view.ClusterView;
import io.orrery.server.view.Convergence;
import io.orrery.server.view.Difference;
import io.orrery.server.view.ViewPoller;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code orrery check ...}: questions with a verdict, for scripts. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Ask for a verdict: exit code 0 for yes, 1 for no with the reasons.")
final class CheckCommand implements Runnable {
    private static final long PAUSE_NANOS = 20_000_000L;
    /** Nodes are asked one after the other: a difference that is only one of time is gone in the next picture. */
    private static final int LOOKS_MIN = 3;

    @ParentCommand
    private OrreryCommand root;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which one: live, ready, quorum or converged?");
    }

    @Command(
            name = "live",
            mixinStandardHelpOptions = true,
            description = "Whether the asked node's thread answers; if not, restart its process.")
    int live(@Mixin ApiOptions options) {
        return verdict(options, "/live", "live");
    }

    @Command(
            name = "ready",
            mixinStandardHelpOptions = true,
            description = "Whether clients may be sent to the asked node.")
    int ready(@Mixin ApiOptions options) {
        return verdict(options, "/ready", "ready");
    }

    private int verdict(ApiOptions options, String path, String word) {
        Json answer = options.client(root.console()).ask(path);
        boolean isSo = answer.truth("ok");
        root.console().print(options.show(answer, json -> isSo ? word : "not " + word + ": " + json.text("why")));
        return isSo ? ExitCode.OK : ExitCode.FALSE;
    }

    @Command(
            name = "quorum",
            mixinStandardHelpOptions = true,
            description =
                    "Whether group 0 has a leader that a majority of its voters follows, so that the cluster's state can"
                            + " change.")
    int quorum(@Mixin ViewOptions options) throws InterruptedException {
        try (ViewPoller poller = options.start(root.console())) {
            awaitAnswers(poller);
            String why = Convergence.whyNoQuorum(poller.picture());
            root.console().print(why.isEmpty() ? "quorum" : "no quorum: " + why);
            return why.isEmpty() ? ExitCode.OK : ExitCode.FALSE;
        }
    }

    @Command(
            name = "converged",
            mixinStandardHelpOptions = true,
            description = {
                "Whether all nodes answer and agree: each member alive at one incarnation or gone, nobody suspect, the same"
                        + " rows of each owner, the same leader and applied index of group 0.",
                "Prints what differs."
            })
    int converged(
            @Mixin ViewOptions options,
            @Option(
                            names = "--wait",
                            paramLabel = "DURATION",
                            defaultValue = "0",
                            converter = DurationConverter.class,
                            description = "How long to wait for it, such as 30s; default 0.")
                    long waitNanos,
            @Mixin OutputOption output)
            throws InterruptedException {
        try (ViewPoller poller = options.start(root.console())) {
            ClusterView picture = await(poller, options, waitNanos);
            List<Difference> differences = Convergence.differences(picture);
            root.console().print(output.isJson() ? json(picture, differences) : text(picture, differences));
            return differences.isEmpty() ? ExitCode.OK : ExitCode.FALSE;
        }
    }

    /** The first picture without differences; else the last. */
    private static ClusterView await(ViewPoller poller, ViewOptions options, long waitNanos)
            throws InterruptedException {
        long startNanos = System.nanoTime();
        awaitAnswers(poller);
        int looks = 0;
        while (true) {
            ClusterView picture = poller.picture();
            looks++;
            boolean isTimeOver = System.nanoTime() - startNanos >= waitNanos && looks >= LOOKS_MIN;
            if (Convergence.differences(picture).isEmpty() || isTimeOver) {
                return picture;
            }
            TimeUnit.NANOSECONDS.sleep(options.everyNanos());
        }
    }

    /** From every node, an answer or that it gives none. */
    private static void awaitAnswers(ViewPoller poller) throws InterruptedException {
        while (!poller.hasAskedAll()) {
            TimeUnit.NANOSECONDS.sleep(PAUSE_NANOS);
        }
    }

    private static String text(ClusterView picture, List<Difference> differences) {
        int nodes = picture.live().size();
        if (differences.isEmpty()) {
            return "converged: " + nodes + (nodes == 1 ? " node agrees" : " nodes agree");
        }
        List<String> lines = new ArrayList<>();
        lines.add("not converged:");
        differences.forEach(difference -> lines.add("  " + difference.kind() + ": " + difference.words()));
        return String.join("\n", lines);
    }

    private static String json(ClusterView picture, List<Difference> differences) {
        JsonWriter out = new JsonWriter().object();
        out.field("converged", differences.isEmpty());
        out.field("live", picture.live());
        out.name("differences").array();
        for (Difference difference : differences) {
            out.object().field("of", difference.kind()).field("about", difference.about());
            out.field("words", difference.words()).end();
        }
        return out.end().end().toString();
    }
}
