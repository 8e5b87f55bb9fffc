package io.orrery.transport.tcp;

import io.orrery.kernel.host.JdkCipherer;
import io.orrery.kernel.host.Sealing;
import io.orrery.kernel.host.TransportContractTest;
import io.orrery.kernel.host.TransportHarness;
import io.orrery.kernel.seal.EncryptionMode;
import io.orrery.kernel.seal.KeyRing;
import io.orrery.kernel.seal.SealKey;
import java.nio.charset.StandardCharsets;

/** The contract between nodes that encrypt. */
class SealedTransportContractTest extends TransportContractTest {
    @Override
    protected TransportHarness harness() {
        SealKey key = SealKey.of(new JdkCipherer(), "0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
        return new TcpHarness(true, new Sealing(EncryptionMode.REQUIRE, KeyRing.EMPTY.with(key)));
    }
}
