package io.orrery.jepsen.maelstrom;

import io.orrery.kernel.loop.NodeKernel;
import io.orrery.kernel.trace.Mark;
import io.orrery.kernel.trace.Trace;
import java.util.function.Consumer;

/** Writes a scope's transitions to the log, a line each, with the node's clock in microseconds. */
final class LogTrace implements Trace {
    private final NodeKernel node;
    private final String path;
    private final Consumer<String> log;

    LogTrace(NodeKernel node, String path, Consumer<String> log) {
        this.node = node;
        this.path = path;
        this.log = log;
    }

    @Override
    public boolean isOn() {
        return true;
    }

    @Override
    public void transition(String what, String why) {
        log.accept(node.nowNanos() / 1000 + " " + node.self() + " " + path + " " + what + " " + why);
    }

    @Override
    public void reached(Mark mark) {
        log.accept(node.nowNanos() / 1000 + " " + node.self() + " " + path + " reached " + mark);
    }
}
