package io.orrery.sim;

import io.orrery.kernel.host.TransportContractTest;
import io.orrery.kernel.host.TransportHarness;

/** The simulated network keeps the contract of real transports while it is healthy. */
class SimTransportContractTest extends TransportContractTest {
    @Override
    protected TransportHarness harness() {
        return new SimTransportHarness(new Simulation(1));
    }
}
