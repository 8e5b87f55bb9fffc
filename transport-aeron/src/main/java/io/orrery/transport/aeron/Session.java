package io.orrery.transport.aeron;

import io.aeron.Image;
import io.aeron.logbuffer.ControlledFragmentHandler;
import io.aeron.logbuffer.Header;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.seal.DatagramOpener;
import io.orrery.kernel.seal.SealHeader;
import io.orrery.kernel.seal.StreamOpener;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * One image: what one publication of one peer sends here. Waits for a hello, then accepted, until superseded or gone;
 * or refused at its first message; or a knock, and over with that.
 *
 * <ul>
 *   <li>I1 No byte of a frame is kept before the hello is accepted.
 *   <li>I2 While a frame waits for the inbox the image is not polled, so Aeron's flow control stops the sender.
 *   <li>I3 At most one frame is under assembly or waiting, and its bytes are taken from the budget.
 * </ul>
 */
final class Session implements ControlledFragmentHandler {
    private final Image image;
    private final int streamId;
    private final Delivery delivery;
    private final Sessions owner;
    private final AeronCounters counters;
    private final AssemblyBudget budget;
    private NodeId peer;
    private Hello hello;
    private Admission.Sender sender;
    private Refusal refusal;
    private StreamOpener opener;
    private byte[] frame;
    private int filled;
    private boolean isHeld;
    private boolean hasKnocked;

    Session(
            Image image,
            int streamId,
            Delivery delivery,
            Sessions owner,
            AeronCounters counters,
            AssemblyBudget budget) {
        this.image = image;
        this.streamId = streamId;
        this.delivery = delivery;
        this.owner = owner;
        this.counters = counters;
        this.budget = budget;
    }

    Image image() {
        return image;
    }

    /** Why this session is not listened to; null while it is. */
    Refusal refusal() {
        return refusal;
    }

    /** Who sends, for logs: a name once the hello named one. */
    String source() {
        return (peer == null ? "" : peer + " at ") + image.sourceIdentity();
    }

    /** Takes up to so many messages; returns how many it took. */
    int poll(int fragmentsMax) {
        if (isHeld && !maybeDeliverHeld()) {
            return 0;
        }
        return image.controlledPoll(this, fragmentsMax);
    }

    /** The image is gone: what was not handed over is lost. */
    void close() {
        if (frame != null) {
            counters.add(AeronCount.INBOUND_BREAK_DROPPED);
            dropFrame();
        }
    }

    void refuse(Refusal reason) {
        refusal = reason;
        counters.addRefusal(reason);
    }

    @Override
    public Action onFragment(DirectBuffer buffer, int offset, int length, Header header) {
        if (refusal != null || hasKnocked) {
            counters.add(AeronCount.WITHOUT_HELLO_DROPPED);
            return Action.CONTINUE;
        }
        int kind = length == 0 ? 0 : buffer.getByte(offset);
        if (sender == null) {
            onHello(kind, buffer, offset, length);
            return Action.CONTINUE;
        }
        if (!sender.isCurrent(hello.boot(), hello.generation(), delivery)) {
            counters.add(AeronCount.SUPERSEDED_DROPPED);
            dropFrame();
            return Action.CONTINUE;
        }
        return switch (kind) {
            case Chunk.WHOLE -> onWhole(buffer, offset + Chunk.KIND_BYTES, length - Chunk.KIND_BYTES);
            case Chunk.FIRST -> onFirst(buffer, offset, length);
            case Chunk.ANSWER -> onAnswer(buffer, offset, length);
            case Chunk.NEXT -> onNext(buffer, offset + Chunk.KIND_BYTES, length - Chunk.KIND_BYTES);
            default -> onMalformed();
        };
    }

    private void onHello(int kind, DirectBuffer buffer, int offset, int length) {
        if (kind != Chunk.HELLO && kind != Chunk.KNOCK) {
            counters.add(AeronCount.WITHOUT_HELLO_DROPPED);
            owner.refuse(this, Refusal.NO_HELLO);
            return;
        }
        Hello offered;
        try {
            offered = decode(buffer, offset + Chunk.KIND_BYTES, length - Chunk.KIND_BYTES);
        } catch (DecodeException notAHello) {
            owner.refuse(this, Refusal.MALFORMED);
            return;
        }
        Refusal fault = fault(kind, offered);
        if (fault != null) {
            owner.refuse(this, fault);
            return;
        }
        peer = offered.from();
        if (kind == Chunk.KNOCK) {
            hasKnocked = true;
            owner.listener().onKnock(offered);
            return;
        }
        hello = offered;
        if (hello.offer() != null && delivery == Delivery.STREAM) {
            opener = owner.seals().opener(hello);
        }
        sender = owner.admission().accept(offered, delivery);
        counters.add(AeronCount.SESSIONS_ACCEPTED);
        owner.listener().onHello(offered);
    }

    private static Hello decode(DirectBuffer buffer, int offset, int length) {
        byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        Decoder decoder = new Decoder();
        decoder.wrap(bytes, 0, length);
        return Hello.decode(decoder);
    }

    private Refusal fault(int kind, Hello offered) {
        if (offered == null) {
            return Refusal.WRONG_VERSION;
        }
        if (offered.to().isEmpty() != (kind == Chunk.KNOCK)) {
            return Refusal.MALFORMED;
        }
        return owner.admission().fault(offered, delivery, image.sessionId(), streamId);
    }

