package io.orrery.kernel.host;

import io.orrery.kernel.NodeId;

/** The contract, kept by the simplest transport there is; so the claims themselves are tested. */
class LocalTransportContractTest extends TransportContractTest {
    @Override
    protected TransportHarness harness() {
        LocalNetwork network = new LocalNetwork();
        return new NodeThreadHarness() {
            @Override
            protected Transport transport(NodeId node) {
                return network.transport(node);
            }

            @Override
            protected String address(NodeId node, Transport transport) {
                return "";
            }
        };
    }
}
