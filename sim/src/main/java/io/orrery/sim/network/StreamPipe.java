package io.orrery.sim.network;

import io.orrery.kernel.Check;
import io.orrery.kernel.Time;
import io.orrery.sim.event.Agenda;
import io.orrery.sim.event.WorldEvent;

/**
 * One direction's stream connections, one after another, as a queue of frames on the way.
 *
 * <p>The queue has one entry on the agenda, for its first frame. A cut stalls the queue; when the link is mended the
 * frames go on, late, unless they were stalled for {@link #TIMEOUT_NANOS}: then the connection has broken and they are
 * lost. A crash or a reset loses the frames from a drawn point on. What is sent afterwards belongs to a new connection and
 * lines up behind.
 *
 * <ul>
 *   <li>I1: frames arrive in the order sent, each at most once, over all connections of the direction.
 *   <li>I2: a connection loses a suffix of what was sent on it, never a frame before one that arrives.
 *   <li>I3: at most {@value #FRAMES_MAX} frames and {@value #BYTES_MAX} bytes are on the way.
 * </ul>
 */
final class StreamPipe extends WorldEvent {
    static final int FRAMES_MAX = 16_384;
    static final long BYTES_MAX = 64L * 1024 * 1024;
    /** How long a connection survives while nothing gets through. */
    static final long TIMEOUT_NANOS = Time.seconds(3);

    private static final long RETRANSMIT_NANOS = Time.millis(200);
    private static final int ATTEMPTS_MAX = 6;
    private static final long NOT_QUEUED = -1;

    private final Agenda agenda;
    private final Link link;
    private final NetworkCounters counters;
    private final Losses losses;
    private final FramePool pool;
    /** Null between nodes that do not seal. */
    private final LinkSeal seal;
    /** Which connection each frame was sent on; empty if nothing is sealed. */
    private long[] connections;

    private long connection;
    private byte[][] frames = new byte[8][];
    private long[] dueNanos = new long[8];
    private long[] sequences = new long[8];
    private long[] messages = new long[8];
    private int head;
    private int count;
    private long bytes;
    private long stalledNanos;
    private long queuedSequence = NOT_QUEUED;
    private long headNanos;

    StreamPipe(Agenda agenda, Link link, NetworkCounters counters, Losses losses, FramePool pool, LinkSeal seal) {
        this.agenda = agenda;
        this.link = link;
        this.counters = counters;
        this.losses = losses;
        this.pool = pool;
        this.seal = seal;
        this.connections = new long[seal == null ? 0 : frames.length];
    }

    /**
     * When all that is on its way now has arrived, if nothing else happens to the link: what was lost is sent again after ever
     * longer pauses, which a link that is well again does not shorten. 0 if nothing is on its way.
     */
    long clearNanos() {
        long latest = queuedSequence == NOT_QUEUED ? 0 : headNanos;
        for (int i = 0; i < count; i++) {
            latest = Math.max(latest, dueNanos[slot(i)]);
        }
        return latest;
    }

    boolean offer(byte[] frame, int length, long luck, long message) {
        if (link.isCut()) {
            onStall();
        }
        if (count >= FRAMES_MAX || bytes + length > BYTES_MAX) {
            counters.refused++;
            return false;
        }
        counters.streamFrames++;
        byte[] copy = seal == null ? pool.copyOf(frame, length) : seal.sealStream(connection, frame, length);
        append(link.damaged(copy, luck, message), agenda.nowNanos() + delayNanos(luck), agenda.nextSequence(), message);
        if (count == 1 && link.isOpen()) {
            queueHead(agenda.nowNanos());
        }
        return true;
    }

    private void onStall() {
        if (count == 0) {
            stalledNanos = agenda.nowNanos();
        } else if (agenda.nowNanos() - stalledNanos >= TIMEOUT_NANOS) {
            breakOff(0);
            stalledNanos = agenda.nowNanos();
        }
    }

    private long delayNanos(long luck) {
        long delay = link.delayNanos(luck);
        for (int attempt = 0; attempt < ATTEMPTS_MAX && link.losesAttempt(luck, attempt); attempt++) {
            counters.retransmitted++;
            delay += RETRANSMIT_NANOS << attempt;
        }
        return delay;
    }

