package io.orrery.server.cli;

import io.orrery.server.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
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
        throw new ParameterException(spec.commandLine(), "what: member NAME, routes, or group ID?");
    }

    @Command(
            name = "routes",
            mixinStandardHelpOptions = true,
            description = "The route table, with --trie in a box below the topic trie.")
    void routes(
            @Mixin ApiOptions options,
            @Option(names = "--trie", description = "Draw the trie of the wildcard filters.") boolean withTrie) {
        Json routes = options.client(root.console()).ask("/v1/trie");
        root.console()
                .print(options.show(
                        routes,
                        answer -> withTrie
                                ? answer.text("text").stripTrailing()
                                : String.join("\n", RouteText.lines(answer))));
    }

    @Command(
            name = "member",
            mixinStandardHelpOptions = true,
            aliases = {"members"},
            description =
                    "A member as the asked node sees it: its state, who suspects it, and its last transitions with their"
                            + " reasons.")
    void member(
            @Mixin ApiOptions options,
            @Parameters(
                            paramLabel = "NAME",
                            description = "As 'orrery get members' prints it; the @host may be left out.")
                    String name) {
        Json answer = options.client(root.console()).ask("/v1/members/" + name);
        root.console().print(options.show(answer, MemberText::text));
    }

    @Command(
            name = "group",
            mixinStandardHelpOptions = true,
            description =
                    "A Raft group as the asked node sees it: role, log, configuration, peers (at the leader), and its"
                            + " last transitions and refusals with their reasons.")
    void group(
            @Mixin ApiOptions options,
            @Parameters(paramLabel = "ID", description = "As 'orrery get groups' prints it.") long group) {
        Json answer = options.client(root.console()).ask("/v1/groups/" + group);
        root.console().print(options.show(answer, GroupText::text));
    }
}
