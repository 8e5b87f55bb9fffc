package io.orrery.transport.tcp;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;

/**
 * How a dialing node and an accepting node come to trust each other, before any frame:
 *
 * <pre>
 * dialer                                      acceptor
 *   | -- Hello: who I am, a nonce ------------> |
 *   | <----- Challenge: who I am, my nonce, ----|
 *   |        proof of the cookie over both      |
 *   | -- Proof: of the cookie over both ------> |
 *   | <----------------------------- Welcome ---|
 *   | == frames ==============================> |
 * </pre>
 *
 * Either end may answer with a Refusal and close. Both proofs cover both messages, so names, addresses and boots cannot be
 * changed on the way; the fresh nonces make old proofs worthless. Two nodes that seal go on sealed: the connection's salt is
 * made of all that was said, so both ends had a part in it.
 */
sealed interface HandshakeMessage {
    /** Of nodes that do not seal. */
    int VERSION = 1;
    /** Of nodes that do: a Hello or Challenge says so, see {@link SealOffer}. */
    int SEALED_VERSION = 2;

    int NONCE_BYTES = 16;

    /** No handshake message is longer. */
    int BYTES_MAX = 2048;

    /**
     * The dialer presents itself.
     *
     * @param boot a number drawn at the node's start: tells its incarnations apart
     * @param host where the node is reached; empty: where its connections come from
     * @param expected the node it wants to reach; empty if it only knows an address
     * @param offer how it seals; null in version 1, which does not
     */
    record Hello(
            int version,
            String cluster,
            NodeId node,
            long boot,
            String host,
            int port,
            String expected,
            Bytes nonce,
            SealOffer offer)
            implements HandshakeMessage {}

    /** The acceptor presents itself and proves the cookie. */
    record Challenge(
            int version, NodeId node, long boot, String host, int port, Bytes nonce, Bytes proof, SealOffer offer)
            implements HandshakeMessage {
        Challenge proved(byte[] by) {
            return new Challenge(version, node, boot, host, port, nonce, Bytes.wrap(by), offer);
        }
    }

    /** The dialer proves the cookie. */
    record Proof(Bytes proof) implements HandshakeMessage {}

    /** The acceptor takes frames from now on. */
    record Welcome() implements HandshakeMessage {}

    /** Why the other end will not go on. */
    record Refused(Refusal refusal) implements HandshakeMessage {}
}
