package io.orrery.server.node;

import io.orrery.broker.input.Inputs;
import io.orrery.kernel.NodeId;
import io.orrery.server.admin.AdminException;
import io.orrery.server.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An operator forces the voters of a Raft group that has lost its majority for good. Every attempt is logged. */
final class GroupRecovery {
    private static final Logger LOG = LoggerFactory.getLogger(GroupRecovery.class);

    private record Ended(boolean isDone, String words) {}

    private GroupRecovery() {}

    /**
     * @throws AdminException if it is refused: nothing was changed then
     */
    static String run(ServerNode node, String group, List<String> names) {
        node.ask(broker -> GroupViews.group(broker, group));
        List<NodeId> voters = new ArrayList<>();
        for (String name : names) {
            voters.add(voter(name));
        }
        LOG.warn("an operator asks {} to force the voters of group {}: {}", node.self(), group, voters);
        Inputs inputs = node.running().inputs();
        CompletableFuture<Ended> end = new CompletableFuture<>();
        node.ask(broker -> {
            inputs.recover(voters, (isDone, words) -> end.complete(new Ended(isDone, words)));
            return null;
        });
        Ended ended = RunningNode.await(end);
        LOG.warn("the voters of group {} {}: {}", group, ended.isDone ? "were forced" : "stay", ended.words);
        if (!ended.isDone) {
            throw new AdminException(
                    AdminException.REFUSED,
                    "group " + group + " is not recovered, nothing was changed",
                    ended.words,
                    "orrery describe group " + group);
        }
        return new JsonWriter()
                .object()
                .field("group", group)
                .field("voters", voters)
                .field("words", ended.words)
                .end()
                .toString();
    }

    private static NodeId voter(String name) {
        try {
            return NodeId.of(name);
        } catch (IllegalArgumentException e) {
            throw new AdminException(
                    AdminException.BAD_REQUEST,
                    "'" + name + "' is no node's name",
                    e.getMessage(),
                    "orrery get members");
        }
    }
}
