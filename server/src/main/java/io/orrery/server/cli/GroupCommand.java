package io.orrery.server.cli;

import io.orrery.server.json.Json;
import io.orrery.server.json.JsonWriter;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.ProblemException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code orrery group ...}: what an operator does to a Raft group. */
@Command(
        name = "group",
        mixinStandardHelpOptions = true,
        description = "Move a Raft group's leadership, or repair the group.")
final class GroupCommand implements Runnable {
    @ParentCommand
    private OrreryCommand root;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "what: transfer ID, or recover ID?");
    }

    @Command(
            name = "transfer",
            mixinStandardHelpOptions = true,
            description = {
                "Hand a group's leadership to another voter, and wait until it leads. Ask the leader; others say who it is.",
                "Nothing is lost: commands that come meanwhile wait, for an election timeout at most. If it comes to"
                        + " nothing, the leader goes on.",
                "A voter whose priority is higher by 10 or more takes over again soon; the answer says so."
            })
    void transfer(
            @Mixin ApiOptions options,
            @Parameters(paramLabel = "ID", description = "As 'orrery get groups' prints it.") long group,
            @Option(
                            names = "--to",
                            paramLabel = "NODE",
                            defaultValue = "",
                            description = "Who is to lead; default: the fittest voter.")
                    String to) {
        JsonWriter body = new JsonWriter().object().field("group", Long.toString(group));
        Json answer = options.client(root.console())
                .tell("/v1/group/transfer", body.field("to", to).end().toString());
        root.console().print(options.show(answer, done -> done.text("words")));
    }

    @Command(
            name = "recover",
            mixinStandardHelpOptions = true,
            description = {
                "Force the voters of a group whose majority is gone for good. Ask the surviving node with the longest log.",
                "Refused while a leader is heard or a majority answers, and unless all named voters answer and have no"
                        + " more than the asked node.",
                "What only the lost nodes held is lost, acknowledged or not. Remove the directories of the lost nodes:"
                        + " if they come back as they were, they may elect a leader of their own."
            })
    void recover(
            @Mixin ApiOptions options,
            @Parameters(paramLabel = "ID", description = "As 'orrery get groups' prints it.") long group,
            @Option(
                            names = "--voters",
                            required = true,
                            split = ",",
                            paramLabel = "NODE",
                            description = "Who is to vote: the asked node, and other survivors.")
                    List<String> voters,
            @Option(names = "--yes", description = "Do it: what may be lost is accepted.") boolean isSure) {
        if (!isSure) {
            throw new ProblemException(
                    ExitCode.USAGE,
                    "this forces the voters of group " + group + " to " + voters + ", without a majority",
                    "what only other nodes held is lost, acknowledged or not",
                    "if they are gone for good, say --yes");
        }
        JsonWriter body = new JsonWriter().object().field("group", Long.toString(group));
        Json answer = options.client(root.console())
                .tell("/v1/group/recover", body.field("voters", voters).end().toString());
        root.console().print(options.show(answer, done -> "Recovered: " + done.text("words") + "."));
    }
}
