package io.orrery.transport.tcp;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Somebody between two nodes who sees, and may change, each frame that one sends the other over TCP; handshake messages are
 * frames, too.
 */
final class Relay implements AutoCloseable {
    /** What becomes of a frame on its way to the acceptor: the frames that go on in its place. */
    interface Meddler {
        List<byte[]> meddle(int number, byte[] frame);
    }

    final List<byte[]> seen = new CopyOnWriteArrayList<>();
    private final ServerSocket server;
    private final int target;
    private final Meddler meddler;
    private final List<Socket> sockets = new ArrayList<>();

    Relay(int target, Meddler meddler) throws IOException {
        this.target = target;
        this.meddler = meddler;
        this.server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        start("relay", this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException closed) {
                        // an end closed, which ends the relay's part
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (true) {
            Socket dialer = server.accept();
            Socket acceptor = new Socket(InetAddress.getLoopbackAddress(), target);
            synchronized (sockets) {
                sockets.add(dialer);
                sockets.add(acceptor);
            }
            start("relay out", () -> forward(dialer, acceptor));
            start("relay back", () -> back(acceptor, dialer));
        }
    }

    private void forward(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            DataInputStream in = new DataInputStream(from.getInputStream());
            OutputStream out = to.getOutputStream();
            for (int number = 0; ; number++) {
                byte[] frame = in.readNBytes(Integer.reverseBytes(in.readInt()));
                seen.add(frame);
                for (byte[] next : meddler.meddle(number, frame)) {
                    out.write(RawPeer.prefix(next.length));
                    out.write(next);
                }
                out.flush();
            }
        }
    }

    private static void back(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        synchronized (sockets) {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }
}
