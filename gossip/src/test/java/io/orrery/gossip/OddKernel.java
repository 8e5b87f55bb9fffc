package io.orrery.gossip;

import io.orrery.kernel.Channel;
import io.orrery.kernel.ForwardingKernel;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Port;
import io.orrery.kernel.Receiver;
import io.orrery.kernel.codec.Codec;

/** A kernel on an odd machine. */
public final class OddKernel extends ForwardingKernel {
    /** What never arrives of what is sent. */
    public interface Firewall {
        boolean drops(NodeId from, NodeId to, Channel channel, Object message);
    }

    private final long wallOffsetMillis;
    private final Firewall firewall;

    /**
     * @param wallOffsetMillis how far its wall clock is off
     * @param firewall drops some of what it sends
     */
    public OddKernel(Kernel kernel, long wallOffsetMillis, Firewall firewall) {
        super(kernel);
        this.wallOffsetMillis = wallOffsetMillis;
        this.firewall = firewall;
    }

    @Override
    public long wallMillis() {
        return kernel.wallMillis() + wallOffsetMillis;
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
    public Kernel scope(String name) {
        return new OddKernel(kernel.scope(name), wallOffsetMillis, firewall);
    }
}
