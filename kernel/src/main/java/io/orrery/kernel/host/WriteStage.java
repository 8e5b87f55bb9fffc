package io.orrery.kernel.host;

import io.orrery.kernel.Storage.Failure;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.host.OpenFiles.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Joins writes that follow one another in a file into one, and copies them outside the heap once. Small appends to a log
 * cost one system call per batch instead of one each.
 *
 * <p>For the storage thread.
 */
final class WriteStage {
    private static final int CAPACITY_BYTES = 256 * 1024;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(CAPACITY_BYTES);
    private final List<DiskOperation> operations = new ArrayList<>();
    private final AtomicLong writtenBytes;
    private OpenFile file;
    private long startOffset;

    WriteStage(AtomicLong writtenBytes) {
        this.writtenBytes = writtenBytes;
    }

    /** Takes a write; an earlier one may be written out for it, and one that fails is told so. */
    void add(OpenFile target, DiskOperation operation) {
        Bytes data = operation.data();
        boolean follows = file == target && operation.offset == startOffset + buffer.position();
        if (!follows || data.length() > buffer.remaining()) {
            flush();
            file = target;
            startOffset = operation.offset;
        }
        target.isDirty = true;
        operations.add(operation);
        try {
            stage(data);
        } catch (IOException e) {
            failAll(e);
        }
    }

    private void stage(Bytes data) throws IOException {
        int staged = 0;
        while (staged < data.length()) {
            if (!buffer.hasRemaining()) {
                writeOut();
            }
            int part = Math.min(buffer.remaining(), data.length() - staged);
            buffer.put(data.array(), data.offset() + staged, part);
            staged += part;
        }
    }

    /** Writes out what is staged for a file, so that what comes next finds it there. */
    void flush(OpenFile of) {
        if (file == of) {
            flush();
        }
    }

    /** Writes out whatever is staged. */
    void flush() {
        if (file == null) {
            return;
        }
        try {
            writeOut();
            operations.clear();
        } catch (IOException e) {
            failAll(e);
        }
        file = null;
        buffer.clear();
    }

    private void writeOut() throws IOException {
        FileChannel channel = file.channel;
        buffer.flip();
        while (buffer.hasRemaining()) {
            int written = channel.write(buffer, startOffset);
            startOffset += written;
            HostCounters.add(writtenBytes, written);
        }
        buffer.clear();
    }

    private void failAll(IOException why) {
        Failure failure = DiskThread.failure(why);
        for (DiskOperation operation : operations) {
            operation.fail(failure);
        }
        operations.clear();
        buffer.clear();
        file = null;
    }
}
