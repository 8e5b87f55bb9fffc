package io.orrery.server.live;

import io.orrery.gossip.GossipCounters.Counter;
import io.orrery.gossip.traffic.Traffic;
import io.orrery.kernel.NodeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What is done to a {@link LiveCluster}, one thing after the other, and how long it took to be whole again. */
final class LiveFigures {
    private static final long SAMPLE_MILLIS = 200;

    private final LiveCluster cluster;
    private final LiveNetwork network;
    private final SortedSet<NodeId> ailing = new TreeSet<>();
    private final List<String> lines = new ArrayList<>();
    private int next;

    LiveFigures(LiveCluster cluster, LiveNetwork network) throws IOException {
        this.cluster = cluster;
        this.network = network;
        lines.add(cluster.size() + " nodes in one process, "
                + Runtime.getRuntime().availableProcessors() + " cores, load average before " + load());
    }

    /** All at once, knowing one of them. */
    void start() throws IOException {
        long startNanos = System.nanoTime();
        cluster.start();
        long booted = millisSince(startNanos);
        cluster.awaitAllAlive();
        long alive = millisSince(startNanos);
        cluster.awaitEqualRows();
        line("start: booted", booted);
        line("start: all alive to all", alive);
        line("start: all rows equal", millisSince(startNanos));
    }

    /** What it costs to do nothing. */
    void idle(int seconds) throws IOException {
        long messages = sent(false);
        long bytes = sent(true);
        long rowBytes = rowBytes();
        long startNanos = System.nanoTime();
        hold(seconds);
        double nodeSeconds = (System.nanoTime() - startNanos) / 1e9 * cluster.size();
        lines.add(String.format(
                Locale.ROOT,
                "idle for %d s: %.1f messages and %.0f bytes sent by each node a second, %.0f of them for rows; load average %s",
                seconds,
                (sent(false) - messages) / nodeSeconds,
                (sent(true) - bytes) / nodeSeconds,
                (rowBytes() - rowBytes) / nodeSeconds,
                load()));
    }

