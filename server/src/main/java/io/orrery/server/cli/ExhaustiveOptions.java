package io.orrery.server.cli;

import io.orrery.kernel.NodeId;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.ProblemException;
import io.orrery.sim.exhaust.Bounds;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** How far an exhaustive search goes. */
final class ExhaustiveOptions {
    private static final int NODES_MAX = 5;

    @Option(
            names = "--exhaustive",
            description = "Enumerate all runs of a small cluster instead: orders, losses, timers, crashes.")
    boolean isOn;

    @Option(
            names = "--depth",
            paramLabel = "N",
            description = "Exhaustive: moves of a run (default: ${DEFAULT-VALUE}).")
    private int depth = 12;

    @Option(
            names = "--messages",
            paramLabel = "N",
            description = "Exhaustive: messages delivered in a run (default: ${DEFAULT-VALUE}).")
    private int messages = 8;

    @Option(
            names = "--timers",
            paramLabel = "N",
            description = "Exhaustive: timers that fire (default: ${DEFAULT-VALUE}).")
    private int timers = 2;

    @Option(names = "--losses", paramLabel = "N", description = "Exhaustive: losses (default: ${DEFAULT-VALUE}).")
    private int losses = 0;

    @Option(names = "--crashes", paramLabel = "N", description = "Exhaustive: crashes (default: ${DEFAULT-VALUE}).")
    private int crashes = 0;

    @Option(names = "--appends", paramLabel = "N", description = "Exhaustive: operations (default: ${DEFAULT-VALUE}).")
    private int appends = 0;

    @Option(
            names = "--states",
            paramLabel = "N",
            description = "Exhaustive: states at most (default: ${DEFAULT-VALUE}).")
    private long states = 200_000;

    @Option(
            names = "--exact",
            description =
                    "Exhaustive: tell states apart by all that happened to each node, not by what nodes describe.")
    private boolean isExact;

    boolean isExact() {
        return isExact;
    }

    Bounds bounds() {
        try {
            return new Bounds(depth, messages, timers, losses, crashes, appends, states);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ExitCode.USAGE, e.getMessage(), "", "orrery sim explore --help");
        }
    }

    List<NodeId> nodes(int count) {
        if (count < 1 || count > NODES_MAX) {
            throw new ProblemException(
                    ExitCode.USAGE, "--exhaustive takes 1 to 5 nodes", "more have too many runs", "--nodes 3");
        }
        List<NodeId> nodes = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            nodes.add(NodeId.of("n" + i));
        }
        return nodes;
    }

    String text() {
        return String.format(
                Locale.ROOT,
                "%d moves, of them %d deliveries, %d timers, %d losses, %d crashes, %d operations; %,d states",
                depth,
                messages,
                timers,
                losses,
                crashes,
                appends,
                states);
    }
}
