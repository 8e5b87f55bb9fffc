package io.orrery.kernel.seal;

import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Opens datagrams, each at most once.
 *
 * <ul>
 *   <li>I1: of one start of a sender no number opens twice, while the start is remembered.
 *   <li>I2: at most {@value #STARTS_MAX} starts are remembered, the least recently heard is forgotten; only a datagram that
 *       opens is a reason to remember one.
 *   <li>I3: while a sender's start is {@link #confirm confirmed}, no other start of it is heard.
 * </ul>
 *
 * What a sender sent before it was forgotten, or before this node's own start, could be sent again by somebody who recorded
 * it, once; a confirmed start ends that. For one thread.
 */
public final class DatagramOpener {
    /** Starts of senders that are remembered. */
    public static final int STARTS_MAX = 4096;

    /** One start of one sender. */
    private record Start(NodeId sender, Bytes salt) {}

    private static final class Sender {
        private final FlowKeys keys;
        private final byte[] context;
        private final ReplayWindow window = new ReplayWindow();

        private Sender(FlowKeys keys, byte[] context) {
            this.keys = keys;
            this.context = context;
        }
    }

    private final SealScope scope;
    private final Supplier<KeyRing> rings;
    private final NodeId self;
    private final byte[] nonce = new byte[Cipherer.NONCE_BYTES];
    private final LinkedHashMap<Start, Sender> starts = new LinkedHashMap<>(64, 0.75f, true);
    private final LinkedHashMap<NodeId, Bytes> confirmed = new LinkedHashMap<>();
    private long forgotten;
    private SealFault fault;

    public DatagramOpener(SealScope scope, Supplier<KeyRing> rings, NodeId self) {
        this.scope = scope;
        this.rings = rings;
        this.self = self;
    }

    /** The sender has proved on a connection that this is the salt of its present start. */
    public void confirm(NodeId sender, Bytes salt) {
        if (confirmed.size() < STARTS_MAX || confirmed.containsKey(sender)) {
            confirmed.put(sender, salt);
        }
    }

    /** The connection that proved it is over: the sender may have been started anew. */
    public void unconfirm(NodeId sender, Bytes salt) {
        confirmed.remove(sender, salt);
    }

    /**
     * Opens a datagram.
     *
     * @return the frame, in an array of its length; or null, and then {@link #fault} says why
     */
    public byte[] open(NodeId from, byte[] sealed, int offset, int length) {
        fault = SealHeader.fault(sealed, offset, length, Delivery.DATAGRAM);
        if (fault != null) {
            return null;
        }
        Start start = new Start(from, Bytes.copyOf(sealed, offset + SealHeader.BYTES, SealHeader.SALT_BYTES));
        Sender sender = starts.get(start);
        boolean isNew = sender == null;
        if (isNew) {
            FlowKeys keys = new FlowKeys(scope, rings, start.salt().toByteArray(), Delivery.DATAGRAM);
            sender = new Sender(keys, scope.context(from, self));
        }
        byte[] frame = open(start, sender, sealed, offset, length);
        if (frame != null && isNew) {
            remember(start, sender);
        }
        return frame;
    }

    private byte[] open(Start start, Sender sender, byte[] sealed, int offset, int length) {
        long number = SealHeader.number(sealed, offset);
        FlowKeys.Entry key = sender.keys.opening(SealHeader.key(sealed, offset), number);
        fault = StreamOpener.faultOf(key, sealed, offset);
        if (fault != null) {
            return null;
        }
        Bytes expected = confirmed.get(start.sender());
        if (sender.window.isSeen(number) || expected != null && !expected.equals(start.salt())) {
            fault = SealFault.REPLAYED;
            return null;
        }
        SealHeader.nonce(nonce, number);
        int head = SealHeader.BYTES + SealHeader.SALT_BYTES;
        byte[] frame = new byte[length - SealHeader.DATAGRAM_OVERHEAD_BYTES];
        boolean isOpen = key.aead()
                .open(nonce, sealed, offset, head, sender.context, sealed, offset + head, length - head, frame, 0);
        if (!isOpen) {
            fault = SealFault.FORGED;
            return null;
        }
        sender.window.note(number);
        return frame;
    }

    /** I2. */
    private void remember(Start start, Sender sender) {
        if (starts.size() >= STARTS_MAX) {
            Map.Entry<Start, Sender> eldest = starts.entrySet().iterator().next();
            starts.remove(eldest.getKey());
            forgotten++;
        }
        starts.put(start, sender);
    }

    /** Why the last datagram did not open. */
    public SealFault fault() {
        return fault;
    }

    /** Starts that were forgotten because there were too many. */
    public long forgotten() {
        return forgotten;
    }

    /** Starts remembered. */
    public int remembered() {
        return starts.size();
    }
}
