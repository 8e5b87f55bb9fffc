package io.orrery.transport.tcp;

import io.orrery.kernel.host.TransportContractTest;
import io.orrery.kernel.host.TransportHarness;

/** The contract over NIO, as on systems without epoll. */
class NioTransportContractTest extends TransportContractTest {
    @Override
    protected TransportHarness harness() {
        return new TcpHarness(false);
    }
}
