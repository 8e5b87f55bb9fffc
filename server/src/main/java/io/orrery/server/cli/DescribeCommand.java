package io.orrery.server.cli;

import io.orrery.server.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code orrery describe ...}: one thing in full. */
@Command(name = "describe", mixinStandardHelpOptions = true, description = "Show one thing in full.")
final class DescribeCommand implements Runnable {
    @ParentCommand
    private OrreryCommand root;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "what: routes?");
    }

    @Command(
            name = "routes",
            mixinStandardHelpOptions = true,
            description = "The route table, with --trie in a box below the topic trie.")
    void routes(
            @Mixin ApiOptions options,
            @Option(names = "--trie", description = "Draw the trie of the wildcard filters.") boolean withTrie) {
        Json routes = options.client(root.console()).ask("/v1/trie");
        String table = withTrie ? routes.text("text").stripTrailing() : String.join("\n", RouteText.lines(routes));
        root.console().print(options.isJson() ? routes.toString() : table);
    }
}
