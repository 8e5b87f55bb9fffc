package io.orrery.kernel.loop;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Frame;

/**
 * A frame reaches a node. Until the event has run its array belongs to it, and afterwards to the node if that {@link #isKept
 * keeps} slices of it: nobody else writes to it any more. A world in which frames arrive all the time may use one event for
 * one frame after another.
 */
public final class DeliverEvent extends NodeEvent {
    private NodeId from;
    private byte[] frame;
    private int offset;
    private int length;
    private boolean isKept = true;

    /** For frames to be {@link #load loaded}. */
    public DeliverEvent(NodeKernel node) {
        super(node);
    }

    public DeliverEvent(NodeKernel node, NodeId from, byte[] frame, int offset, int length) {
        this(node);
        load(from, frame, offset, length);
    }

    /** Takes the next frame, once the one before has been run. */
    public void load(NodeId sender, byte[] array, int at, int bytes) {
        from = sender;
        frame = array;
        offset = at;
        length = bytes;
        isKept = true;
    }

    /** Whether the frame's array may not be used again: false once the event has run and left no slice of it behind. */
    public boolean isKept() {
        return isKept;
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
        isKept = node.receive(from, frame, offset, length);
    }
}
