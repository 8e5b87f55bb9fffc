package io.orrery.kernel.journal;

import io.orrery.kernel.Channel;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Storage;
import io.orrery.kernel.loop.NodeEvent;
import io.orrery.kernel.loop.NodeKernel;
import io.orrery.kernel.loop.World;
import io.orrery.kernel.trace.Trace;

/** A world whose node is on a {@link Tape}: every effect is folded into the hash, every answer passes the tape. */
public final class TapedWorld implements World {
    private final World world;
    private final Tape tape;

    public TapedWorld(World world, Tape tape) {
        this.world = world;
        this.tape = tape;
    }

    @Override
    public long nextSequence() {
        if (tape.isOn()) {
            tape.hash().numbered();
        }
        return world.nextSequence();
    }

    @Override
    public void schedule(NodeEvent event, long dueNanos, long sequence) {
        if (tape.isOn()) {
            tape.hash().scheduled(event, dueNanos);
        }
        world.schedule(event, dueNanos, sequence);
    }

    @Override
    public void sending(NodeKernel from, NodeId to, Channel channel, Object message) {
        world.sending(from, to, channel, message);
    }

    @Override
    public boolean transmit(NodeKernel from, NodeId to, Delivery delivery, byte[] frame, int length) {
        boolean taken = world.transmit(from, to, delivery, frame, length);
        if (!tape.isOn()) {
            return taken;
        }
        taken = tape.answer(taken);
        tape.hash().transmitted(to, delivery, frame, length, taken);
        return taken;
    }

    @Override
    public Storage storage(NodeKernel node, String path) {
        return new TapedStorage(world.storage(node, path), path, tape);
    }

    @Override
    public Trace trace(NodeKernel node, String path) {
        return world.trace(node, path);
    }

    @Override
    public void halted(NodeKernel node, Throwable why) {
        world.halted(node, why);
    }
}
