package io.orrery.server.node;

import io.orrery.gossip.registry.Namespaces;
import io.orrery.gossip.registry.WriteOutcome;
import io.orrery.server.admin.AdminException;
import io.orrery.server.json.JsonWriter;
import io.orrery.server.problem.Problem;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Adds or removes a namespace on a node, and waits until that is durable there. Not for the node's thread. */
final class NamespaceChange {
    private static final long SECONDS_MAX = 30;

    private NamespaceChange() {}

    /** What became of it, as JSON. */
    static String run(ServerNode node, boolean adds, String name) {
        CompletableFuture<WriteOutcome> done = new CompletableFuture<>();
        RunningNode running = node.running();
        try {
            Namespaces.checkName(name);
            node.ask(broker -> {
                running.inputs().changeNamespace(adds, name, done::complete);
                return null;
            });
            WriteOutcome outcome = done.get(SECONDS_MAX, TimeUnit.SECONDS);
            if (outcome.kind() == WriteOutcome.Kind.REFUSED) {
                throw new AdminException(AdminException.REFUSED, "the namespace is not changed", outcome.reason(), "");
            }
            return new JsonWriter()
                    .object()
                    .field("name", name)
                    .field("outcome", outcome.kind().name())
                    .field("reason", outcome.reason())
                    .end()
                    .toString();
        } catch (IllegalArgumentException e) {
            throw new AdminException(AdminException.BAD_REQUEST, e.getMessage(), "", "");
        } catch (TimeoutException e) {
            throw new AdminException(
                    AdminException.TIMEOUT,
                    "the disk has not answered within " + SECONDS_MAX + " s",
                    "the change stands and spreads; whether it is durable here is not known",
                    "orrery get namespaces");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AdminException(AdminException.NOT_NOW, "the node stops", "", "");
        } catch (ExecutionException e) {
            throw new AdminException(AdminException.BUG, Problem.reason(e), "", "");
        }
    }
}
