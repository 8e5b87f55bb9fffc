package io.orrery.transport.aeron;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.host.NodeThreadHarness;
import io.orrery.kernel.host.Transport;
import java.util.Map;
import java.util.TreeMap;

/** Real nodes on Aeron; a node that comes back has its former address. */
abstract class AeronHarness extends NodeThreadHarness {
    private final Map<NodeId, String> addresses = new TreeMap<>();

    /** The config of a node at its former address, or at a new one if that is null. */
    abstract AeronConfig config(NodeId node, String formerAddress);

    @Override
    protected Transport transport(NodeId node) {
        return new AeronTransport(config(node, addresses.get(node)));
    }

    @Override
    protected String address(NodeId node, Transport transport) {
        String address = ((AeronTransport) transport).address();
        addresses.put(node, address);
        return address;
    }

    /** Each forgets the other, which closes its publications, and learns of it anew. */
    @Override
    public boolean breakStreams(NodeId a, NodeId b) {
        learn(a, b, "");
        learn(b, a, "");
        learn(a, b, addresses.get(b));
        learn(b, a, addresses.get(a));
        return true;
    }

    /** Returns when the node's thread has taken the address over, which it does once per duty cycle. */
    private void learn(NodeId node, NodeId peer, String address) {
        transportOf(node).learn(peer, address);
        run(node, () -> {});
        run(node, () -> {});
    }
}
