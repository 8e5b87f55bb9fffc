package io.orrery.kernel.journal;

import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.Frame;
import io.orrery.kernel.loop.NodeEvent;
import io.orrery.kernel.loop.StorageAction;
import io.orrery.kernel.trace.TraceHash;
import java.util.zip.CRC32C;

/**
 * The rolling hash of one incarnation: each event with its time and cause, and each effect that it had. Two runs with one
 * value were given the same and did the same. For one thread.
 */
public final class NodeHash {
    private final TraceHash hash;
    private final CRC32C crc = new CRC32C();
    private long effects;

    /**
     * @param seed of the incarnation's random streams
     */
    public NodeHash(long seed) {
        hash = new TraceHash(seed);
    }

    /** An event is about to run, at these readings of the node's clocks. */
    public void event(NodeEvent event, long nowNanos, long wallMillis) {
        NodeEvent.Kind kind = event.kind();
        hash.fold(nowNanos);
        hash.fold(wallMillis);
        hash.fold(event.digest() * 8 + kind.ordinal());
        if (kind == NodeEvent.Kind.DEFERRED || kind == NodeEvent.Kind.START) {
            hash.fold(event.subject().hashCode());
        }
    }

    /** The node is booted. */
    public void boot(long nowNanos, long wallMillis) {
        hash.fold(nowNanos);
        hash.fold(wallMillis);
    }

    /** A number of the event order was taken: a timer was armed, if only to be put off. */
    void numbered() {
        effects++;
        hash.fold(effects);
    }

    /** A timer, a deferred task or a frame to itself was queued. */
    void scheduled(NodeEvent event, long dueNanos) {
        effects++;
        hash.fold(dueNanos);
        hash.fold(event.digest() * 8 + event.kind().ordinal());
    }

    /** A frame was handed to the network. */
    void transmitted(NodeId to, Delivery delivery, byte[] frame, int length, boolean taken) {
        effects++;
        hash.fold(((long) to.name().hashCode() << 32) ^ (Frame.crc(frame, 0) & 0xFFFF_FFFFL));
        hash.fold((long) length * 4 + delivery.ordinal() * 2L + (taken ? 1 : 0));
    }

    /** An operation was handed to the disk. */
    void stored(StorageAction action, String scope, String file, long offset, long length, Bytes data) {
        effects++;
        hash.fold(((long) scope.hashCode() << 32) ^ (file.hashCode() & 0xFFFF_FFFFL));
        hash.fold(offset * 8 + action.ordinal());
        hash.fold(length);
        if (data != null) {
            hash.fold(checksum(data.array(), data.offset(), data.length()));
        }
    }

    /** Something was done to the outside by another way. */
    public void effect(long digest) {
        effects++;
        hash.fold(digest);
    }

    /** Something was done to the node. */
    public void input(byte[] array, int offset, int length) {
        hash.fold(((long) length << 32) ^ checksum(array, offset, length));
    }

    private long checksum(byte[] array, int offset, int length) {
        crc.reset();
        crc.update(array, offset, length);
        return crc.getValue();
    }

    /** How many effects were folded in so far. */
    public long effects() {
        return effects;
    }

    /** The whole hash. */
    public long value() {
        return hash.value();
    }

    /** The hash's last byte, noted for every event. */
    public byte check() {
        return (byte) hash.value();
    }
}
