package io.orrery.server.reconcile;

import io.orrery.kernel.Channel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.kernel.loop.NodeEvent;
import io.orrery.kernel.trace.TraceHash;
import io.orrery.sim.Observer;
import io.orrery.sim.Simulation;
import io.orrery.sim.run.Burn;
import io.orrery.sim.run.RunResult;
import io.orrery.sim.run.Runner;
import io.orrery.sim.scenario.Scenario;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What one JVM prints for comparison with another. A hash is a rolling one over every event so far: its time, node and cause, its
 * payload and effects, and the digest of the state that it left.
 *
 * <pre>
 *   seeds:       seed {n} {events} {hash} {outcome}           one line a seed
 *   checkpoints: at {event} {hash}                            one line every {@value #CHECKPOINT_EVENTS} events
 *   window:      event {n} {time} {node} {cause} hash={hash} state={digest}     one line an event
 *   both:        end {events} {hash} {outcome}                at the end
 * </pre>
 */
public final class Fingerprints {
    /** How far apart checkpoints are. */
    public static final int CHECKPOINT_EVENTS = 1024;

    private static final int MESSAGES_KEPT = 4096;

    private final Burn burn;
    private final Consumer<String> sink;

    public Fingerprints(Burn burn, Consumer<String> sink) {
        this.burn = burn;
        this.sink = sink;
    }

    /**
     * Runs what the words ask for: {@code seeds FIRST COUNT}, {@code checkpoints SEED} or {@code window SEED FROM TO}.
     *
     * @throws IllegalArgumentException if they ask for something else
     */
    public void print(String[] words) {
        switch (words[0] + " " + (words.length - 1)) {
            case "seeds 2" -> seeds(Long.parseLong(words[1]), Long.parseLong(words[2]));
            case "checkpoints 1" -> end(watch(Long.parseLong(words[1]), new Checkpoints()));
            case "window 3" ->
                end(watch(Long.parseLong(words[1]), new Window(Long.parseLong(words[2]), Long.parseLong(words[3]))));
            default ->
                throw new IllegalArgumentException(
                        "expected seeds FIRST COUNT, checkpoints SEED or window SEED FROM TO, found "
                                + String.join(" ", words));
        }
    }

    private void seeds(long first, long count) {
        for (long seed = first; seed < first + count; seed++) {
            sink.accept("seed " + seed + " " + watch(seed, new Rolling()));
        }
    }

    private void end(String outcome) {
        sink.accept("end " + outcome);
    }

    /** Runs a seed; what it came to, in words. */
    private String watch(long seed, Rolling rolling) {
        Scenario scenario = burn.scenario(seed);
        RunResult result = Runner.run(scenario, burn.workloads().make(scenario.workload()), rolling::watch);
        return result.events() + " " + rolling.hash + " "
                + (result.isOk() ? "ok" : result.failure().toString().replace('\n', ' '));
    }

    /** The hash of all events so far. */
    private static class Rolling implements Observer {
        final TraceHash hash = new TraceHash(0);
        Simulation sim;
        long state;

        final void watch(Simulation watched) {
            sim = watched;
            sim.observe(this);
        }

        @Override
        public void onEventEnd(long event, NodeId node) {
            state = sim.isUp(node) ? sim.stateDigest(node) : 0;
            hash.fold(sim.traceHash());
            hash.fold(state);
        }
    }

    /** The rolling hash, now and then. */
    private final class Checkpoints extends Rolling {
        @Override
        public void onEventEnd(long event, NodeId node) {
            super.onEventEnd(event, node);
            if (event % CHECKPOINT_EVENTS == 0) {
                sink.accept("at " + event + " " + hash);
            }
        }
    }

    /** Every event of a stretch of the run, with its cause and the state that it left. */
    private final class Window extends Rolling {
        private final long from;
        private final long to;
        private final Map<Long, String> messages = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, String> eldest) {
                return size() > MESSAGES_KEPT;
            }
        };
        private String cause = "";

        Window(long from, long to) {
            this.from = from;
            this.to = to;
        }

        @Override
        public void onSend(long message, NodeId source, NodeId target, Channel channel, int bytes, Object body) {
            if (sim.eventCount() > from - 4 * CHECKPOINT_EVENTS && sim.eventCount() <= to) {
                messages.put(message, sim.eventCount() + " " + body);
            }
        }

        @Override
        public void onEvent(long event, NodeId node, NodeEvent.Kind kind, String subject, long message) {
            if (event >= from && event <= to) {
                String sent = messages.get(message);
                cause = kind + " " + subject + (sent == null ? "" : ", sent in event " + sent);
            }
        }

        @Override
        public void onEventEnd(long event, NodeId node) {
            super.onEventEnd(event, node);
            if (event >= from && event <= to) {
                sink.accept("event " + event + " " + Time.text(sim.nowNanos()) + " " + node + " "
                        + cause.replace('\n', ' ') + " hash=" + hash + " state=" + TraceHash.hex(state));
            }
        }
    }
}
