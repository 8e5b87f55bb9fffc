package io.orrery.sim.junit;

import io.orrery.kernel.Channel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.loop.NodeEvent;
import io.orrery.sim.Observer;
import io.orrery.sim.Simulation;
import io.orrery.sim.network.Loss;
import io.orrery.sim.state.StateText;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A run as lines for people: events, messages, losses, transitions, and a node's described state when it has changed. */
final class TraceLines implements Observer {
    private final Simulation sim;
    private final Consumer<String> out;
    private final Map<NodeId, Map<String, String>> states = new TreeMap<>();

    private TraceLines(Simulation sim, Consumer<String> out) {
        this.sim = sim;
        this.out = out;
    }

    /** Sends the lines of a run to a sink from now on. */
    static void of(Simulation sim, Consumer<String> out) {
        sim.observe(new TraceLines(sim, out));
    }

    @Override
    public void onEvent(long event, NodeId node, NodeEvent.Kind kind, String subject, long message) {
        line(node + " event " + event + " " + kind.name().toLowerCase(Locale.ROOT) + " " + subject
                + (message == 0 ? "" : " message " + message));
    }

    @Override
    public void onEventEnd(long event, NodeId node) {
        if (!sim.isUp(node)) {
            states.remove(node);
            return;
        }
        StateText text = new StateText();
        sim.describe(node, text);
        Map<String, String> before = states.put(node, text.values());
        StringBuilder changed = new StringBuilder();
        text.values().forEach((name, value) -> {
            if (before == null || !value.equals(before.get(name))) {
                changed.append(' ').append(name).append('=').append(value);
            }
        });
        if (!changed.isEmpty()) {
            line(node + " state" + changed);
        }
    }

    @Override
    public void onSend(long message, NodeId from, NodeId to, Channel channel, int bytes, Object body) {
        line(from + " message " + message + " to " + to + " " + body);
    }

    @Override
    public void onLoss(long message, Loss why) {
        line("world message " + message + " " + why.name().toLowerCase(Locale.ROOT));
    }

    @Override
    public void onTransition(NodeId node, String scope, String what, String why) {
        line(node + (scope.isEmpty() ? "" : " " + scope) + " " + what + (why.isEmpty() ? "" : " " + why));
    }

    @Override
    public void onWorld(String what, String why) {
        line("world " + what + (why.isEmpty() ? "" : " " + why));
    }

    @Override
    public void onLife(NodeId node, Life change) {
        line(node + " " + change.word());
    }

    private void line(String text) {
        String time = RunOutcome.seconds(sim.nowNanos());
        out.accept(" ".repeat(Math.max(0, 12 - time.length())) + time + " " + text);
    }
}
