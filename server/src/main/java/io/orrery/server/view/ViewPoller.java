package io.orrery.server.view;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Asks all nodes of a cluster for their views, again and again, each on a thread of its own, so that a silent one holds up
 * nobody. Knows the nodes that it is given, and all that those tell of.
 *
 * <p>Safe for use by any thread. At most {@link #NODES_MAX} nodes are asked; of others it is shown that they are not.
 */
public final class ViewPoller implements AutoCloseable {
    /** How many nodes are asked, at most. */
    public static final int NODES_MAX = 128;

    private static final String NOT_ASKED = "not asked yet";

    /** How a node is asked. */
    public interface Source {
        /**
         * @param api where
         * @throws SilentNodeException if it does not answer, or not in time
         */
        NodeView ask(String api);
    }

    private static final class Target {
        private final String node;
        private String api = "";
        private String generation = "";
        private NodeView view;
        private String trouble = NOT_ASKED;
        private long answeredNanos = System.nanoTime();
        private boolean isAsked;

        private Target(String node) {
            this.node = node;
        }
    }

    private final Source source;
    private final long everyNanos;
    private final long startNanos = System.nanoTime();
    private final SortedMap<String, Target> targets = new TreeMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "orrery-view");
        thread.setDaemon(true);
        return thread;
    });
    private int asked;
    private boolean isClosed;

    /**
     * @param everyNanos the pause between a node's answer and the next question to it
     */
    public ViewPoller(Source source, long everyNanos) {
        this.source = source;
        this.everyNanos = everyNanos;
    }

    /**
     * Asks one node, and from now on all that it knows.
     *
     * @throws SilentNodeException if it does not answer
     */
    public void start(String api) {
        NodeView first = source.ask(api);
        onAnswer(first, api);
    }

    /** What is known now. */
    public synchronized ClusterView picture() {
        long nowNanos = System.nanoTime();
        SortedMap<String, Observed> nodes = new TreeMap<>();
        for (Target target : targets.values()) {
            long silent = target.trouble.isEmpty() ? 0 : nowNanos - target.answeredNanos;
            nodes.put(
                    target.node,
                    new Observed(
                            target.node,
                            target.api,
                            target.view,
                            target.trouble,
                            TimeUnit.NANOSECONDS.toMillis(silent)));
        }
        return new ClusterView(TimeUnit.NANOSECONDS.toMillis(nowNanos - startNanos), System.currentTimeMillis(), nodes);
    }

    /** Whether every node that has an address was asked at least once, and answered or did not. */
    public synchronized boolean hasAskedAll() {
        return targets.values().stream().noneMatch(target -> target.isAsked && target.trouble.equals(NOT_ASKED));
    }

    private synchronized void onAnswer(NodeView view, String api) {
        Target target = targets.computeIfAbsent(view.node(), Target::new);
        if (target.api.isEmpty()) {
            target.api = api;
        }
        if (view.isStuck()) {
            target.trouble = "stuck: " + view.stuck();
        } else {
            target.view = view;
            target.trouble = "";
            target.answeredNanos = System.nanoTime();
            view.beliefs().values().forEach(this::learn);
        }
        ask(target);
    }

    /** A later life of a node may answer elsewhere. */
    private void learn(Belief belief) {
        Target target = targets.computeIfAbsent(belief.member(), Target::new);
        boolean isNewer = Belief.isLater(belief.generation(), target.generation);
        if (!belief.apiAddress().isEmpty() && (target.api.isEmpty() || isNewer)) {
            target.api = belief.apiAddress();
            target.generation = isNewer ? belief.generation() : target.generation;
        }
        ask(target);
    }

    private void ask(Target target) {
        if (target.api.isEmpty() || target.isAsked || isClosed) {
            return;
        }
        if (asked == NODES_MAX) {
            target.trouble = "not asked: " + NODES_MAX + " others are";
            return;
        }
        asked++;
        target.isAsked = true;
        threads.execute(() -> askForEver(target));
    }

    private void askForEver(Target target) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                askOnce(target);
                TimeUnit.NANOSECONDS.sleep(everyNanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void askOnce(Target target) {
        String api = api(target);
        try {
            NodeView view = source.ask(api);
            if (view.node().equals(target.node)) {
                onAnswer(view, api);
            } else {
                onSilence(target, Observed.ANOTHER + view.node());
            }
        } catch (SilentNodeException e) {
            onSilence(target, e.getMessage());
        } catch (RuntimeException e) {
            // An answer that makes no sense must not end the asking: what was seen before would be shown for ever.
            onSilence(target, "no view: " + e.getMessage());
        }
    }

    private synchronized String api(Target target) {
        return target.api;
    }

    private synchronized void onSilence(Target target, String trouble) {
        target.trouble = trouble;
    }

    @Override
    public void close() {
        synchronized (this) {
            isClosed = true;
        }
        threads.shutdownNow();
    }
}
