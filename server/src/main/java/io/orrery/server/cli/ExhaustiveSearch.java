package io.orrery.server.cli;

import io.orrery.kernel.NodeId;
import io.orrery.server.json.JsonWriter;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.ProblemException;
import io.orrery.server.simulation.GossipModel;
import io.orrery.server.simulation.GossipWorkload;
import io.orrery.server.simulation.RaftModel;
import io.orrery.server.simulation.RaftWorkload;
import io.orrery.sim.exhaust.Bounds;
import io.orrery.sim.exhaust.Enumeration;
import io.orrery.sim.exhaust.Model;
import io.orrery.sim.exhaust.Move;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** {@code orrery sim explore --exhaustive}: all runs within bounds. */
final class ExhaustiveSearch {
    private static final long PROGRESS_NANOS = 5_000_000_000L;

    private final Console console;
    private final String workload;
    private final ExhaustiveOptions options;
    private final Long seconds;
    private final boolean isJson;
    private long shownNanos = System.nanoTime();

    ExhaustiveSearch(Console console, String workload, ExhaustiveOptions options, Long seconds, boolean isJson) {
        this.console = console;
        this.workload = workload;
        this.options = options;
        this.seconds = seconds;
        this.isJson = isJson;
    }

    int run(int nodeCount, EarlyEnd end) {
        List<NodeId> nodes = options.nodes(nodeCount);
        Bounds bounds = options.bounds();
        long start = System.nanoTime();
        Enumeration.Outcome outcome = new Enumeration(models(nodes), nodes, bounds, options.isExact())
                .run(states -> !end.isAsked() && wantsMore(start, states));
        double wallSeconds = (System.nanoTime() - start) / 1e9;
        console.print(isJson ? json(outcome, wallSeconds) : text(outcome, wallSeconds));
        return outcome.failure() == null ? ExitCode.OK : SimCommand.EXIT_SAFETY;
    }

    private Supplier<Model> models(List<NodeId> nodes) {
        return switch (workload) {
            case RaftWorkload.NAME -> () -> new RaftModel(nodes);
            case GossipWorkload.NAME -> () -> new GossipModel(nodes);
            default ->
                throw new ProblemException(
                        ExitCode.USAGE,
                        "workload " + workload + " cannot be enumerated",
                        "it takes a model of its own: there are raft and gossip",
                        "orrery sim explore --exhaustive --workload raft");
        };
    }

    private boolean wantsMore(long start, long states) {
        long now = System.nanoTime();
        if (now - shownNanos >= PROGRESS_NANOS) {
            shownNanos = now;
            console.say(String.format(Locale.ROOT, "%,d states", states));
        }
        return seconds == null || now - start < seconds * 1_000_000_000L;
    }

    private String text(Enumeration.Outcome outcome, double wallSeconds) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "states       %,d, told apart by %s%ntransitions  %,d, the longest run has %d moves%nin           %.1f s%n",
                outcome.states(),
                options.isExact() ? "all that happened to each node" : "what nodes describe, their disks and timers",
                outcome.transitions(),
                outcome.depth(),
                wallSeconds));
        text.append("bounds       ").append(options.text()).append('\n');
        if (outcome.failure() != null) {
            text.append("\nFAILED       ").append(outcome.failure()).append(", by these moves:\n");
            int number = 1;
            for (Move move : outcome.moves()) {
                text.append(String.format(Locale.ROOT, "%4d  %s%n", number++, move));
            }
        } else {
            text.append(
                    outcome.isComplete() ? "complete within bounds" : "not complete: more states or time are needed");
        }
        return text.toString().stripTrailing();
    }

    private String json(Enumeration.Outcome outcome, double wallSeconds) {
        JsonWriter json = new JsonWriter().object();
        json.field("states", outcome.states()).field("transitions", outcome.transitions());
        json.field("depth", (long) outcome.depth()).field("complete", outcome.isComplete());
        json.field("exact", options.isExact()).field("bounds", options.text());
        json.name("wallSeconds").tree(Math.round(wallSeconds * 1000) / 1000.0);
        json.name("failures").array();
        if (outcome.failure() != null) {
            json.object().field("kind", "safety").field("message", outcome.failure());
            json.name("moves").tree(outcome.moves().stream().map(Move::toString).toList());
            json.end();
        }
        return json.end().end().toString();
    }
}
