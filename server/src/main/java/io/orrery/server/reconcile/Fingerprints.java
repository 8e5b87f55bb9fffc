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
import io.orrery.sim.run.Workers;
import io.orrery.sim.scenario.Scenario;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * What one JVM prints for comparison with another.
 *
 * <pre>
 *   seeds:       seed {n} {events} {hash}                     one line a seed
 *   checkpoints: at {event} {hash}                            one line every {@value #CHECKPOINT_EVENTS} events
 *   window:      event {n} {time} {node} {cause} hash={hash} state={digest}     one line an event
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

    /** Runs what the words ask for: {@code seeds FIRST COUNT}, {@code checkpoints SEED} or {@code window SEED FROM TO}. */
    public void print(String[] words, Workers workers) {
        switch (words[0]) {
            case "seeds" -> seeds(Long.parseLong(words[1]), Long.parseLong(words[2]), workers);
            case "checkpoints" -> watch(Long.parseLong(words[1]), Checkpoints::new);
            case "window" -> {
                long from = Long.parseLong(words[2]);
                long to = Long.parseLong(words[3]);
                watch(Long.parseLong(words[1]), sim -> new Window(sim, from, to));
            }
            default -> throw new IllegalArgumentException("expected seeds, checkpoints or window, found " + words[0]);
        }
    }

    private void seeds(long first, long count, Workers workers) {
        LongFunction<RunResult> run = burn::run;
        workers.run(
                first,
                count,
                run,
                result -> sink.accept(
                        "seed " + result.seed() + " " + result.events() + " " + TraceHash.hex(result.traceHash())));
    }

    private void watch(long seed, java.util.function.Function<Simulation, Observer> observer) {
        Scenario scenario = burn.scenario(seed);
        RunResult result = Runner.run(
                scenario, burn.workloads().make(scenario.workload()), sim -> sim.observe(observer.apply(sim)));
        sink.accept("end " + result.events() + " " + TraceHash.hex(result.traceHash()));
    }

    /** The rolling hash, now and then. */
    private final class Checkpoints implements Observer {
        private final Simulation sim;

        Checkpoints(Simulation sim) {
            this.sim = sim;
        }

        @Override
        public void onEventEnd(long event, NodeId node) {
            if (event % CHECKPOINT_EVENTS == 0) {
                sink.accept("at " + event + " " + TraceHash.hex(sim.traceHash()));
            }
        }
    }

    /** Every event of a stretch of the run, with its cause and the state that it left. */
    private final class Window implements Observer {
        private final Simulation sim;
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

        Window(Simulation sim, long from, long to) {
            this.sim = sim;
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
            if (event >= from && event <= to) {
                long digest = sim.isUp(node) ? sim.stateDigest(node) : 0;
                sink.accept("event " + event + " " + Time.text(sim.nowNanos()) + " " + node + " "
                        + cause.replace('\n', ' ') + " hash=" + TraceHash.hex(sim.traceHash()) + " state="
                        + TraceHash.hex(digest));
            }
        }
    }
}
