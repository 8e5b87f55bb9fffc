package io.orrery.server.cli;

import io.orrery.server.json.Json;
import io.orrery.server.json.JsonWriter;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.ProblemException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code orrery namespace ...}: the namespaces that all nodes share. */
@Command(
        name = "namespace",
        mixinStandardHelpOptions = true,
        description = "Add, remove, list or describe namespaces; on any node, also in a partition.")
final class NamespaceCommand implements Runnable {
    @ParentCommand
    private OrreryCommand root;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "what: add, remove, list or describe?");
    }

    @Command(name = "add", mixinStandardHelpOptions = true, description = "Add a namespace.")
    void add(@Mixin ApiOptions options, @Parameters(paramLabel = "NAME") String name) {
        root.console().print(change(root, options, "add", name));
    }

    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = "Remove a namespace, as the asked node knows it: what others change at the same time stands.")
    void remove(@Mixin ApiOptions options, @Parameters(paramLabel = "NAME") String name) {
        root.console().print(change(root, options, "remove", name));
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "As 'orrery get namespaces'.")
    void list(@Mixin ApiOptions options) {
        Json answer = options.client(root.console()).ask("/v1/namespaces");
        root.console().print(options.show(answer, GetCommand::namespaces));
    }

    @Command(name = "describe", mixinStandardHelpOptions = true, description = "One namespace with its fields.")
    void describe(@Mixin ApiOptions options, @Parameters(paramLabel = "NAME") String name) {
        Json answer = options.client(root.console()).ask("/v1/namespaces");
        for (Json namespace : answer.list("namespaces")) {
            if (namespace.text("name").equals(name)) {
                root.console().print(options.show(namespace, NamespaceCommand::description));
                return;
            }
        }
        throw new ProblemException(
                ExitCode.FALSE,
                "there is no namespace " + name,
                "as far as the asked node knows",
                "orrery get namespaces");
    }

    static String change(OrreryCommand root, ApiOptions options, String what, String name) {
        String body = new JsonWriter().object().field("name", name).end().toString();
        Json answer = options.client(root.console()).tell("/v1/namespace/" + what, body);
        return options.show(answer, done -> words(what, done));
    }

    private static String words(String what, Json done) {
        boolean adds = what.equals("add");
        return switch (done.text("outcome")) {
            case "UNCHANGED" -> "Namespace " + done.text("name") + (adds ? " is there already." : " is not there.");
            case "UNSAVED" ->
                "Namespace " + done.text("name") + (adds ? " added" : " removed") + ", but not saved on this node yet: "
                        + done.text("reason");
            default -> "Namespace " + done.text("name") + (adds ? " added." : " removed.");
        };
    }

    private static String description(Json namespace) {
        StringBuilder text = new StringBuilder();
        text.append("name       ").append(namespace.text("name"));
        text.append("\ntopics     ").append(namespace.text("topics"));
        text.append("\nsource     ").append(namespace.text("source"));
        text.append("\nchanged by ").append(GetCommand.orDash(namespace.text("changedBy")));
        text.append("\nfresh      ").append(namespace.text("fresh"));
        for (Json field : namespace.list("fields")) {
            text.append("\nfield      ")
                    .append(field.text("name"))
                    .append(" = ")
                    .append(field.text("value"));
        }
        return text.toString();
    }
}
