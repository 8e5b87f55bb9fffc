package io.orrery.server.cli;

import io.orrery.server.json.Json;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code orrery get ...}: tables of what a node knows. */
@Command(
        name = "get",
        mixinStandardHelpOptions = true,
        description = "Print members, routes, topics, groups, namespaces, clients or sessions.")
final class GetCommand implements Runnable {
    @ParentCommand
    private OrreryCommand root;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "which one: members, routes, topics, groups, namespaces, clients or sessions?");
    }

    @Command(
            name = "members",
            mixinStandardHelpOptions = true,
            description =
                    "The nodes of the cluster as the asked node sees them: state, incarnation, role, age, last heard,"
                            + " suspicion and by whom.")
    void members(@Mixin ApiOptions options) {
        print(options, "/v1/members", answer -> MemberText.table(answer) + ClusterCommand.refusalLine(answer));
    }

    @Command(
            name = "member",
            mixinStandardHelpOptions = true,
            description = "The nodes of the cluster in the table of 'egctl get member'.")
    void member(@Mixin ApiOptions options) {
        print(options, "/v1/members", MemberText::easegressTable);
    }

    @Command(
            name = "routes",
            mixinStandardHelpOptions = true,
            description = "Which nodes have subscribers of which filter.")
    void routes(@Mixin ApiOptions options) {
        print(options, "/v1/routes", routes -> String.join("\n", RouteText.lines(routes)));
    }

    @Command(
            name = "topics",
            mixinStandardHelpOptions = true,
            description = "The topics declared in the cluster state.")
    void topics(@Mixin ApiOptions options) {
        print(options, "/v1/topics", GetCommand::topics);
    }

    @Command(name = "groups", mixinStandardHelpOptions = true, description = "The Raft groups of the asked node.")
    void groups(@Mixin ApiOptions options) {
        print(options, "/v1/groups", GetCommand::groups);
    }

    @Command(name = "namespaces", mixinStandardHelpOptions = true, description = "The namespaces.")
    void namespaces(@Mixin ApiOptions options) {
        print(options, "/v1/namespaces", GetCommand::namespaces);
    }

    @Command(
            name = "clients",
            mixinStandardHelpOptions = true,
            description = "The registered clients of all namespaces, and where each is connected.")
    void clients(@Mixin ApiOptions options) {
        print(options, "/v1/clients", GetCommand::clients);
    }

    @Command(
            name = "sessions",
            mixinStandardHelpOptions = true,
            description = "The connected clients of all nodes, as the asked node knows them.")
    void sessions(@Mixin ApiOptions options) {
        print(options, "/v1/sessions", GetCommand::sessions);
    }

    private void print(ApiOptions options, String path, Function<Json, String> table) {
        Json answer = options.client(root.console()).ask(path);
        String text = options.show(answer, table);
        if (!text.isEmpty()) {
            root.console().print(text);
        }
    }

    static String topics(Json answer) {
        Table table = new Table("NAMESPACE", "NAME", "SHARDS", "REPLICATION", "RETENTION", "EXCHANGE");
        for (Json topic : answer.list("topics")) {
            table.row(
                    topic.text("namespace"),
                    topic.text("name"),
                    topic.text("shards"),
                    topic.text("replicationFactor"),
                    topic.text("retentionNanos") + "ns",
                    topic.text("exchangeType"));
        }
        return table.text();
    }

    static String groups(Json answer) {
        Table table =
                new Table("GROUP", "STATE", "LEADER", "TERM", "COMMITTED", "APPLIED", "LAG", "VOTERS", "LEARNERS");
        for (Json group : answer.list("groups")) {
            table.row(
                    group.text("group"),
                    group.text("state"),
                    orDash(group.text("leader")),
                    group.text("term"),
                    group.text("commitIndex"),
                    group.text("appliedIndex"),
                    orDash(group.text("lagMax")),
                    voters(group),
                    orDash(String.join(",", group.texts("learners"))));
        }
        return table.text();
    }

    /** While the configuration is joint, the outgoing voters too. */
    static String voters(Json configuration) {
        String voters = orDash(String.join(",", configuration.texts("voters")));
        String outgoing = String.join(",", configuration.texts("outgoing"));
        return outgoing.isEmpty() ? voters : voters + " (joint, outgoing " + outgoing + ")";
    }

    static String namespaces(Json answer) {
        Table table = new Table("NAME", "TOPICS", "CHANGED-BY", "FRESH");
        for (Json namespace : answer.list("namespaces")) {
            table.row(
                    namespace.text("name"),
                    namespace.text("topics"),
                    orDash(namespace.text("changedBy")),
                    namespace.text("fresh"));
        }
        return table.text();
    }

    static String clients(Json answer) {
        Table table = new Table("CLIENT", "NAMESPACE", "PURPOSES", "NODE", "CHANGED-BY", "FRESH");
        for (Json client : answer.list("clients")) {
            table.row(
                    client.text("name"),
                    client.text("namespace"),
                    orDash(String.join(",", client.texts("purposes"))),
                    orDash(client.text("node")),
                    client.text("changedBy"),
                    client.text("fresh"));
        }
        return table.text();
    }

    static String sessions(Json answer) {
        Table table = new Table("CLIENT", "NAMESPACE", "NODE", "AGE", "EPOCH", "FRESH");
        for (Json session : answer.list("sessions")) {
            table.row(
                    session.text("client"),
                    session.text("namespace"),
                    session.text("node"),
                    Ages.age(session.at("ageMillis")),
                    session.text("epoch"),
                    session.text("fresh"));
        }
        return table.text();
    }

    static String orDash(String text) {
        return text.isEmpty() ? "-" : text;
    }
}