    private Action onAnswer(DirectBuffer buffer, int offset, int length) {
        if (length != Chunk.ANSWER_BYTES || frame != null) {
            return onMalformed();
        }
        owner.listener().onAnswer(peer, buffer.getLong(offset + Chunk.KIND_BYTES, ByteOrder.LITTLE_ENDIAN));
        return Action.CONTINUE;
    }

    private Action onWhole(DirectBuffer buffer, int offset, int length) {
        if (frame != null || length == 0) {
            return onMalformed();
        }
        if (hello.offer() != null) {
            return onSealed(buffer, offset, length);
        }
        byte[] whole = new byte[length];
        buffer.getBytes(offset, whole);
        return onOpen(whole);
    }

    /** What is opened cannot be left where it is and opened again: room for it is taken first. */
    private Action onSealed(DirectBuffer buffer, int offset, int length) {
        boolean isStream = delivery == Delivery.STREAM;
        if (isStream && !budget.maybeTake(length)) {
            return onNoRoom();
        }
        byte[] sealed = new byte[length];
        buffer.getBytes(offset, sealed);
        if (isStream) {
            budget.giveBack(length);
        }
        byte[] opened = open(sealed);
        return opened == null ? Action.CONTINUE : onOpen(opened);
    }

    /** Null if the frame does not open; a stream's session is over then. */
    private byte[] open(byte[] sealed) {
        if (opener == null) {
            DatagramOpener datagrams = owner.seals().datagramOpener();
            byte[] opened = datagrams.open(peer, sealed, 0, sealed.length);
            if (opened == null) {
                counters.addFault(delivery, datagrams.fault());
                owner.onFault(this, datagrams.fault());
            }
            return opened;
        }
        byte[] opened = opener.open(sealed, 0, sealed.length);
        if (opened == null) {
            counters.addFault(delivery, opener.fault());
            owner.refuse(this, Refusal.of(opener.fault()));
        }
        return opened;
    }

    private Action onOpen(byte[] whole) {
        int length = whole.length;
        if (owner.inbound().onFrame(peer, delivery, whole, 0, length)) {
            counters.add(AeronCount.FRAMES_RECEIVED);
            return Action.CONTINUE;
        }
        if (delivery == Delivery.DATAGRAM) {
            counters.add(AeronCount.INBOX_FULL_DROPPED);
            return Action.CONTINUE;
        }
        return budget.maybeTake(length) ? hold(whole) : onNoRoom();
    }

    private Action onFirst(DirectBuffer buffer, int offset, int length) {
        int bytes = length - Chunk.FIRST_BYTES;
        if (frame != null || bytes <= 0 || delivery == Delivery.DATAGRAM) {
            return onMalformed();
        }
        int total = buffer.getInt(offset + Chunk.KIND_BYTES, ByteOrder.LITTLE_ENDIAN);
        int overhead = opener == null ? 0 : SealHeader.STREAM_OVERHEAD_BYTES;
        if (total <= bytes || total > Delivery.STREAM_BYTES_MAX + overhead) {
            return onMalformed();
        }
        if (!budget.maybeTake(total)) {
            return onNoRoom();
        }
        frame = new byte[total];
        buffer.getBytes(offset + Chunk.FIRST_BYTES, frame, 0, bytes);
        filled = bytes;
        return Action.CONTINUE;
    }

    private Action onNext(DirectBuffer buffer, int offset, int length) {
        if (frame == null || length == 0 || length > frame.length - filled) {
            return onMalformed();
        }
        buffer.getBytes(offset, frame, filled, length);
        filled += length;
        if (filled < frame.length) {
            return Action.CONTINUE;
        }
        if (opener != null && !maybeOpenAssembled()) {
            return Action.CONTINUE;
        }
        if (!owner.inbound().onFrame(peer, delivery, frame, 0, frame.length)) {
            return hold(frame);
        }
        onHandedOver();
        return Action.CONTINUE;
    }

    private boolean maybeOpenAssembled() {
        byte[] opened = open(frame);
        if (opened == null) {
            dropFrame();
            return false;
        }
        budget.giveBack(frame.length - opened.length);
        frame = opened;
        filled = opened.length;
        return true;
    }

    private Action hold(byte[] whole) {
        frame = whole;
        filled = whole.length;
        isHeld = true;
        counters.add(AeronCount.INBOX_FULL_HELD);
        return Action.BREAK;
    }

    private boolean maybeDeliverHeld() {
        if (sender.isCurrent(hello.boot(), hello.generation(), delivery)) {
            if (!owner.inbound().onFrame(peer, delivery, frame, 0, frame.length)) {
                return false;
            }
            onHandedOver();
        } else {
            counters.add(AeronCount.SUPERSEDED_DROPPED);
            dropFrame();
        }
        return true;
    }

    private void onHandedOver() {
        counters.add(AeronCount.FRAMES_RECEIVED);
        dropFrame();
    }

    /** Leaves the message where it is: it comes again with the next poll. */
    private Action onNoRoom() {
        counters.add(AeronCount.ASSEMBLY_WAITS);
        return Action.ABORT;
    }

    private Action onMalformed() {
        counters.add(AeronCount.MALFORMED_CHUNKS);
        dropFrame();
        return Action.CONTINUE;
    }

    private void dropFrame() {
        if (frame != null) {
            budget.giveBack(frame.length);
            frame = null;
            isHeld = false;
            filled = 0;
        }
    }
}
