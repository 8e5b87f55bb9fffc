package io.orrery.kernel.loop;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;

/**
 * The version that each peer reads, by open addressing on its name's own hash: five bytes a slot, since a node may have ten
 * thousand peers, and a simulation as many nodes.
 *
 * <ul>
 *   <li>I1: at most {@link #MAX} peers are remembered; the table never shrinks.
 * </ul>
 */
final class PeerVersions {
    static final int MAX = 16 * 1024;

    private NodeId[] peers = new NodeId[16];
    private byte[] versions = new byte[16];
    private int size;

    /** The version of a peer; 0 if none is known. */
    int of(NodeId peer) {
        return versions[slotOf(peer)];
    }

    /** Remembers a version, from 1 on; false if there is no room for another peer. */
    boolean maybePut(NodeId peer, int version) {
        Check.argument(version >= 1 && version <= Byte.MAX_VALUE, "a version is from 1 to 127");
        int slot = slotOf(peer);
        if (peers[slot] == null) {
            if (size >= MAX) {
                return false;
            }
            if ((size + 1) * 4 > peers.length * 3) {
                grow();
                slot = slotOf(peer);
            }
            peers[slot] = peer;
            size++;
        }
        versions[slot] = (byte) version;
        return true;
    }

    int size() {
        return size;
    }

    /** Where the peer is, or would be. */
    private int slotOf(NodeId peer) {
        int mask = peers.length - 1;
        int slot = peer.name().hashCode() * 0x9E3779B9 >>> 16 & mask;
        while (peers[slot] != null && peers[slot] != peer && !peers[slot].equals(peer)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        NodeId[] before = peers;
        byte[] known = versions;
        peers = new NodeId[before.length * 2];
        versions = new byte[before.length * 2];
        for (int i = 0; i < before.length; i++) {
            if (before[i] != null) {
                int slot = slotOf(before[i]);
                peers[slot] = before[i];
                versions[slot] = known[i];
            }
        }
    }
}
