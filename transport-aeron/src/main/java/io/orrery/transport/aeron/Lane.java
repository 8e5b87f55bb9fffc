package io.orrery.transport.aeron;

import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.aeron.exceptions.RegistrationException;
import io.aeron.logbuffer.BufferClaim;
import io.orrery.kernel.Check;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Encoder;
import io.orrery.kernel.seal.SealHeader;
import io.orrery.kernel.seal.StreamSealer;
import java.lang.System.Logger;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import org.agrona.MutableDirectBuffer;

/**
 * One way to one peer: the frames of one delivery class, over one publication at a time.
 *
 * <pre>
 *  IDLE ──frame──▶ ADDING ──driver──▶ CONNECTING ──peer, hello──▶ OPEN
 *   ▲                │ refused           │ too long                 │ lost, refused by the peer
 *   └──pause over────┴─ PAUSING ◀────────┴──────────────────────────┘
 * </pre>
 *
 * <ul>
 *   <li>I1 The first message of a publication is its hello.
 *   <li>I2 Frames go in the order they were taken: past a waiting frame none is sent.
 *   <li>I3 A frame partly sent when its publication breaks is lost, not sent again: the peer may have its first part.
 * </ul>
 */
final class Lane {
    private static final Logger LOG = System.getLogger(Lane.class.getPackageName());

    private static final int ANSWERS_MAX = 16;

    private enum State {
        IDLE,
        ADDING,
        CONNECTING,
        OPEN,
        PAUSING
    }

    private final Outbound owner;
    private final AeronCounters counters;
    private final AeronConfig config;
    private final NodeId peer;
    private final String channel;
    private final int streamId;
    private final SendQueue queue;
    private final Delivery delivery;
    private final Seals seals;
    /** Numbers of the peer's knocks, to be repeated to it ahead of any frame. */
    private final ArrayDeque<Long> answers = new ArrayDeque<>();

    private final BufferClaim claim = new BufferClaim();
    private State state = State.IDLE;
    /** Of the session that is open, if its frames are a sealed stream. */
    private StreamSealer sealer;
    /** The frame whose turn it is in a sealed stream, and how much of it has been sent. */
    private byte[] sealed;

    private int sealedSentBytes;
    private ExclusivePublication publication;
    private long registrationId;
    private long generation;
    /** When frames that wait for a connection are given up. */
    private long deadlineNanos;

    private long openedNanos;
    private long resumeNanos;
    private long pauseNanos;

    Lane(Outbound owner, NodeId peer, Address address, Delivery delivery) {
        this.owner = owner;
        this.counters = owner.counters();
        this.config = owner.config();
        this.peer = peer;
        this.channel = Channels.publication(config, address, delivery);
        this.streamId = address.streamId(config.media(), delivery);
        this.delivery = delivery;
        this.seals = owner.seals();
        this.queue = new SendQueue(config.queueBytesMax(delivery));
        this.pauseNanos = config.reconnectNanosMin();
    }

    boolean isWaiting() {
        return !queue.isEmpty()
                || sealed != null
                || !answers.isEmpty()
                || state == State.ADDING
                || state == State.CONNECTING;
    }

    long registrationId() {
        return state == State.IDLE || state == State.PAUSING ? -1 : registrationId;
    }

    /** Whether the frame was sent or queued. */
    boolean send(byte[] frame, int offset, int length, long nowNanos) {
        if (seals != null && delivery == Delivery.DATAGRAM && seals.isSealedTo(peer)) {
            byte[] sealed = new byte[length + SealHeader.DATAGRAM_OVERHEAD_BYTES];
            seals.datagramSealer().seal(peer, frame, offset, length, sealed, 0);
            return sendAsIs(sealed, 0, sealed.length, nowNanos);
        }
        if (sealer != null && state == State.OPEN && queue.isEmpty() && sealed == null) {
            seal(frame, offset, length);
            maybeSendSealed(nowNanos);
            return state == State.OPEN;
        }
        return sendAsIs(frame, offset, length, nowNanos);
    }

    private boolean sendAsIs(byte[] frame, int offset, int length, long nowNanos) {
        int sent = 0;
        if (state == State.OPEN && queue.isEmpty() && sealer == null) {
            sent = offer(frame, offset, length, 0, nowNanos);
            if (sent == length) {
                counters.add(AeronCount.FRAMES_SENT);
                return true;
            }
        }
        if (sent > 0 && state != State.OPEN) {
            counters.add(AeronCount.BREAK_DROPPED);
            return false;
        }
        if (!queue.maybeAdd(frame, offset, length)) {
            // A frame begun and not queued cannot be: the queue was empty, and holds the largest frame.
            Check.that(sent == 0, "I2: a frame begun is a frame queued", sent, length);
            counters.add(AeronCount.SEND_QUEUE_FULL);
            return false;
        }
        if (sent > 0) {
            queue.headSentBytes(sent);
        }
        if (queue.size() == 1 && state != State.OPEN) {
            deadlineNanos = nowNanos + config.connectNanos();
        }
        if (state == State.IDLE) {
            add();
        }
        return true;
    }

