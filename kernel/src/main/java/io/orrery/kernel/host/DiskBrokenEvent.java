package io.orrery.kernel.host;

import io.orrery.kernel.loop.NodeEvent;
import io.orrery.kernel.loop.NodeKernel;

/** The disk failed to make something durable: halts the node before any later completion. */
final class DiskBrokenEvent extends NodeEvent {
    private final Throwable why;

    DiskBrokenEvent(NodeKernel node, Throwable why) {
        super(node);
        this.why = why;
    }

    Throwable why() {
        return why;
    }

    @Override
    public Kind kind() {
        return Kind.COMPLETE;
    }

    @Override
    public String subject() {
        return "disk";
    }

    @Override
    protected void happen() {
        node().halt(why);
    }
}
