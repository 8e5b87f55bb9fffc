package io.orrery.transport.aeron;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.host.TransportContractTest;
import io.orrery.kernel.host.TransportHarness;
import io.orrery.kernel.seal.EncryptionMode;

/** The contract over UDP between nodes that encrypt. */
class SealedTransportContractTest extends TransportContractTest {
    @Override
    protected TransportHarness harness() {
        return new AeronHarness() {
            @Override
            AeronConfig config(NodeId node, String formerAddress) {
                return Bench.config(node.name())
                        .bind(formerAddress == null ? "127.0.0.1:0" : formerAddress)
                        .sealing(SealedTest.sealing(EncryptionMode.REQUIRE, SealedTest.key(1)));
            }
        };
    }
}
