package io.orrery.kernel.host;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Encoder;
import io.orrery.kernel.journal.Block;
import io.orrery.kernel.journal.Checkpoint;
import io.orrery.kernel.journal.JournalEnd;
import io.orrery.kernel.journal.JournalEnd.Why;
import io.orrery.kernel.journal.JournalHeader;
import io.orrery.kernel.journal.JournalHeader.Limits;
import io.orrery.kernel.journal.JournalWriter;
import io.orrery.kernel.journal.NodeHash;
import io.orrery.kernel.journal.Tape;
import io.orrery.kernel.loop.DeliverEvent;
import io.orrery.kernel.loop.NodeEvent;
import io.orrery.kernel.loop.NodeKernel;
import io.orrery.kernel.trace.StateDigest;

/**
 * Keeps the journal of one incarnation: the node's thread tells it each cycle's clocks, what was taken from the inbox, and
 * what the outside answered; it folds the same hash as a replay will, and hands whole records to {@link JournalFile}.
 *
 * <ul>
 *   <li>I1: it never waits and never fails its node: what it cannot note ends the journal, with the reason as its last
 *       record.
 *   <li>I2: a cycle is written wholly or not at all.
 *   <li>I3: the journal stays within its limit, its end included.
 * </ul>
 *
 * <p>For the node's thread.
 */
final class Recorder implements Tape {
    private static final long PENDING_BYTES_MAX = 64L * 1024 * 1024;
    private static final int PIECE_BYTES = 32 * 1024;
    private static final long PIECE_NANOS = 2_000_000;
    private static final int END_BYTES_MAX = 4_096;
    private static final int TEXT_CHARS_MAX = 1_000;

    private final Recording recording;
    private final HostCounters counters;
    private final NodeHash hash;
    private final JournalWriter writer = new JournalWriter();
    private JournalFile file;
    private Encoder piece;
    private long pieceNanos;
    private long bytes;
    private long events;
    private long eventsAtCheckpoint;
    private boolean cycleHasContent;
    private boolean callHadInput;
    private boolean over;
    private String haltText;

    Recorder(Recording recording, long seed, HostCounters counters) {
        this.recording = recording;
        this.counters = counters;
        this.hash = new NodeHash(seed);
    }

    /**
     * The node is about to boot.
     *
     * @throws HostException if the file cannot be made
     */
    void begin(NodeId self, long seed, HostConfig config, long nowNanos, long wallMillis) {
        Limits limits = new Limits(
                config.queuedEventsMax(),
                config.cycleEventsMax(),
                config.storageOperationsMax(),
                config.storageBytesMax());
        JournalHeader header = new JournalHeader(
                recording.software(),
                self,
                seed,
                limits,
                config.checkInvariants(),
                recording.program(),
                recording.description().get());
        file = new JournalFile(self.name(), recording, PENDING_BYTES_MAX, counters);
        piece = file.piece();
        JournalWriter.header(header, piece);
        hash.boot(nowNanos, wallMillis);
    }

    @Override
    public boolean isOn() {
        return !over;
    }

    @Override
    public NodeHash hash() {
        return hash;
    }

    @Override
    public boolean answer(boolean actual) {
        if (!over) {
            writer.answer(actual);
        }
        return actual;
    }

    @Override
    public void input(byte[] array, int offset, int length) {
        if (!over) {
            callHadInput = true;
            hash.input(array, offset, length);
            writer.input(array, offset, length);
        }
    }

    @Override
    public void effect(long digest) {
        if (!over) {
            hash.effect(digest);
        }
    }

    /** An event came out of the inbox. */
    void onTaken(NodeEvent event) {
        if (over) {
            return;
        }
        cycleHasContent = true;
        if (event instanceof DeliverEvent frame) {
            writer.frame(frame);
        } else if (event instanceof DiskOperation operation) {
            writer.completion(operation.action, operation.value(), operation.failure());
        } else if (event instanceof DiskBrokenEvent broken) {
            writer.diskBroken(shortened(broken.why().toString()));
        } else {
            writer.call(event instanceof CallEvent<?>);
        }
        if (writer.pendingBytes() > PENDING_BYTES_MAX) {
            end(Why.BEHIND, "more than " + PENDING_BYTES_MAX + " bytes came in one cycle");
        }
    }