    /** The next frame of a sealed session: it has its number from now on, and is the next to leave. */
    private void seal(byte[] frame, int offset, int length) {
        sealed = new byte[length + SealHeader.STREAM_OVERHEAD_BYTES];
        sealer.seal(frame, offset, length, sealed, 0);
        sealedSentBytes = 0;
    }

    /** Sends what it can of the sealed frame; whether it is through. */
    private boolean maybeSendSealed(long nowNanos) {
        int sent = offer(sealed, 0, sealed.length, sealedSentBytes, nowNanos);
        if (state != State.OPEN) {
            return false;
        }
        sealedSentBytes = sent;
        if (sent < sealed.length) {
            return false;
        }
        sealed = null;
        counters.add(AeronCount.FRAMES_SENT);
        return true;
    }

    /** Moves the frames of a sealed session on, each sealed when it is its turn. */
    private int drainSealed(long nowNanos) {
        int frames = 0;
        while (sealed != null || !queue.isEmpty()) {
            if (sealed == null) {
                byte[] head = queue.head();
                seal(head, 0, head.length);
                queue.removeHead();
            }
            if (!maybeSendSealed(nowNanos)) {
                return frames;
            }
            frames++;
        }
        return frames;
    }

    /** Repeats the number of a knock to its sender; the oldest is forgotten beyond {@value #ANSWERS_MAX}. */
    void answer(long number) {
        if (answers.size() == ANSWERS_MAX) {
            answers.remove();
        }
        answers.add(number);
    }

    /** Moves on what can be moved on; returns how many frames were sent. */
    int progress(long nowNanos) {
        if (state == State.PAUSING && nowNanos - resumeNanos >= 0) {
            becomeIdle();
        }
        if (state == State.IDLE && isWaiting()) {
            if (queue.isEmpty()) {
                deadlineNanos = nowNanos + config.connectNanos();
            }
            add();
        }
        if (state == State.ADDING) {
            maybeAdded(nowNanos);
        }
        if (state == State.CONNECTING) {
            maybeOpen(nowNanos);
        }
        if (state != State.OPEN) {
            maybeGiveUp(nowNanos);
            return 0;
        }
        return drain(nowNanos);
    }

    /** Notices a peer that has gone silent. */
    void tick(long nowNanos) {
        if (state == State.OPEN && !publication.isConnected()) {
            becomeLost(nowNanos);
        }
    }

    /** The peer refused this lane's session. */
    void onRejected(String reason, long nowNanos) {
        counters.add(AeronCount.REJECTED_BY_PEER);
        owner.noteRefusal(peer + " did not take the session of this node: " + reason);
        if (seals != null && reason.contains(Refusal.SEALED.text())) {
            seals.note(peer, false);
        }
        LOG.log(Logger.Level.INFO, () -> peer + " did not take the session of " + config.self() + ": " + reason);
        if (state == State.OPEN || state == State.CONNECTING) {
            becomeLost(nowNanos);
        }
    }

    void close() {
        if (state == State.ADDING) {
            owner.aeron().asyncRemovePublication(registrationId);
        }
        closePublication();
        state = State.IDLE;
        counters.add(AeronCount.UNCONNECTED_DROPPED, queue.clear());
    }

    private void add() {
        registrationId = owner.aeron().asyncAddExclusivePublication(channel, streamId);
        state = State.ADDING;
    }

    private void maybeAdded(long nowNanos) {
        try {
            publication = owner.aeron().getExclusivePublication(registrationId);
        } catch (RegistrationException refused) {
            counters.add(AeronCount.CONNECT_FAILURES);
            LOG.log(Logger.Level.WARNING, () -> "no way to " + peer + " by " + channel + ": " + refused.getMessage());
            becomePausing(nowNanos);
            return;
        }
        if (publication != null) {
            state = State.CONNECTING;
        }
    }

    private void maybeOpen(long nowNanos) {
        if (!publication.isConnected()) {
            return;
        }
        Check.that(publication.position() == 0, "I1: nothing goes before the hello", publication.position());
        if (generation == 0) {
            generation = owner.nextGeneration();
        }
        Hello said = owner.hello(peer, generation, publication.sessionId(), streamId);
        Encoder hello = owner.encoded(said);
        int length = Chunk.KIND_BYTES + hello.position();
        if (!maybeClaim(length)) {
            return;
        }
        MutableDirectBuffer buffer = claim.buffer();
        buffer.putByte(claim.offset(), (byte) Chunk.HELLO);
        buffer.putBytes(claim.offset() + Chunk.KIND_BYTES, hello.buffer(), 0, hello.position());
        claim.commit();
        state = State.OPEN;
        beginSealing(said);
        openedNanos = nowNanos;
        counters.add(AeronCount.CONNECTIONS_OPENED);
    }

