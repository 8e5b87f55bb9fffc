package io.orrery.server.node;

import io.orrery.gossip.Member;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.seal.SealKey;
import io.orrery.server.admin.AdminException;
import io.orrery.server.json.JsonWriter;
import io.orrery.server.keys.KeyExchange;
import io.orrery.server.keys.KeyKeeper;
import io.orrery.server.keys.KeyOperation;
import io.orrery.server.keys.KeyState;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes the keys of a whole cluster from one of its nodes: each member is asked, each answer is counted.
 *
 * <ul>
 *   <li>I1: no node is told to use a key that a member lacks.
 *   <li>I2: no node is told to remove a key that a member seals with.
 * </ul>
 */
final class KeyAdmin {
    private static final Logger LOG = LoggerFactory.getLogger(KeyAdmin.class);
    private static final long ANSWER_MILLIS_MAX = 5_000;
    private static final long STRAGGLERS_MILLIS = 2_000;
    private static final int KEY_BYTES = 32;

    private final ServerNode node;

    /** Who is in the cluster, and who of them runs. */
    private record Cast(List<NodeId> live, List<NodeId> stopped) {}

    /** What came of a round. */
    private record Round(SortedMap<NodeId, KeyState> answers, List<NodeId> stopped) {
        long done() {
            return answers.values().stream().filter(KeyState::isDone).count();
        }

        boolean isDone() {
            return done() == answers.size();
        }
    }

    KeyAdmin(ServerNode node) {
        this.node = node;
    }

    private KeyKeeper keeper() {
        KeyKeeper keeper = node.keys();
        if (!keeper.sealing().mode().seals()) {
            throw new AdminException(
                    AdminException.REFUSED,
                    "this cluster does not encrypt",
                    "cluster.encryption is off at " + node.self(),
                    "docs/SECURITY.md says how a running cluster is changed over");
        }
        return keeper;
    }

    String list() {
        return view(round(KeyOperation.LIST, ""), "");
    }

    String install(String text) {
        SealKey key;
        try {
            key = SealKey.parse(keeper().sealing().ciphers(), text);
        } catch (IllegalArgumentException e) {
            throw new AdminException(
                    AdminException.BAD_REQUEST, "that is no key", e.getMessage(), "orrery keys generate   prints one");
        }
        return view(round(KeyOperation.INSTALL, key.encoded()), key.name());
    }

    String use(String key) {
        keeper();
        Round before = round(KeyOperation.LIST, "");
        before.answers().forEach((member, state) -> {
            if (!state.isDone() || !state.has(key)) {
                String why = state.isDone() ? "it has only " + state.keys() : state.why();
                throw new AdminException(
                        AdminException.REFUSED,
                        "key " + key + " is not used, nothing was changed",
                        member + " cannot open what it seals: " + why,
                        "orrery keys install KEY   until all have it");
            }
        });
        return view(round(KeyOperation.USE, key), key);
    }

    String remove(String key) {
        keeper();
        Round before = round(KeyOperation.LIST, "");
        before.answers().forEach((member, state) -> {
            if (!state.isDone() || state.primary().equals(key)) {
                String why = state.isDone() ? "it seals with that key" : state.why();
                throw new AdminException(
                        AdminException.REFUSED,
                        "key " + key + " is not removed, nothing was changed",
                        member + ": " + why,
                        "orrery keys use OTHER   makes another one the primary of all");
            }
        });
        awaitStragglers();
        return view(round(KeyOperation.REMOVE, key), key);
    }

    /** What was sealed with the key before its nodes took another one is given time to arrive. */
    private static void awaitStragglers() {
        CompletableFuture.runAsync(
                        () -> {}, CompletableFuture.delayedExecutor(STRAGGLERS_MILLIS, TimeUnit.MILLISECONDS))
                .join();
    }

    /** A new key for all: made here, installed, used, and every other one removed; stops where a step is not done by all. */
    String rotate() {
        byte[] material = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(material);
        SealKey fresh = SealKey.of(keeper().sealing().ciphers(), material);
        Round installed = round(KeyOperation.INSTALL, fresh.encoded());
        if (!installed.isDone()) {
            return view(installed, fresh.name());
        }
        use(fresh.name());
        Round listed = round(KeyOperation.LIST, "");
        for (KeyState state : listed.answers().values()) {
            for (String old : state.keys()) {
                if (!old.equals(fresh.name())) {
                    remove(old);
                }
            }
        }
        return view(round(KeyOperation.LIST, ""), fresh.name());
    }

    private Round round(KeyOperation operation, String key) {
        KeyKeeper keeper = keeper();
        Cast cast = cast();
        if (operation != KeyOperation.LIST) {
            LOG.info(
                    "an operator asks {} to {} a key on {} nodes",
                    node.self(),
                    operation,
                    cast.live().size() + 1);
        }
        SortedMap<NodeId, CompletableFuture<KeyState>> asked = new TreeMap<>();
        KeyExchange exchange = node.running().keys();
        cast.live().forEach(member -> asked.put(member, exchange.ask(member, operation, key)));
        SortedMap<NodeId, KeyState> answers = new TreeMap<>();
        long deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ANSWER_MILLIS_MAX);
        asked.forEach((member, answer) -> answers.put(member, await(answer, deadlineNanos - System.nanoTime())));
        answers.put(node.self(), keeper.apply(operation, key));
        return new Round(answers, cast.stopped());
    }

    /** Members that run are asked; other nodes of the cluster are named, also one that left in order and will come back. */
    private Cast cast() {
        return node.ask(broker -> {
            List<NodeId> live = broker.membership().members().values().stream()
                    .filter(member -> member.isLive() && !member.node().equals(node.self()))
                    .map(Member::node)
                    .toList();
            return new Cast(live, broker.status().stopped());
        });
    }

    private static KeyState await(CompletableFuture<KeyState> answer, long nanosMax) {
        try {
            return answer.get(Math.max(1, nanosMax), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answer.cancel(false);
            return new KeyState("no answer: it is stuck, or does not encrypt", List.of());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new KeyState("this node is stopping", List.of());
        } catch (ExecutionException e) {
            return new KeyState(e.getCause().getMessage(), List.of());
        }
    }

    private static String view(Round round, String key) {
        long have = round.answers().values().stream()
                .filter(state -> state.has(key))
                .count();
        long use = round.answers().values().stream()
                .filter(state -> state.primary().equals(key))
                .count();
        JsonWriter out = new JsonWriter().object().field("key", key);
        out.field("asked", round.answers().size()).field("done", round.done());
        out.field("have", have).field("use", use);
        out.field("stopped", round.stopped()).name("nodes").array();
        for (Map.Entry<NodeId, KeyState> each : round.answers().entrySet()) {
            out.object().field("node", each.getKey().name());
            out.field("done", each.getValue().isDone())
                    .field("why", each.getValue().why());
            out.field("primary", each.getValue().primary()).name("keys").array();
            each.getValue().keys().forEach(out::value);
            out.end().end();
        }
        return out.end().end().toString();
    }
}