    /** The first frame is due. */
    @Override
    public void happen(long sequence) {
        if (sequence != queuedSequence) {
            return;
        }
        queuedSequence = NOT_QUEUED;
        Endpoint to = link.to();
        if (count == 0 || !link.isOpen() || to.isPaused()) {
            return;
        }
        if (!to.isUp()) {
            breakOff(0);
            return;
        }
        long message = messages[head];
        long ofConnection = seal == null ? 0 : connections[head];
        byte[] frame = takeHead();
        if (seal != null) {
            frame = seal.openStream(ofConnection, frame);
            if (frame == null) {
                losses.lost(message, Loss.SEAL);
                breakOff(0);
                return;
            }
        }
        if (count > 0) {
            queueHead(agenda.nowNanos());
        }
        if (!to.receive(link.from().id(), frame, frame.length, message) && seal == null) {
            pool.giveBack(frame);
        }
    }

    void onCut() {
        stalledNanos = agenda.nowNanos();
    }

    void onMend() {
        if (count == 0) {
            return;
        }
        if (agenda.nowNanos() - stalledNanos >= TIMEOUT_NANOS) {
            breakOff(0);
            return;
        }
        if (queuedSequence == NOT_QUEUED && link.isOpen()) {
            queueHead(agenda.nowNanos() + link.longDelayNanos());
        }
    }

    /** What a clog held back goes on. */
    void onUnclog() {
        onResume();
    }

    /** The receiver reads again after a pause. */
    void onResume() {
        if (count > 0 && queuedSequence == NOT_QUEUED && link.isOpen()) {
            queueHead(agenda.nowNanos());
        }
    }

    /** The sender is gone, or the connection was reset: some of what is on the way still arrives. */
    void onReset() {
        connection++;
        if (count > 0) {
            breakOff(link.isCut() ? 0 : link.survivors(count));
        }
    }

    /** The receiver is gone. */
    void onReceiverCrash() {
        connection++;
        if (count > 0) {
            breakOff(0);
        }
    }

    private void breakOff(int kept) {
        Check.that(kept >= 0 && kept <= count, "I2: a suffix is lost", kept, count);
        connection++;
        counters.connectionsBroken++;
        counters.streamFramesLost += count - kept;
        while (count > kept) {
            int last = slot(--count);
            bytes -= frames[last].length;
            losses.lost(messages[last], Loss.BROKEN);
            frames[last] = null;
        }
        if (count == 0) {
            queuedSequence = NOT_QUEUED;
        }
        Check.that(bytes >= 0, "I3: bytes on the way are not negative", bytes);
    }

    /** The first frame arrives when it is due, but not before a given time; what is due earlier waits behind it. */
    private void queueHead(long earliestNanos) {
        queuedSequence = sequences[head];
        headNanos = Math.max(dueNanos[head], earliestNanos);
        agenda.push(headNanos, queuedSequence, this);
    }

    private void append(byte[] frame, long due, long sequence, long message) {
        if (count == frames.length) {
            grow();
        }
        int slot = slot(count++);
        frames[slot] = frame;
        dueNanos[slot] = due;
        sequences[slot] = sequence;
        messages[slot] = message;
        if (seal != null) {
            connections[slot] = connection;
        }
        bytes += frame.length;
    }

    private byte[] takeHead() {
        byte[] frame = frames[head];
        frames[head] = null;
        head = slot(1);
        count--;
        bytes -= frame.length;
        return frame;
    }

    private int slot(int index) {
        return head + index & frames.length - 1;
    }

    private void grow() {
        int capacity = frames.length * 2;
        byte[][] moreFrames = new byte[capacity][];
        long[] moreDue = new long[capacity];
        long[] moreSequences = new long[capacity];
        long[] moreMessages = new long[capacity];
        long[] moreConnections = new long[seal == null ? 0 : capacity];
        for (int i = 0; i < count; i++) {
            int slot = slot(i);
            moreFrames[i] = frames[slot];
            moreDue[i] = dueNanos[slot];
            moreSequences[i] = sequences[slot];
            moreMessages[i] = messages[slot];
            if (seal != null) {
                moreConnections[i] = connections[slot];
            }
        }
        frames = moreFrames;
        dueNanos = moreDue;
        sequences = moreSequences;
        messages = moreMessages;
        connections = moreConnections;
        head = 0;
    }
}
