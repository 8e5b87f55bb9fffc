package io.orrery.kernel;

import io.orrery.kernel.codec.Codec;
import io.orrery.kernel.trace.Trace;

/**
 * Another kernel, but for what a subclass does otherwise. Threads as {@link Kernel} has them. A subclass says what a child of it
 * is, or what it does otherwise would end at the first scope.
 */
public abstract class ForwardingKernel implements Kernel {
    protected final Kernel kernel;

    protected ForwardingKernel(Kernel kernel) {
        this.kernel = kernel;
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
        return kernel.wallMillis();
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
        return kernel.open(channel, codec, receiver);
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
    public abstract Kernel scope(String name);
}
