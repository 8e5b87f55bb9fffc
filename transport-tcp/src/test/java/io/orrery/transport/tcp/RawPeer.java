package io.orrery.transport.tcp;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import io.orrery.transport.tcp.HandshakeMessage.Challenge;
import io.orrery.transport.tcp.HandshakeMessage.Hello;
import io.orrery.transport.tcp.HandshakeMessage.Proof;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The other end of a connection, by plain blocking sockets, so that it can do what no node would. */
final class RawPeer implements AutoCloseable {
    private final Socket socket;
    private final DataInputStream in;
    private final HandshakeCodec codec = new HandshakeCodec();

    RawPeer(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(20_000);
        in = new DataInputStream(socket.getInputStream());
    }

    static RawPeer dial(int port) throws IOException {
        return new RawPeer(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    static Hello hello(String cluster, String node, String expected) {
        return hello(HandshakeMessage.VERSION, cluster, node, expected);
    }

    static Hello hello(int version, String cluster, String node, String expected) {
        Bytes nonce = Bytes.wrap(new byte[HandshakeMessage.NONCE_BYTES]);
        return new Hello(version, cluster, NodeId.of(node), 77, "", 0, expected, nonce, null);
    }

    /** Dials and shakes hands as a node of the default cluster would. */
    static RawPeer dialAs(String node, int port, String secret) throws IOException {
        RawPeer peer = dial(port);
        Hello hello = hello("orrery", node, "");
        peer.send(hello);
        Challenge challenge = (Challenge) peer.receive();
        peer.send(new Proof(Bytes.wrap(peer.proof("dialer", secret, hello, challenge))));
        if (!(peer.receive() instanceof HandshakeMessage.Welcome)) {
            throw new IOException("not welcome");
        }
        return peer;
    }

    byte[] proof(String role, String secret, Hello hello, Challenge challenge) {
        return new Cookie("orrery", secret).proof(role, codec.transcript(hello, challenge));
    }

    void send(HandshakeMessage message) throws IOException {
        Encoder encoder = new Encoder();
        codec.encode(message, encoder);
        sendFrame(encoder.toBytes().toByteArray());
    }

    void sendFrame(byte[] frame) throws IOException {
        sendRaw(prefix(frame.length));
        sendRaw(frame);
    }

    static byte[] prefix(int length) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(length)
                .array();
    }

    void sendRaw(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    byte[] receiveFrame() throws IOException {
        int length = Integer.reverseBytes(in.readInt());
        return in.readNBytes(length);
    }

    HandshakeMessage receive() throws IOException {
        byte[] frame = receiveFrame();
        Decoder decoder = new Decoder();
        decoder.wrap(frame, 0, frame.length);
        return codec.decode(decoder);
    }

    /** Reads until the other end closes; throws SocketTimeoutException if it does not. */
    void awaitClose() throws IOException {
        try {
            while (in.read() >= 0) {
                // what it still says does not matter here
            }
        } catch (EOFException | SocketException closed) {
            // a reset is a close too
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
