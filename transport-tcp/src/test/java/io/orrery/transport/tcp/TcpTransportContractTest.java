package io.orrery.transport.tcp;

import io.orrery.kernel.host.TransportContractTest;
import io.orrery.kernel.host.TransportHarness;

/** The contract over whatever Netty finds best here. */
class TcpTransportContractTest extends TransportContractTest {
    @Override
    protected TransportHarness harness() {
        return new TcpHarness(true);
    }
}
