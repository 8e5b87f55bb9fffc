package io.orrery.kernel.loop;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import java.util.Arrays;

/**
 * The version that each peer reads, by open addressing on its name's own hash: four bytes a slot as long as all peers read the
 * same, and five from then on, since a node may have ten thousand peers, and a simulation as many nodes.
 *
 * <ul>
 *   <li>I1: at most {@link #MAX} peers are remembered; the table never shrinks.
 *   <li>I2: versions are kept by slot from the first peer on that reads another one than the first of all.
 * </ul>
 */
final class PeerVersions {
    static final int MAX = 16 * 1024;

    private NodeId[] peers = new NodeId[16];
    /** I2: null as long as all peers read {@link #common}. */
    private byte[] versions;

    private int common;
    private int size;

    /** The version of a peer; 0 if none is known. */
    int of(NodeId peer) {
        int slot = slotOf(peer);
        if (peers[slot] == null) {
            return 0;
        }
        return versions == null ? common : versions[slot];
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
        common = size == 1 && versions == null ? version : common;
        if (version != common && versions == null) {
            versions = new byte[peers.length];
            Arrays.fill(versions, (byte) common);
        }
        if (versions != null) {
            versions[slot] = (byte) version;
        }
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
        versions = known == null ? null : new byte[before.length * 2];
        for (int i = 0; i < before.length; i++) {
            if (before[i] != null) {
                int slot = slotOf(before[i]);
                peers[slot] = before[i];
                if (known != null) {
                    versions[slot] = known[i];
                }
            }
        }
    }
}
