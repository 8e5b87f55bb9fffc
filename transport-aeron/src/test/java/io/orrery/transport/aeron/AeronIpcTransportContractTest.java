package io.orrery.transport.aeron;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.host.TransportContractTest;
import io.orrery.kernel.host.TransportHarness;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract over shared memory, through a driver that all nodes share. */
class AeronIpcTransportContractTest extends TransportContractTest {
    @TempDir
    Path folder;

    private SharedDriver driver;

    @AfterEach
    void closeDriver() {
        driver.close();
    }

    @Override
    protected TransportHarness harness() {
        driver = SharedDriver.launch(folder.resolve("driver"), Threading.SHARED, DriverIdle.BACKOFF);
        return new AeronHarness() {
            private int numbers;

            @Override
            AeronConfig config(NodeId node, String formerAddress) {
                return Bench.config(node.name())
                        .media(Media.IPC)
                        .driverDirectory(driver.directory())
                        .bind(formerAddress == null ? "ipc:" + ++numbers : formerAddress);
            }
        };
    }
}
