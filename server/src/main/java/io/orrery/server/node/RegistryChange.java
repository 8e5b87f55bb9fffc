package io.orrery.server.node;

import io.orrery.broker.BrokerNode;
import io.orrery.broker.input.Input;
import io.orrery.broker.input.Inputs;
import io.orrery.gossip.registry.Clients;
import io.orrery.gossip.registry.Namespaces;
import io.orrery.gossip.registry.WriteOutcome;
import io.orrery.server.admin.AdminException;
import io.orrery.server.json.JsonWriter;
import io.orrery.server.problem.Problem;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Changes the registry on a node, and waits until that is durable there. Not for the node's thread. */
final class RegistryChange {
    private static final long SECONDS_MAX = 30;
    private static final int NAMES_MAX = 3;

    /** A change, made on the node's thread. */
    private interface Change {
        void make(BrokerNode broker, Inputs inputs, WriteOutcome.Callback done);
    }

    private RegistryChange() {}

    /** Adds a namespace, or removes one. What became of it, as JSON. */
    static String ofNamespace(ServerNode node, boolean adds, String name) {
        checked(() -> Namespaces.checkName(name));
        WriteOutcome outcome = run(node, (broker, inputs, done) -> {
            if (!adds) {
                refuseIfInUse(broker, name);
            }
            inputs.changeNamespace(adds, name, done);
        });
        return answer(outcome, new JsonWriter().object().field("name", name), "orrery get namespaces");
    }

    /** Clients of a namespace that is gone would be back, unseen, with the next one of its name. */
    private static void refuseIfInUse(BrokerNode broker, String namespace) {
        List<String> clients = broker.registry().clients().all().stream()
                .filter(client -> client.namespace().equals(namespace))
                .map(Clients.Client::clientId)
                .toList();
        if (!clients.isEmpty()) {
            throw new AdminException(
                    AdminException.REFUSED,
                    "the namespace is not removed",
                    "clients are registered in it, " + clients.size() + " as far as this node knows: "
                            + String.join(", ", clients.subList(0, Math.min(NAMES_MAX, clients.size())))
                            + (clients.size() > NAMES_MAX ? ", ..." : ""),
                    "orrery client unregister " + clients.get(0) + " --vpn " + namespace);
        }
    }

    /** Registers a client in a namespace that the node knows. What became of it, as JSON. */
    static String register(
            ServerNode node, String namespace, String clientId, List<String> purposes, String description) {
        checked(() -> Clients.check(namespace, clientId, purposes, description));
        WriteOutcome outcome = run(node, (broker, inputs, done) -> {
            if (!isNamespace(broker, namespace)) {
                throw new AdminException(
                        AdminException.REFUSED,
                        "the client is not registered",
                        "there is no namespace " + namespace + " as far as this node knows",
                        "orrery namespace add " + namespace);
            }
            inputs.registerClient(new Input.RegisterClient(namespace, clientId, purposes, description), done);
        });
        return answer(outcome, client(namespace, clientId), "orrery get clients");
    }

    /** Ends a client's registration. What became of it, as JSON. */
    static String unregister(ServerNode node, String namespace, String clientId) {
        checked(() -> Clients.check(namespace, clientId, List.of(), ""));
        WriteOutcome outcome = run(
                node,
                (broker, inputs, done) ->
                        inputs.unregisterClient(new Input.UnregisterClient(namespace, clientId), done));
        return answer(outcome, client(namespace, clientId), "orrery get clients");
    }

    private static boolean isNamespace(BrokerNode broker, String name) {
        return broker.registry().namespaces().exists(name)
                || broker.clusterState().namespaces().containsKey(name);
    }

    private static JsonWriter client(String namespace, String clientId) {
        return new JsonWriter().object().field("namespace", namespace).field("name", clientId);
    }

    private static void checked(Runnable check) {
        try {
            check.run();
        } catch (IllegalArgumentException e) {
            throw new AdminException(AdminException.BAD_REQUEST, e.getMessage(), "", "");
        }
    }

    private static String answer(WriteOutcome outcome, JsonWriter out, String next) {
        if (outcome.kind() == WriteOutcome.Kind.REFUSED) {
            throw new AdminException(AdminException.REFUSED, "nothing is changed", outcome.reason(), next);
        }
        out.field("outcome", outcome.kind().name()).field("reason", outcome.reason());
        return out.end().toString();
    }

    private static WriteOutcome run(ServerNode node, Change change) {
        CompletableFuture<WriteOutcome> done = new CompletableFuture<>();
        RunningNode running = node.running();
        try {
            node.ask(broker -> {
                change.make(broker, running.inputs(), done::complete);
                return null;
            });
            return done.get(SECONDS_MAX, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AdminException(
                    AdminException.TIMEOUT,
                    "the disk has not answered within " + SECONDS_MAX + " s",
                    "the change stands and spreads; whether it is durable here is not known",
                    "ask again: the same change once more does no harm");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AdminException(AdminException.NOT_NOW, "the node stops", "", "");
        } catch (ExecutionException e) {
            throw new AdminException(AdminException.BUG, Problem.reason(e), "", "");
        }
    }
}