    /** An entry came out of the queue, whether or not it stands for an event. */
    void onPopped() {
        cycleHasContent = true;
    }

    void run(NodeKernel kernel, NodeEvent event, long nowNanos, long wallMillis) {
        if (over) {
            kernel.run(event, nowNanos, wallMillis);
            return;
        }
        hash.event(event, nowNanos, wallMillis);
        callHadInput = false;
        long effectsBefore = hash.effects();
        kernel.run(event, nowNanos, wallMillis);
        if (over) {
            return;
        }
        onRan();
        if (event.kind() == NodeEvent.Kind.OUTSIDE) {
            writer.callOver();
            if (!callHadInput && hash.effects() != effectsBefore) {
                end(Why.UNRECORDED, "a " + event.subject() + " from outside changed the node without saying how");
            }
        }
    }

    void endBoot(long nowNanos, long wallMillis) {
        onRan();
        write(true, nowNanos, wallMillis);
    }

    private void onRan() {
        events++;
        writer.check(hash.check());
    }

    /** The cycle is over: its record is written if anything happened. */
    void endCycle(NodeKernel kernel, long nowNanos, long wallMillis) {
        if (over || !cycleHasContent) {
            return;
        }
        write(false, nowNanos, wallMillis);
        if (!over && events - eventsAtCheckpoint >= Checkpoint.EVERY_EVENTS) {
            checkpoint(kernel);
        }
    }

    private void write(boolean isBoot, long nowNanos, long wallMillis) {
        cycleHasContent = false;
        int before = piece.position();
        writer.cycle(isBoot, nowNanos, wallMillis, piece);
        if (bytes + Block.HEADER_BYTES + piece.position() > recording.bytesMax() - END_BYTES_MAX) {
            piece.truncate(before);
            end(Why.FULL, "the journal has reached its limit of " + recording.bytesMax() + " bytes");
            return;
        }
        if (file.failure() != null) {
            end(Why.BEHIND, "the journal cannot be written: " + file.failure());
            return;
        }
        if (piece.position() >= PIECE_BYTES || nowNanos - pieceNanos >= PIECE_NANOS) {
            pieceNanos = nowNanos;
            handOver();
        }
    }

    private void checkpoint(NodeKernel kernel) {
        eventsAtCheckpoint = events;
        long state = kernel.protocol() == null ? 0 : StateDigest.of(kernel.protocol());
        writer.checkpoint(new Checkpoint(events, hash.value(), state), piece);
    }

    /** The node is about to sleep: nothing stays behind. */
    void onRest() {
        if (!over && piece.position() > 0) {
            handOver();
        }
    }

    private void handOver() {
        int length = piece.position();
        boolean taken = file.offer(piece);
        piece = file.piece();
        if (taken) {
            bytes += length + Block.HEADER_BYTES;
            return;
        }
        end(Why.BEHIND, "the journal's disk is too slow: more than " + PENDING_BYTES_MAX + " bytes wait for it");
    }

    /** The program halted its node. */
    void onHalted(Throwable why) {
        haltText = shortened(String.valueOf(why));
    }

    /**
     * The node has ended.
     *
     * @param broken why the host around it failed, or null
     */
    void close(NodeKernel kernel, Throwable broken, long nanosMax) {
        if (file == null) {
            return;
        }
        if (!over) {
            if (broken == null || haltText != null) {
                checkpoint(kernel);
            }
            Why why = haltText != null ? Why.HALTED : broken != null ? Why.HOST_FAILED : Why.STOPPED;
            over = true;
            String text = haltText != null ? haltText : broken != null ? shortened(broken.toString()) : "";
            writer.end(new JournalEnd(why, text), piece);
            file.offerLast(piece);
        }
        file.finish(nanosMax);
    }

    /** Ends the journal before the node: from now on nothing is noted. */
    private void end(Why why, String text) {
        over = true;
        counters.journalsEnded.increment();
        writer.end(new JournalEnd(why, text), piece);
        file.offerLast(piece);
        recording.onEnd().accept(text);
    }

    private static String shortened(String text) {
        return text.length() <= TEXT_CHARS_MAX ? text : text.substring(0, TEXT_CHARS_MAX);
    }
}