    private void beginSealing(Hello said) {
        if (delivery == Delivery.STREAM) {
            sealer = said.offer() == null ? null : seals.sealer(peer, said);
        }
    }

    private int drain(long nowNanos) {
        int frames = 0;
        while (!answers.isEmpty() && maybeClaim(Chunk.ANSWER_BYTES)) {
            claim.buffer().putByte(claim.offset(), (byte) Chunk.ANSWER);
            claim.buffer().putLong(claim.offset() + Chunk.KIND_BYTES, answers.remove(), ByteOrder.LITTLE_ENDIAN);
            claim.commit();
        }
        if (sealer != null) {
            return drainSealed(nowNanos);
        }
        while (!queue.isEmpty()) {
            byte[] head = queue.head();
            int sent = offer(head, 0, head.length, queue.headSentBytes(), nowNanos);
            if (state != State.OPEN) {
                return frames;
            }
            if (sent < head.length) {
                queue.headSentBytes(sent);
                return frames;
            }
            queue.removeHead();
            counters.add(AeronCount.FRAMES_SENT);
            frames++;
        }
        return frames;
    }

    /** Sends what it can of a frame's rest; returns how much of it has been sent. May end in another state. */
    private int offer(byte[] frame, int offset, int length, int alreadySent, long nowNanos) {
        int sent = alreadySent;
        int roomBytes = publication.maxPayloadLength();
        while (sent < length) {
            boolean isWhole = length + Chunk.KIND_BYTES <= roomBytes;
            int header = sent > 0 || isWhole ? Chunk.KIND_BYTES : Chunk.FIRST_BYTES;
            int bytes = Math.min(length - sent, roomBytes - header);
            if (!maybeClaim(header + bytes)) {
                if (publication.isClosed() || !publication.isConnected()) {
                    becomeLost(nowNanos);
                }
                return sent;
            }
            MutableDirectBuffer buffer = claim.buffer();
            int at = claim.offset();
            buffer.putByte(at, (byte) (isWhole ? Chunk.WHOLE : sent > 0 ? Chunk.NEXT : Chunk.FIRST));
            if (header == Chunk.FIRST_BYTES) {
                buffer.putInt(at + Chunk.KIND_BYTES, length, ByteOrder.LITTLE_ENDIAN);
            }
            buffer.putBytes(at + header, frame, offset + sent, bytes);
            claim.commit();
            sent += bytes;
        }
        return sent;
    }

    private boolean maybeClaim(int length) {
        long result = publication.tryClaim(length, claim);
        if (result == Publication.ADMIN_ACTION) {
            // A term ended and the next is ready: the one retry that makes sense at once.
            result = publication.tryClaim(length, claim);
        }
        if (result == Publication.MAX_POSITION_EXCEEDED) {
            publication.close();
        }
        return result > 0;
    }

    private void maybeGiveUp(long nowNanos) {
        if (nowNanos - deadlineNanos < 0) {
            return;
        }
        answers.clear();
        counters.add(AeronCount.UNCONNECTED_DROPPED, queue.clear());
        LOG.log(Logger.Level.DEBUG, () -> "no connection to " + peer + " in time");
        if (state == State.CONNECTING) {
            closePublication();
            state = State.IDLE;
        }
    }

    private void becomeLost(long nowNanos) {
        if (state == State.OPEN) {
            counters.add(AeronCount.CONNECTIONS_LOST);
        }
        if (queue.headSentBytes() > 0) {
            queue.removeHead();
            counters.add(AeronCount.BREAK_DROPPED);
        }
        if (sealed != null) {
            counters.add(AeronCount.BREAK_DROPPED);
        }
        closePublication();
        deadlineNanos = nowNanos + config.connectNanos();
        boolean lived = state == State.OPEN && nowNanos - openedNanos >= config.reconnectNanosMax();
        if (lived) {
            pauseNanos = config.reconnectNanosMin();
        }
        becomePausing(nowNanos);
    }

    private void becomePausing(long nowNanos) {
        state = State.PAUSING;
        resumeNanos = nowNanos + pauseNanos;
        pauseNanos = Math.min(2 * pauseNanos, config.reconnectNanosMax());
        generation = 0;
    }

    private void becomeIdle() {
        Check.that(publication == null, "an idle lane has no publication");
        state = State.IDLE;
    }

    private void closePublication() {
        if (publication != null) {
            publication.close();
            publication = null;
        }
        sealer = null;
        sealed = null;
        generation = 0;
    }
}
