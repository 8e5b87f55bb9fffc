package io.orrery.sim;

import io.orrery.kernel.Time;
import io.orrery.kernel.host.TransportContractTest;
import io.orrery.kernel.host.TransportHarness;
import io.orrery.sim.network.LinkPolicy;

/** The simulated network keeps the contract of real transports while links lose, duplicate and reorder. */
class SimTransportUnderFaultsContractTest extends TransportContractTest {
    @Override
    protected TransportHarness harness() {
        Simulation sim = new Simulation(2);
        LinkPolicy bad = LinkPolicy.LAN.delay(0, Time.millis(5));
        sim.network().policy(bad.loss(10_000).duplicate(100_000).reorder(100_000));
        return new SimTransportHarness(sim);
    }
}
