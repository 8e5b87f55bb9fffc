package io.orrery.server.live;

import io.orrery.gossip.GossipConfig;
import io.orrery.gossip.owner.message.OwnerDigest;
import io.orrery.kernel.NodeId;
import io.orrery.server.live.LiveNode.Loss;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Nodes in this process that gossip over loopback, each with its own thread, sockets and directory. The first one is the
 * others' seed.
 *
 * <p>Waiting answers the time that it took, or throws an AssertionError that says what is still not so.
 */
final class LiveCluster implements AutoCloseable {
    private static final long PAUSE_MILLIS = 20;
    private static final long ANSWER_SECONDS_MAX = 30;

    private final List<LiveNode> nodes = new ArrayList<>();
    private final int rows;
    private final long patienceNanos;

    /**
     * @param rows that each node owns
     * @param patienceNanos how long a condition may take
     */
    LiveCluster(int size, GossipConfig config, Path directory, int rows, Loss loss, long patienceNanos) {
        this.rows = rows;
        this.patienceNanos = patienceNanos;
        for (int i = 1; i <= size; i++) {
            NodeId id = NodeId.of(String.format(Locale.ROOT, "n%02d@live", i));
            nodes.add(new LiveNode(id, config, directory.resolve(id.name()), loss));
        }
    }

    /** Starts all that are not up. */
    void start() {
        for (LiveNode node : nodes) {
            if (!node.isUp()) {
                node.start(seed(node), rows);
            }
        }
    }

    /** Anybody who is up; null for the first one. */
    private LiveNode seed(LiveNode starting) {
        return nodes.stream()
                .filter(node -> node != starting && node.isUp())
                .findFirst()
                .orElse(null);
    }

    LiveNode node(int index) {
        return nodes.get(index);
    }

    int size() {
        return nodes.size();
    }

    /** Milliseconds until all that are up take exactly each other for alive, and nobody for suspect. */
    long awaitAllAlive() {
        return await("all alive to all", () -> {
            SortedSet<NodeId> up = up();
            return complaint(LiveProgram::alive, alive -> alive.equals(up) ? "" : "alive to it: " + alive);
        });
    }

    /** Milliseconds until none of these is live to anybody who is up. */
    long awaitDead(List<LiveNode> killed) {
        return await(
                "dead to all",
                () -> complaint(LiveProgram::live, live -> {
                    List<NodeId> left = killed.stream()
                            .map(LiveNode::id)
                            .filter(live::contains)
                            .toList();
                    return left.isEmpty() ? "" : "live to it: " + left;
                }));
    }

    /** Milliseconds until each node that is up holds exactly the rows of each other one. */
    long awaitEqualRows() {
        return await("equal rows", () -> {
            SortedMap<NodeId, OwnerDigest> own = new TreeMap<>();
            for (LiveNode node : nodes) {
                if (node.isUp()) {
                    own.put(node.id(), answer(node.ask(program -> program.digest(node.id()))));
                }
            }
            return complaint(
                    program -> unequal(program, own), unequal -> unequal.isEmpty() ? "" : "unequal: " + unequal);
        });
    }

    private static List<NodeId> unequal(LiveProgram program, SortedMap<NodeId, OwnerDigest> own) {
        List<NodeId> unequal = new ArrayList<>();
        own.forEach((owner, digest) -> {
            if (!digest.equals(program.digest(owner))) {
                unequal.add(owner);
            }
        });
        return unequal;
    }

    /** Who took whom for dead since its start, though that one was up all the time. */
    List<String> falseDeaths(SortedSet<NodeId> killedEver) {
        List<String> all = new ArrayList<>();
        for (LiveNode node : nodes) {
            if (node.isUp()) {
                for (NodeId dead : answer(node.ask(LiveProgram::deaths))) {
                    if (!killedEver.contains(dead)) {
                        all.add(dead + " to " + node.id());
                    }
                }
            }
        }
        return all;
    }

    /** A number of each node that is up, added up. */
    long sum(Function<LiveProgram, Long> number) {
        long sum = 0;
        for (LiveNode node : nodes) {
            sum += node.isUp() ? answer(node.ask(number)) : 0;
        }
        return sum;
    }

    SortedSet<NodeId> up() {
        SortedSet<NodeId> up = new TreeSet<>();
        nodes.stream().filter(LiveNode::isUp).forEach(node -> up.add(node.id()));
        return up;
    }

    /** The first node's complaint about its answer; empty if none has any. */
    private <T> String complaint(Function<LiveProgram, T> question, Function<T, String> judge) {
        SortedMap<NodeId, CompletableFuture<T>> answers = new TreeMap<>();
        for (LiveNode node : nodes) {
            if (node.isUp()) {
                answers.put(node.id(), node.ask(question));
            }
        }
        for (NodeId node : answers.keySet()) {
            String complaint = judge.apply(answer(answers.get(node)));
            if (!complaint.isEmpty()) {
                return node + ": " + complaint;
            }
        }
        return "";
    }

    /**
     * Waits until there is no complaint.
     *
     * @return the milliseconds that it took
     */
    long await(String what, Supplier<String> complaint) {
        long startNanos = System.nanoTime();
        while (true) {
            String why = complaint.get();
            long nanos = System.nanoTime() - startNanos;
            if (why.isEmpty()) {
                return TimeUnit.NANOSECONDS.toMillis(nanos);
            }
            if (nanos > patienceNanos) {
                throw new AssertionError("waited " + nanos / 1_000_000 + " ms in vain: " + what + "; " + why);
            }
            pause(PAUSE_MILLIS);
        }
    }

    /** Between two looks at a condition. */
    static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static <T> T answer(CompletableFuture<T> answer) {
        return answer.orTimeout(ANSWER_SECONDS_MAX, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        nodes.stream().filter(LiveNode::isUp).forEach(LiveNode::kill);
    }
}
