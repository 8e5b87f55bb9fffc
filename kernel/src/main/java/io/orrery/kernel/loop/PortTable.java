package io.orrery.kernel.loop;

import io.orrery.kernel.Channel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Frame;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** The open channels of a node, sorted by (protocol, group), and the way of a frame to its receiver. */
final class PortTable {
    private final Decoder decoder;
    private final CRC32C crc;
    private final PortCounters counters = new PortCounters();
    private NodePort<?>[] ports = new NodePort<?>[8];
    private int size;

    PortTable(Scratch scratch) {
        decoder = scratch.decoder;
        crc = scratch.crc;
    }

    PortCounters counters() {
        return counters;
    }

    void add(NodePort<?> port) {
        Channel channel = port.channel();
        int at = find(channel.protocol(), channel.group());
        if (at >= 0) {
            throw new IllegalStateException("channel " + channel + " is open already");
        }
        int slot = -at - 1;
        if (size == ports.length) {
            ports = Arrays.copyOf(ports, size * 2);
        }
        System.arraycopy(ports, slot, ports, slot + 1, size - slot);
        ports[slot] = port;
        size++;
    }

    void remove(NodePort<?> port) {
        int at = find(port.channel().protocol(), port.channel().group());
        if (at >= 0 && ports[at] == port) {
            System.arraycopy(ports, at + 1, ports, at, size - at - 1);
            ports[--size] = null;
        }
    }

    /**
     * Checks, decodes and hands over a frame; whatever is wrong with it is counted, never thrown.
     *
     * @return whether the message may hold slices of the frame
     */
    boolean receive(NodeId from, byte[] frame, int offset, int length) {
        counters.received++;
        String fault = Frame.fault(frame, offset, length, crc);
        if (fault != null) {
            counters.malformed++;
            return false;
        }
        int at = find(Frame.protocol(frame, offset), Frame.group(frame, offset));
        if (at < 0 || ports[at].channel().delivery() != Frame.delivery(frame, offset)) {
            counters.unroutable++;
            return false;
        }
        if (!ports[at].maybeLearn(from, Frame.version(frame, offset), Frame.newest(frame, offset))) {
            counters.unknownVersion++;
            return false;
        }
        decoder.wrap(frame, offset + Frame.HEADER_BYTES, length - Frame.HEADER_BYTES);
        decoder.version(Frame.version(frame, offset));
        if (!ports[at].receive(from, decoder)) {
            counters.malformed++;
        }
        return decoder.isSliced();
    }

    private int find(short protocol, long group) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Channel channel = ports[middle].channel();
            int order = Short.compare(channel.protocol(), protocol);
            if (order == 0) {
                order = Long.compare(channel.group(), group);
            }
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }
}
