package io.orrery.kernel.codec;

import io.orrery.kernel.NodeId;
import java.util.Arrays;

/**
 * Node names met before, by their bytes: one for each slot of a table, the last one met. It doubles when it has forgotten
 * as many as it has slots, up to {@value #SLOTS_MAX}: several times as many as a cluster has nodes.
 */
final class NameCache {
    static final int SLOTS_MAX = 4096;

    private static final int SLOTS_FIRST = 16;

    private NodeId[] nodes = new NodeId[SLOTS_FIRST];
    private byte[][] names = new byte[SLOTS_FIRST][];
    private int forgotten;

    /**
     * The node of that name.
     *
     * @throws DecodeException if the bytes are no node's name
     */
    NodeId node(byte[] array, int offset, int length) {
        int slot = slotOf(array, offset, length);
        byte[] known = names[slot];
        if (known != null && Arrays.equals(known, 0, known.length, array, offset, offset + length)) {
            return nodes[slot];
        }
        NodeId node = decode(array, offset, length);
        if (known != null && ++forgotten > names.length && names.length < SLOTS_MAX) {
            grow();
            slot = slotOf(array, offset, length);
        }
        nodes[slot] = node;
        names[slot] = Arrays.copyOfRange(array, offset, offset + length);
        return node;
    }

    private static NodeId decode(byte[] array, int offset, int length) {
        try {
            return new NodeId(Decoder.text(array, offset, length));
        } catch (DecodeException | IllegalArgumentException e) {
            throw new DecodeException("not a node's name");
        }
    }

    private int slotOf(byte[] array, int offset, int length) {
        int hash = length;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + array[i];
        }
        hash *= 0x9E3779B9;
        return hash >>> 16 & names.length - 1;
    }

    private void grow() {
        NodeId[] oldNodes = nodes;
        byte[][] oldNames = names;
        nodes = new NodeId[oldNames.length * 2];
        names = new byte[oldNames.length * 2][];
        forgotten = 0;
        for (int i = 0; i < oldNames.length; i++) {
            if (oldNames[i] != null) {
                int slot = slotOf(oldNames[i], 0, oldNames[i].length);
                nodes[slot] = oldNodes[i];
                names[slot] = oldNames[i];
            }
        }
    }
}
