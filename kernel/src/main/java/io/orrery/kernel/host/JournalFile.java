package io.orrery.kernel.host;

import io.orrery.kernel.codec.Encoder;
import io.orrery.kernel.journal.Block;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32C;
import org.jctools.queues.varhandle.SpscVarHandleArrayQueue;

/**
 * Writes a journal on a thread of its own: the node's thread hands over pieces of whole records and never waits.
 *
 * <ul>
 *   <li>I1: what waits is bounded in pieces and bytes, and refused beyond that.
 *   <li>I2: every block written holds whole records, in order, so that a process that is killed leaves a readable
 *       beginning.
 * </ul>
 *
 * <p>Nothing is forced to the device: what was written survives the process, not a power loss.
 */
final class JournalFile implements Runnable {
    private static final int PIECES_MAX = 1 << 14;
    private static final int SPARES_MAX = 64;
    private static final int SPARE_BYTES_MAX = 1 << 20;
    private static final int BLOCK_PIECES_MAX = 256;
    private static final int STAGE_BYTES = 1 << 18;
    private static final long PAUSE_NANOS = 2_000_000;
    private static final long PAUSE_NANOS_MAX = 16_000_000;

    private final FileChannel channel;
    private final HostCounters counters;
    private final long pendingBytesMax;
    private final SpscVarHandleArrayQueue<Encoder> queue = new SpscVarHandleArrayQueue<>(PIECES_MAX);
    private final SpscVarHandleArrayQueue<Encoder> spares = new SpscVarHandleArrayQueue<>(SPARES_MAX);
    private final AtomicLong pendingBytes = new AtomicLong();
    private final List<Encoder> batch = new ArrayList<>();
    private final Encoder head = new Encoder();
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer stage = ByteBuffer.allocateDirect(STAGE_BYTES);
    private final Thread thread;
    private volatile boolean finishing;
    private volatile IOException failure;

    /**
     * @param pendingBytesMax that may wait
     * @throws HostException if the file cannot be made, or is there already
     */
    JournalFile(String node, Recording recording, long pendingBytesMax, HostCounters counters) {
        this.counters = counters;
        this.pendingBytesMax = pendingBytesMax;
        try {
            channel = FileChannel.open(recording.file(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            Block.begin(head);
            stage.put(head.buffer(), 0, head.position());
            writeOut();
        } catch (IOException e) {
            throw new HostException("cannot record to " + recording.file() + ": " + e, e);
        }
        thread = new Thread(this, "orrery-journal-" + node);
        thread.setDaemon(true);
        thread.start();
    }

    /** An empty piece to fill. */
    Encoder piece() {
        Encoder spare = spares.relaxedPoll();
        return spare != null ? spare : new Encoder(4096, Integer.MAX_VALUE - 8);
    }

    /**
     * Takes a piece of whole records.
     *
     * @return false if too much waits already: the piece is lost, and with it the journal's sense
     */
    boolean offer(Encoder piece) {
        return pendingBytes.get() + piece.position() <= pendingBytesMax && offerLast(piece);
    }

    /** As {@link #offer}, with no regard to the bytes that wait: for the journal's end. */
    boolean offerLast(Encoder piece) {
        int length = piece.position();
        pendingBytes.addAndGet(length);
        if (!queue.offer(piece)) {
            pendingBytes.addAndGet(-length);
            return false;
        }
        return true;
    }

    /** Why writing failed, or null. */
    IOException failure() {
        return failure;
    }

    /** Writes what waits, and ends; waits for that so long. */
    void finish(long nanosMax) {
        finishing = true;
        LockSupport.unpark(thread);
        try {
            thread.join(Math.max(1, nanosMax / 1_000_000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        long pause = PAUSE_NANOS;
        while (true) {
            boolean last = finishing;
            if (queue.drain(batch::add, BLOCK_PIECES_MAX) > 0) {
                pause = PAUSE_NANOS;
                writeBatch();
            } else if (last) {
                break;
            } else {
                LockSupport.parkNanos(this, pause);
                pause = Math.min(2 * pause, PAUSE_NANOS_MAX);
            }
        }
        try {
            channel.close();
        } catch (IOException e) {
            failure = e;
        }
    }

    private void writeBatch() {
        int length = 0;
        crc.reset();
        for (Encoder piece : batch) {
            crc.update(piece.buffer(), 0, piece.position());
            length += piece.position();
        }
        if (failure == null) {
            try {
                head.clear();
                Block.header(length, (int) crc.getValue(), head);
                stage(head);
                for (Encoder piece : batch) {
                    stage(piece);
                }
                writeOut();
                HostCounters.add(counters.journalBytes, length + Block.HEADER_BYTES);
            } catch (IOException e) {
                failure = e;
            }
        }
        pendingBytes.addAndGet(-length);
        for (Encoder piece : batch) {
            piece.clear();
            if (piece.buffer().length <= SPARE_BYTES_MAX) {
                spares.offer(piece);
            }
        }
        batch.clear();
    }

    private void stage(Encoder piece) throws IOException {
        int staged = 0;
        while (staged < piece.position()) {
            if (!stage.hasRemaining()) {
                writeOut();
            }
            int part = Math.min(stage.remaining(), piece.position() - staged);
            stage.put(piece.buffer(), staged, part);
            staged += part;
        }
    }

    private void writeOut() throws IOException {
        stage.flip();
        while (stage.hasRemaining()) {
            channel.write(stage);
        }
        stage.clear();
    }
}
