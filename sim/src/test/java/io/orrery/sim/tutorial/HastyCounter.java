package io.orrery.sim.tutorial;

import io.orrery.kernel.Channel;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.Description;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Port;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.Time;
import io.orrery.kernel.Timer;
import io.orrery.kernel.codec.Codec;
import java.util.List;

// tutorial begins
/** A counter on several nodes. One of them counts, all keep copies; an increment is acknowledged once most have it. */
class HastyCounter implements Protocol {
    /** Either asks to keep a total, or says that the sender keeps it. */
    record Message(boolean kept, long total) {
        static final Codec<Message> CODEC = Codec.of(
                (message, out) -> {
                    out.writeBoolean(message.kept);
                    out.writeLong(message.total);
                },
                in -> new Message(in.readBoolean(), in.readLong()));
    }

    private final Kernel kernel;
    private final List<NodeId> nodes;
    private final Port<Message> port;
    private final Timer retry;
    private long total;
    private long acknowledged;
    private int copies;

    HastyCounter(Kernel kernel, List<NodeId> nodes) {
        this.kernel = kernel;
        this.nodes = nodes;
        port = kernel.open(new Channel(1000, 0, Delivery.DATAGRAM), Message.CODEC, this::onMessage);
        retry = kernel.timer("retry", this::sendTotal);
    }

    @Override
    public void start() {}

    /** Adds one. */
    void increment() {
        total++;
        copies = 1;
        sendTotal();
    }

    /** Asks the other nodes to keep the total; again and again until most do. */
    private void sendTotal() {
        if (acknowledged < total) {
            for (NodeId node : nodes) {
                if (!node.equals(kernel.self())) {
                    port.send(node, new Message(false, total));
                }
            }
            retry.restart(Time.millis(50));
        }
    }

    private void onMessage(NodeId from, Message message) {
        if (!message.kept) {
            total = Math.max(total, message.total);
            port.send(from, new Message(true, message.total));
        } else if (message.total == total) {
            copies = copiesWith(from);
            if (copies > nodes.size() / 2 && acknowledged < total) {
                acknowledged = total;
                kernel.trace().transition("acknowledge", "total=" + total);
            }
        }
    }

    /** How many nodes keep the total, now that this one says it does. */
    int copiesWith(NodeId from) {
        return copies + 1;
    }

    /** The highest total that this node knows. */
    long total() {
        return total;
    }

    /** What was said to be safe, on the node that counts. */
    long acknowledged() {
        return acknowledged;
    }

    @Override
    public void describe(Description out) {
        out.value("total", total);
        out.value("acknowledged", acknowledged);
        out.value("copies", copies);
    }
}
// tutorial ends
