package io.orrery.server.mqtt;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the node has for a connection: packets, written by the event loop in one batch with one flush. The node asks
 * {@link #isWritable} before it adds a PUBLISH; answers to the client are always taken, since the client's own packets
 * bound them.
 */
final class Outflow {
    /** Stands for the end: what was added before is written, then the channel closes. */
    private static final Object END = new Object();

    private static final int LINGER_SECONDS = 5;

    private record Item(Object packet, int bytes) {}

    private final Channel channel;
    private final long bytesMax;
    private final MqttCounters counters;
    private final Runnable onRelief;
    private final ConcurrentLinkedQueue<Item> items = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicBoolean isScheduled = new AtomicBoolean();
    private final AtomicBoolean isStarved = new AtomicBoolean();

    /**
     * @param onRelief runs on the event loop when the node was told that nothing more fits, and now it does
     */
    Outflow(Channel channel, long bytesMax, MqttCounters counters, Runnable onRelief) {
        this.channel = channel;
        this.bytesMax = bytesMax;
        this.counters = counters;
        this.onRelief = onRelief;
    }

    /** Adds a packet; from any thread. */
    void add(Object packet, int size) {
        bytes.addAndGet(size);
        items.add(new Item(packet, size));
        schedule();
    }

    /** Closes the channel after what was added; from any thread. */
    void end() {
        items.add(new Item(END, 0));
        schedule();
    }

    /** Whether a PUBLISH would go out rather than pile up; from the node's thread. False is followed by a relief. */
    boolean isWritable() {
        if (hasRoom()) {
            return true;
        }
        isStarved.set(true);
        // Room may have come before the flag was there to be seen.
        return hasRoom() && isStarved.compareAndSet(true, false);
    }

    /** The channel's own state changed; on the event loop. */
    void onChannelWritability() {
        maybeRelieve();
    }

    private boolean hasRoom() {
        return bytes.get() < bytesMax && channel.isWritable();
    }

    private void schedule() {
        if (isScheduled.compareAndSet(false, true)) {
            channel.eventLoop().execute(this::write);
        }
    }

    private void write() {
        isScheduled.set(false);
        long written = 0;
        for (Item item = items.poll(); item != null; item = items.poll()) {
            if (item.packet() == END) {
                // A client that does not read must not keep its connection.
                channel.eventLoop().schedule(() -> channel.close(), LINGER_SECONDS, TimeUnit.SECONDS);
                channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            } else {
                channel.write(item.packet(), channel.voidPromise());
                counters.packetsSent.increment();
                written += item.bytes();
            }
        }
        channel.flush();
        bytes.addAndGet(-written);
        maybeRelieve();
    }

    private void maybeRelieve() {
        if (isStarved.get() && hasRoom() && isStarved.compareAndSet(true, false)) {
            onRelief.run();
        }
    }
}
