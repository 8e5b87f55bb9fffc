package io.orrery.server.cli;

import io.orrery.server.json.Json;
import io.orrery.server.json.JsonWriter;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code orrery client ...}: the registered clients of namespaces, which all nodes share; EventMesh's VPN clients. */
@Command(
        name = "client",
        mixinStandardHelpOptions = true,
        description =
                "Register, unregister, list or describe clients of a namespace; on any node, also in a partition.")
final class ClientCommand implements Runnable {
    /** Which client. */
    static final class Which {
        @Parameters(paramLabel = "NAME", description = "The client's identifier.")
        private String name;

        @Option(
                names = {"--namespace", "--vpn"},
                paramLabel = "NAME",
                defaultValue = "default",
                description = "Of which namespace; ${DEFAULT-VALUE} if it is not given.")
        private String namespace;

        private JsonWriter body() {
            return new JsonWriter().object().field("namespace", namespace).field("name", name);
        }
    }

    @ParentCommand
    private OrreryCommand root;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "what: register, unregister, list or describe?");
    }

    @Command(
            name = "register",
            aliases = {"add"},
            mixinStandardHelpOptions = true,
            description = "Register a client, or change all that is registered of it.")
    void register(
            @Mixin ApiOptions options,
            @Mixin Which which,
            @Option(
                            names = "--purposes",
                            split = ",",
                            paramLabel = "PURPOSE",
                            description = "What it is for, such as PUBLISH,SUBSCRIBE; at most 16 names.")
                    List<String> purposes,
            @Option(names = "--description", defaultValue = "", paramLabel = "TEXT", description = "For people.")
                    String description) {
        JsonWriter body = which.body().field("description", description);
        body.field("purposes", purposes == null ? new ArrayList<>() : purposes);
        Json answer = options.client(root.console())
                .tell("/v1/client/register", body.end().toString());
        print(options, answer, " registered", " is registered so already.");
    }

    @Command(
            name = "unregister",
            aliases = {"remove"},
            mixinStandardHelpOptions = true,
            description = "End a client's registration, whatever others change of it at the same time.")
    void unregister(@Mixin ApiOptions options, @Mixin Which which) {
        Json answer = options.client(root.console())
                .tell("/v1/client/unregister", which.body().end().toString());
        print(options, answer, " unregistered", " is not registered.");
    }

    private void print(ApiOptions options, Json answer, String done, String unchanged) {
        root.console().print(options.show(answer, json -> {
            String client = "Client " + json.text("name") + " of " + json.text("namespace");
            return switch (json.text("outcome")) {
                case "UNCHANGED" -> client + unchanged;
                case "UNSAVED" -> client + done + ", but not saved on this node yet: " + json.text("reason");
                default -> client + done + ".";
            };
        }));
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "As 'orrery get clients'.")
    void list(@Mixin ApiOptions options) {
        Json answer = options.client(root.console()).ask("/v1/clients");
        root.console().print(options.show(answer, GetCommand::clients));
    }

    @Command(
            name = "describe",
            mixinStandardHelpOptions = true,
            description = "One client with all that is registered.")
    void describe(@Mixin ApiOptions options, @Mixin Which which) {
        Json answer = options.client(root.console()).ask("/v1/clients");
        for (Json client : answer.list("clients")) {
            if (client.text("name").equals(which.name)
                    && client.text("namespace").equals(which.namespace)) {
                root.console().print(options.show(client, ClientCommand::description));
                return;
            }
        }
        throw new ProblemException(
                ExitCode.FALSE,
                "there is no client " + which.name + " of " + which.namespace,
                "as far as the asked node knows",
                "orrery get clients");
    }

    private static String description(Json client) {
        return "client      " + client.text("name")
                + "\nnamespace   " + client.text("namespace")
                + "\npurposes    " + GetCommand.orDash(String.join(",", client.texts("purposes")))
                + "\ndescription " + GetCommand.orDash(client.text("description"))
                + "\nconnected   " + GetCommand.orDash(client.text("node"))
                + "\nchanged by  " + client.text("changedBy")
                + "\nfresh       " + client.text("fresh");
    }
}
