package io.orrery.jepsen.maelstrom;

import io.orrery.jepsen.json.Json;
import io.orrery.kernel.Prng;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What Maelstrom does, small: starts nodes as processes, routes their messages with a random latency between nodes and none
 * for clients, and drops what is delivered across a partition, silently. One thread writes to all nodes.
 */
final class MaelstromNetwork implements AutoCloseable {
    private final Map<String, NodeProcess> nodes = new TreeMap<>();
    private final Map<String, CompletableFuture<Json.Obj>> waiting = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> offences = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService wire = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "wire");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicLong lastId = new AtomicLong();
    private final AtomicLong peerMessages = new AtomicLong();
    private final Prng prng = new Prng(11);
    private final long latencyMicrosMax;
    private volatile Map<String, Integer> sides = Map.of();

    MaelstromNetwork(int count, long latencyMillisMax, String... options) {
        latencyMicrosMax = latencyMillisMax * 1000;
        List<Json> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = "n" + i;
            ids.add(Json.of(name));
            nodes.put(name, new NodeProcess(name, List.of(options), line -> onLine(name, line)));
        }
        List<CompletableFuture<Json.Obj>> inits = new ArrayList<>();
        for (String name : nodes.keySet()) {
            inits.add(send(
                    "c0",
                    name,
                    Json.object().with("type", "init").with("node_id", name).with("node_ids", Json.of(ids))));
        }
        for (CompletableFuture<Json.Obj> init : inits) {
            if (!"init_ok".equals(await(init, 10_000).string("type"))) {
                throw new IllegalStateException("no init_ok within 10 s: " + logs());
            }
        }
    }

    List<String> nodes() {
        return List.copyOf(nodes.keySet());
    }

    /** From now on, messages between nodes of different sides are lost; clients reach everyone. */
    void partition(List<List<String>> groups) {
        Map<String, Integer> drawn = new TreeMap<>();
        for (int side = 0; side < groups.size(); side++) {
            for (String node : groups.get(side)) {
                drawn.put(node, side);
            }
        }
        sides = drawn;
    }

    void heal() {
        sides = Map.of();
    }

    /** Sends a request; the answer's body comes, or never. */
    CompletableFuture<Json.Obj> send(String client, String node, Json.Obj body) {
        long id = lastId.incrementAndGet();
        CompletableFuture<Json.Obj> answer = new CompletableFuture<>();
        waiting.put(client + "/" + id, answer);
        post(new Envelope(client, node, body.with("msg_id", id)), 0);
        return answer;
    }

    /** Sends a request and waits; a body of type {@code timeout} if no answer comes in time. */
    Json.Obj call(String client, String node, Json.Obj body, long timeoutMillis) {
        return await(send(client, node, body), timeoutMillis);
    }

    Json.Obj call(String node, Json.Obj body) {
        return call("c1", node, body, 5_000);
    }

    /** Writes a line to a node as it is. */
    void raw(String node, String line) {
        wire.execute(() -> nodes.get(node).write(line));
    }

    /** What nodes wrote that they must not, and answers to nobody. */
    List<String> offences() {
        return List.copyOf(offences);
    }

    /** Messages between nodes so far. */
    long peerMessages() {
        return peerMessages.get();
    }

    /** What a node wrote to stderr so far. */
    String log(String node) {
        return nodes.get(node).log();
    }

    String logs() {
        StringBuilder logs = new StringBuilder();
        nodes.forEach(
                (name, node) -> logs.append("\n== ").append(name).append('\n').append(node.log()));
        return logs.toString();
    }

    /** Ends every node's input; their exit codes. */
    List<Integer> stop() {
        wire.shutdownNow();
        List<Integer> codes = new ArrayList<>();
        nodes.values().forEach(node -> codes.add(node.stop()));
        return codes;
    }

    @Override
    public void close() {
        wire.shutdownNow();
        nodes.values().forEach(NodeProcess::close);
    }

    private void onLine(String from, String line) {
        Envelope envelope;
        try {
            envelope = Envelope.read(line);
        } catch (MalformedMessageException malformed) {
            offences.add(from + ": " + line);
            return;
        }
        if (!envelope.src().equals(from)) {
            offences.add(from + " speaks as another: " + line);
        } else if (nodes.containsKey(envelope.dest())) {
            peerMessages.incrementAndGet();
            post(envelope, latencyMicros());
        } else {
            CompletableFuture<Json.Obj> answer =
                    waiting.remove(envelope.dest() + "/" + envelope.body().number("in_reply_to"));
            if (answer == null) {
                offences.add("an answer to nobody: " + line);
            } else {
                answer.complete(envelope.body());
            }
        }
    }

    private void post(Envelope envelope, long delayMicros) {
        if (!wire.isShutdown()) {
            ScheduledFuture<?> unused = wire.schedule(() -> deliver(envelope), delayMicros, TimeUnit.MICROSECONDS);
        }
    }

    private void deliver(Envelope envelope) {
        if (isOpen(envelope.src(), envelope.dest())) {
            try {
                nodes.get(envelope.dest()).write(envelope.line());
            } catch (UncheckedIOException gone) {
                offences.add(envelope.dest() + ": " + gone.getMessage());
            }
        }
    }

    private boolean isOpen(String src, String dest) {
        Map<String, Integer> now = sides;
        Integer side = now.get(src);
        return side == null || !now.containsKey(dest) || side.equals(now.get(dest));
    }

    private long latencyMicros() {
        synchronized (prng) {
            return Math.min(latencyMicrosMax, prng.exponential(latencyMicrosMax / 4));
        }
    }

    private static Json.Obj await(CompletableFuture<Json.Obj> answer, long timeoutMillis) {
        try {
            return answer.get(timeoutMillis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException none) {
            return Json.object().with("type", "timeout");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
