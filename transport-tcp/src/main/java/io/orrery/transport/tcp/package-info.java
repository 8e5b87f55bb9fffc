/**
 * Streams and datagrams between nodes on one port number, by Netty, driven by the node's own thread.
 *
 * <p>Impure: sockets, clocks and randomness live here. It knows nothing of protocols: frames are opaque bytes. It must
 * not hand work between threads on the path of a frame, trust a length it has not checked, or buffer without limit.
 *
 * <p>Start with {@link io.orrery.transport.tcp.TcpTransport}; then {@link io.orrery.transport.tcp.Peer} for what is sent,
 * {@link io.orrery.transport.tcp.InboundConnection} for what comes in, and
 * {@link io.orrery.transport.tcp.HandshakeMessage} for how two nodes come to trust each other.
 */
package io.orrery.transport.tcp;
