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

/** {@code orrery group ...}: what is done to a Raft group when nothing else helps. */
@Command(name = "group", mixinStandardHelpOptions = true, description = "Repair a Raft group.")
final class GroupCommand implements Runnable {
    @ParentCommand
    private OrreryCommand root;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "what: recover ID?");
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
