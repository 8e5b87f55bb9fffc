package io.orrery.transport.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.orrery.kernel.seal.SealHeader;
import io.orrery.kernel.seal.StreamSealer;
import java.util.ArrayDeque;

/**
 * Frames on their way to one peer, each with its length before it, in chunks outside the heap: small frames of a duty
 * cycle leave in one write. For the node's thread.
 */
final class SendBuffer {
    private static final int CHUNK_BYTES = 64 * 1024;
    private static final int ALONE_BYTES = 32 * 1024;
    private static final int PREFIX_BYTES = 4;
    private static final int SCRATCH_BYTES = 4096;

    private final ByteBufAllocator allocator;
    private final ArrayDeque<ByteBuf> chunks = new ArrayDeque<>();
    private ByteBuf open;
    private byte[] scratch;
    private long bytes;

    SendBuffer(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /** Bytes that wait here. */
    long bytes() {
        return bytes;
    }

    void add(byte[] frame, int offset, int length) {
        int needed = PREFIX_BYTES + length;
        ByteBuf chunk = open;
        if (chunk == null || chunk.maxWritableBytes() < needed) {
            chunk = open(needed);
        }
        chunk.writeIntLE(length);
        chunk.writeBytes(frame, offset, length);
        bytes += needed;
    }

    private ByteBuf open(int needed) {
        boolean alone = needed > ALONE_BYTES;
        ByteBuf chunk = alone
                ? allocator.directBuffer(needed, needed)
                : allocator.directBuffer(Math.max(needed, 1024), CHUNK_BYTES);
        chunks.add(chunk);
        open = alone ? null : chunk;
        return chunk;
    }

    /** Seals all that waits, in its order. */
    void seal(StreamSealer sealer) {
        ArrayDeque<ByteBuf> plain = new ArrayDeque<>(chunks);
        chunks.clear();
        open = null;
        bytes = 0;
        for (ByteBuf chunk = plain.poll(); chunk != null; chunk = plain.poll()) {
            while (chunk.isReadable()) {
                byte[] frame = new byte[chunk.readIntLE()];
                chunk.readBytes(frame);
                addSealed(sealer, frame, 0, frame.length);
            }
            chunk.release();
        }
    }

    /** Adds a frame, sealed. */
    void addSealed(StreamSealer sealer, byte[] frame, int offset, int length) {
        int sealed = length + SealHeader.STREAM_OVERHEAD_BYTES;
        byte[] scratch = sealed <= SCRATCH_BYTES ? scratch() : new byte[sealed];
        add(scratch, 0, sealer.seal(frame, offset, length, scratch, 0));
    }

    private byte[] scratch() {
        if (scratch == null) {
            scratch = new byte[SCRATCH_BYTES];
        }
        return scratch;
    }

    /** Hands everything to the connection and flushes it. */
    void writeTo(Channel channel) {
        open = null;
        bytes = 0;
        for (ByteBuf chunk = chunks.poll(); chunk != null; chunk = chunks.poll()) {
            channel.write(chunk, channel.voidPromise());
        }
        channel.flush();
    }

    /** Throws everything away; how many bytes it was. */
    long clear() {
        long lost = bytes;
        open = null;
        bytes = 0;
        for (ByteBuf chunk = chunks.poll(); chunk != null; chunk = chunks.poll()) {
            chunk.release();
        }
        return lost;
    }
}