    /** Some die at once, and return when they are dead to all. */
    void kill(int count, int rounds) throws IOException {
        List<Long> dead = new ArrayList<>();
        List<Long> rows = new ArrayList<>();
        List<Long> back = new ArrayList<>();
        List<Long> backRows = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            List<LiveNode> killed = choose(count);
            long startNanos = System.nanoTime();
            killed.forEach(LiveNode::kill);
            cluster.awaitDead(killed);
            dead.add(millisSince(startNanos));
            cluster.awaitEqualRows();
            rows.add(millisSince(startNanos));
            startNanos = System.nanoTime();
            cluster.start();
            cluster.awaitAllAlive();
            back.add(millisSince(startNanos));
            cluster.awaitEqualRows();
            backRows.add(millisSince(startNanos));
        }
        line(count + " killed: dead to all", dead);
        line(count + " killed: rows equal without theirs", rows);
        line(count + " return: all alive to all", back);
        line(count + " return: all rows equal", backRows);
        lines.add("load average then " + load());
    }

    /** All die at once, and all start again. */
    void restartAll(int rounds) throws IOException {
        List<Long> back = new ArrayList<>();
        List<Long> backRows = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            choose(cluster.size()).forEach(LiveNode::kill);
            long startNanos = System.nanoTime();
            cluster.start();
            cluster.awaitAllAlive();
            back.add(millisSince(startNanos));
            cluster.awaitEqualRows();
            backRows.add(millisSince(startNanos));
        }
        line("all killed at once and started: all alive to all", back);
        line("all killed at once and started: all rows equal", backRows);
        lines.add("load average then " + load());
    }

    /** Some stand still for longer than a suspicion lasts, and go on. */
    void pause(int count, int seconds, int rounds) throws IOException {
        List<Long> alive = new ArrayList<>();
        List<Long> rows = new ArrayList<>();
        long deadBefore = deaths();
        for (int round = 0; round < rounds; round++) {
            List<LiveNode> paused = choose(count);
            CountDownLatch goOn = new CountDownLatch(1);
            try {
                paused.forEach(node -> node.pause(goOn));
                hold(seconds);
            } finally {
                goOn.countDown();
            }
            long startNanos = System.nanoTime();
            cluster.awaitAllAlive();
            alive.add(millisSince(startNanos));
            cluster.awaitEqualRows();
            rows.add(millisSince(startNanos));
        }
        String what = count + " paused for " + seconds + " s: ";
        line(what + "all alive to all, after it", alive);
        line(what + "all rows equal, after it", rows);
        lines.add("  beliefs in a death meanwhile: " + (deaths() - deadBefore) + " of at most "
                + rounds * count * (cluster.size() - 1) + "; load average then " + load());
    }

    /** A share of the datagrams gets lost for a while. */
    void lose(int partsPerMillion, int seconds) throws IOException, InterruptedException {
        long suspicions = count(Counter.SUSPICIONS);
        long refutations = count(Counter.REFUTATIONS);
        long byOthers = count(Counter.PROBES_SAVED_INDIRECTLY);
        long byStream = count(Counter.PROBES_SAVED_BY_STREAM);
        long probes = count(Counter.PROBES);
        long deaths = deaths();
        network.lose(partsPerMillion);
        try {
            hold(seconds);
        } finally {
            network.lose(0);
        }
        long startNanos = System.nanoTime();
        String lost = network.lost();
        cluster.awaitAllAlive();
        cluster.awaitEqualRows();
        lines.add(String.format(
                Locale.ROOT,
                "%.1f %% of datagrams lost for %d s, %s: %s lost",
                partsPerMillion / 1e4,
                seconds,
                network.how(),
                lost));
        lines.add("  " + (count(Counter.PROBES) - probes) + " probes, saved through others "
                + (count(Counter.PROBES_SAVED_INDIRECTLY) - byOthers) + ", by stream "
                + (count(Counter.PROBES_SAVED_BY_STREAM) - byStream) + "; suspicions "
                + (count(Counter.SUSPICIONS) - suspicions) + ", refuted " + (count(Counter.REFUTATIONS) - refutations)
                + ", deaths " + (deaths() - deaths));
        line("  all alive to all and rows equal, after", millisSince(startNanos));
        lines.add("load average then " + load());
    }

    /** Who was taken for dead though it was neither killed nor paused. */
    List<String> falseDeaths() {
        return cluster.falseDeaths(ailing);
    }

    String text() {
        return String.join(System.lineSeparator(), lines);
    }

    /** The next few in turn: over the rounds everybody's turn comes, the seed's too. */
    private List<LiveNode> choose(int count) {
        List<LiveNode> chosen = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            LiveNode node = cluster.node(next++ % cluster.size());
            chosen.add(node);
            ailing.add(node.id());
        }
        return chosen;
    }

    private void hold(int seconds) {
        long startNanos = System.nanoTime();
        while (System.nanoTime() - startNanos < TimeUnit.SECONDS.toNanos(seconds)) {
            LiveCluster.pause(SAMPLE_MILLIS);
        }
    }

    private long count(Counter counter) {
        return cluster.sum(program -> program.membership().counters().of(counter));
    }

    private long deaths() {
        return cluster.sum(program -> (long) program.deaths().size());
    }

    private long sent(boolean isBytes) {
        return cluster.sum(program -> sent(program.membership().traffic(), isBytes)
                + sent(program.log().traffic(), isBytes));
    }

    private long rowBytes() {
        return cluster.sum(program -> sent(program.log().traffic(), true));
    }

    private static long sent(Traffic traffic, boolean isBytes) {
        long sum = 0;
        for (int kind = 0; kind < traffic.kinds().size(); kind++) {
            sum += isBytes ? traffic.sentBytes(kind) : traffic.sent(kind);
        }
        return sum;
    }

    private void line(String what, long millis) {
        lines.add(what + ": " + millis + " ms");
    }

    private void line(String what, List<Long> millis) {
        long[] sorted = millis.stream().mapToLong(Long::longValue).sorted().toArray();
        lines.add(what + ": median " + sorted[sorted.length / 2] + " ms, " + sorted[0] + " to "
                + sorted[sorted.length - 1] + " in " + sorted.length + " rounds " + Arrays.toString(sorted));
    }

    private static long millisSince(long startNanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
    }

    private static String load() throws IOException {
        Path file = Path.of("/proc/loadavg");
        return Files.isReadable(file) ? Files.readString(file).substring(0, 14) : "unknown";
    }
}
