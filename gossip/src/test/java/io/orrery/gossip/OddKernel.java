package io.orrery.gossip;

import io.orrery.kernel.Channel;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Port;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Receiver;
import io.orrery.kernel.Storage;
import io.orrery.kernel.Timer;
import io.orrery.kernel.codec.Codec;
import io.orrery.kernel.trace.Trace;

/**
 * A kernel on an odd machine.
 *
 * @param wallOffsetMillis how far its wall clock is off
 * @param firewall drops some of what it sends
 */
record OddKernel(Kernel kernel, long wallOffsetMillis, Firewall firewall) implements Kernel {
    /** What never arrives of what is sent. */
    interface Firewall {
        boolean drops(NodeId from, NodeId to, Channel channel, Object message);
    }

    @Override
    public NodeId self() {
        return kernel.self();
    }

    @Override
    public long nowNanos() {
        return kernel.nowNanos();
    }

    @Override
    public long wallMillis() {
        return kernel.wallMillis() + wallOffsetMillis;
    }

    @Override
    public Prng prng() {
        return kernel.prng();
    }

    @Override
    public Timer timer(String name, Runnable onExpiry) {
        return kernel.timer(name, onExpiry);
    }

    @Override
    public <M> Port<M> open(Channel channel, Codec<M> codec, Receiver<M> receiver) {
        Port<M> port = kernel.open(channel, codec, receiver);
        return new Port<>() {
            @Override
            public boolean send(NodeId to, M message) {
                return firewall.drops(kernel.self(), to, channel, message) || port.send(to, message);
            }

            @Override
            public int version(NodeId peer) {
                return port.version(peer);
            }

            @Override
            public void close() {
                port.close();
            }
        };
    }

    @Override
    public Storage storage() {
        return kernel.storage();
    }

    @Override
    public void defer(Runnable task) {
        kernel.defer(task);
    }

    @Override
    public Trace trace() {
        return kernel.trace();
    }

    @Override
    public Kernel scope(String name) {
        return new OddKernel(kernel.scope(name), wallOffsetMillis, firewall);
    }
}
