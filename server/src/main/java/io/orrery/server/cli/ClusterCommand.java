package io.orrery.server.cli;

import io.orrery.server.json.Json;
import io.orrery.server.json.JsonWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code orrery cluster ...}: what a node is in, and how it gets in and out. */
@Command(
        name = "cluster",
        mixinStandardHelpOptions = true,
        description = "Join, leave and look at a cluster.",
        subcommands = ClusterWatchCommand.class)
final class ClusterCommand implements Runnable {
    @ParentCommand
    private OrreryCommand root;

    Console console() {
        return root.console();
    }

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "which one: status, watch, init, join, leave, remove or dump?");
    }

    @Command(
            name = "status",
            mixinStandardHelpOptions = true,
            description = "Which nodes run and which do not, as the asked node sees it.")
    void status(@Mixin ApiOptions options) {
        Json status = options.client(root.console()).ask("/v1/status");
        root.console().print(options.show(status, ClusterCommand::statusText));
        if (options.isForPeople()) {
            identity(status);
        }
    }

    /** Beside the line that scripts read: which cluster this is, or how far its first boot is. */
    private void identity(Json status) {
        String id = status.text("clusterId");
        if (!id.isEmpty()) {
            root.console().say("cluster " + status.text("cluster") + ", id " + id);
        }
        String boot = status.text("firstBoot");
        if (!boot.isEmpty()) {
            root.console().say("first boot: " + boot);
        }
    }

    @Command(
            name = "join",
            mixinStandardHelpOptions = true,
            description = "The asked node joins the cluster that another node is in.")
    void join(
            @Mixin ApiOptions options,
            @Parameters(paramLabel = "NODE", description = "name@host, name@host:port or host:port of any node in it.")
                    String target) {
        done(options, "/v1/cluster/join", target, "Join the cluster successfully.");
    }

    @Command(
            name = "init",
            mixinStandardHelpOptions = true,
            description = "The asked node, which is of no cluster yet, forms one alone. Say so on one node only.")
    void init(@Mixin ApiOptions options) {
        done(options, "/v1/cluster/init", "", "Form the cluster successfully.");
    }

    @Command(
            name = "leave",
            mixinStandardHelpOptions = true,
            description = "The asked node leaves its cluster and goes on alone.")
    void leave(@Mixin ApiOptions options) {
        done(options, "/v1/cluster/leave", "", "Leave the cluster successfully.");
    }

    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = "Removes another node from the asked node's cluster.")
    void remove(
            @Mixin ApiOptions options, @Parameters(paramLabel = "NODE", description = "The node's name.") String node) {
        done(options, "/v1/cluster/remove", node, "Remove the node from cluster successfully.");
    }

    @Command(
            name = "dump",
            mixinStandardHelpOptions = true,
            description = "The replicated cluster state, as the asked node has it.")
    void dump(@Mixin ApiOptions options) {
        Json dump = options.client(root.console()).ask("/v1/dump");
        root.console().print(options.show(dump, StateDump::text));
    }

    private void done(ApiOptions options, String path, String node, String words) {
        JsonWriter body = new JsonWriter().object();
        if (!node.isEmpty()) {
            body.field("node", node);
        }
        Json status = options.client(root.console()).tell(path, body.end().toString());
        root.console().print(options.show(status, answer -> words + "\n" + statusLine(answer)));
    }

    /** The line, and below it the last refusal, if there was one. */
    private static String statusText(Json status) {
        return statusLine(status) + refusalLine(status);
    }

    /** A line more, if the asked node and another refused each other. */
    static String refusalLine(Json answer) {
        String refusal = answer.text("lastRefusal");
        return refusal.isEmpty() ? "" : "\nLast refusal: " + refusal;
    }

    /** {@code Cluster status: [{running_nodes,['a@b','c@d']}]}. */
    static String statusLine(Json status) {
        StringBuilder line = new StringBuilder("Cluster status: [{running_nodes,");
        line.append(quoted(status.texts("runningNodes"))).append('}');
        List<String> stopped = status.texts("stoppedNodes");
        if (!stopped.isEmpty()) {
            line.append(",{stopped_nodes,").append(quoted(stopped)).append('}');
        }
        return line.append(']').toString();
    }

    private static String quoted(List<String> nodes) {
        return nodes.isEmpty() ? "[]" : "['" + String.join("','", nodes) + "']";
    }
}
