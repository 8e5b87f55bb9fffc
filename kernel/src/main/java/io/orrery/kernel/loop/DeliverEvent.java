package io.orrery.kernel.loop;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Frame;

/** A frame reaches a node. The frame's array belongs to the event: nobody writes to it any more. */
public final class DeliverEvent extends NodeEvent {
    private final NodeId from;
    private final byte[] frame;
    private final int offset;
    private final int length;

    public DeliverEvent(NodeKernel node, NodeId from, byte[] frame, int offset, int length) {
        super(node);
        this.from = from;
        this.frame = frame;
        this.offset = offset;
        this.length = length;
    }

    public NodeId from() {
        return from;
    }

    /** Length of the frame in bytes. */
    public int length() {
        return length;
    }

    /** The array that holds the frame; not to be written to. */
    public byte[] array() {
        return frame;
    }

    /** Where in the array the frame begins. */
    public int offset() {
        return offset;
    }

    @Override
    public Kind kind() {
        return Kind.DELIVER;
    }

    @Override
    public String subject() {
        return from.name();
    }

    @Override
    public long digest() {
        return length < Frame.HEADER_BYTES ? length : ((long) length << 32) ^ Frame.crc(frame, offset);
    }

    @Override
    protected void happen() {
        node.receive(from, frame, offset, length);
    }
}
