package io.orrery.kernel.loop;

import io.orrery.kernel.Channel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Port;
import io.orrery.kernel.Receiver;
import io.orrery.kernel.codec.Codec;
import io.orrery.kernel.codec.Decoder;

/**
 * A port of a {@link NodeKernel}. It speaks to each peer in the newest version that both read.
 *
 * <ul>
 *   <li>I1: each frame says what its sender reads; before the first one a peer reads version 1, and no more.
 *   <li>I2: what the last frame said counts: a peer may come back as an earlier release.
 *   <li>I3: at most {@link PeerVersions#MAX} peers are remembered; others are spoken to in version 1.
 * </ul>
 */
final class NodePort<M> implements Port<M> {
    private final NodeKernel node;
    private final Channel channel;
    private final Codec<M> codec;
    private final Receiver<M> receiver;
    private final int newest;
    private final PeerVersions newestOfPeers = new PeerVersions();
    private final LastMessage<M> last = new LastMessage<>();
    private NodeId lastPeer;
    private int newestOfLastPeer;

    NodePort(NodeKernel node, Channel channel, Codec<M> codec, Receiver<M> receiver) {
        this.node = node;
        this.channel = channel;
        this.codec = codec;
        this.receiver = receiver;
        this.newest = Math.min(codec.version(), node.formatsMax());
    }

    Channel channel() {
        return channel;
    }

    @Override
    public boolean send(NodeId to, M message) {
        int version = Math.max(versionFor(to), codec.since(message));
        return version <= newest && node.send(to, channel, codec, version, newest, message);
    }

    @Override
    public int version(NodeId peer) {
        if (newest == 1 || peer.equals(node.self())) {
            return newest;
        }
        return newestOfPeers.of(peer);
    }

    private int versionFor(NodeId to) {
        if (newest == 1 || to.equals(node.self())) {
            return newest;
        }
        return to.equals(lastPeer) ? newestOfLastPeer : Math.max(1, newestOfPeers.of(to));
    }

    /** I2. Whether a frame of this version can be read. */
    boolean maybeLearn(NodeId from, int version, int newestOfSender) {
        if (newest > 1 && !(from.equals(lastPeer) && newestOfLastPeer == Math.min(newest, newestOfSender))) {
            learn(from, Math.min(newest, newestOfSender));
        }
        return version >= 1 && version <= newest;
    }

    private void learn(NodeId peer, int common) {
        if (newestOfPeers.maybePut(peer, common)) {
            lastPeer = peer;
            newestOfLastPeer = common;
        }
    }

    @Override
    public void close() {
        node.closePort(this);
    }

    /** Whether the payload was a message. */
    boolean receive(NodeId from, Decoder decoder) {
        M message;
        try {
            message = decode(decoder);
        } catch (RuntimeException notAMessage) {
            return false;
        }
        receiver.onMessage(from, message);
        return true;
    }

    private M decode(Decoder decoder) {
        M again = last.read(decoder);
        if (again != null) {
            return again;
        }
        last.begin(decoder);
        M message = codec.decode(decoder);
        decoder.expectEnd();
        last.end(decoder, message);
        return message;
    }
}
