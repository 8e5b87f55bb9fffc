package io.orrery.transport.aeron;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.host.TransportContractTest;
import io.orrery.kernel.host.TransportHarness;

/** The contract over UDP, the driver on the node's thread. */
class AeronUdpTransportContractTest extends TransportContractTest {
    @Override
    protected TransportHarness harness() {
        return new AeronHarness() {
            @Override
            AeronConfig config(NodeId node, String formerAddress) {
                return Bench.config(node.name()).bind(formerAddress == null ? "127.0.0.1:0" : formerAddress);
            }
        };
    }
}
