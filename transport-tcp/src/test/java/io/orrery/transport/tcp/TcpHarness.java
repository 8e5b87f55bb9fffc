package io.orrery.transport.tcp;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.host.NodeThreadHarness;
import io.orrery.kernel.host.Sealing;
import io.orrery.kernel.host.Transport;
import java.util.Map;
import java.util.TreeMap;

/** Nodes of this process over loopback; a node that comes back has its port again. */
final class TcpHarness extends NodeThreadHarness {
    private final Map<NodeId, Integer> ports = new TreeMap<>();
    private final boolean nativeIo;
    private final Sealing sealing;

    TcpHarness(boolean nativeIo) {
        this(nativeIo, Sealing.off());
    }

    TcpHarness(boolean nativeIo, Sealing sealing) {
        this.nativeIo = nativeIo;
        this.sealing = sealing;
    }

    @Override
    protected Transport transport(NodeId node) {
        return new TcpTransport(
                node,
                new TcpConfig()
                        .bindHost("127.0.0.1")
                        .port(ports.getOrDefault(node, 0))
                        .cookie("secret")
                        .nativeIo(nativeIo)
                        .sealing(sealing)
                        .log((level, text) -> {}));
    }

    @Override
    protected String address(NodeId node, Transport transport) {
        int port = ((TcpTransport) transport).port();
        ports.put(node, port);
        return "127.0.0.1:" + port;
    }

    @Override
    public boolean breakStreams(NodeId a, NodeId b) {
        ((TcpTransport) transportOf(a)).disconnect(b);
        return true;
    }
}
