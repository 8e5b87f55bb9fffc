package io.orrery.raft.sim;

import io.orrery.kernel.Channel;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Port;
import io.orrery.kernel.Protocol;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.message.RaftCodec;
import io.orrery.raft.message.RaftMessage;

/** A node that is in no group and says whatever a test makes it say. */
final class Stranger implements Protocol {
    private final Port<RaftMessage> port;

    Stranger(Kernel kernel, long group) {
        port = kernel.open(
                new Channel(RaftGroup.PROTOCOL, group, Delivery.STREAM), RaftCodec.INSTANCE, (from, message) -> {});
    }

    @Override
    public void start() {}

    void say(NodeId to, RaftMessage message) {
        port.send(to, message);
    }
}
