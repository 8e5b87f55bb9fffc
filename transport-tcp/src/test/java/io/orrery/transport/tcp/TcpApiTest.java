package io.orrery.transport.tcp;

import io.orrery.kernel.purity.LibraryFreeApi;
import org.junit.jupiter.api.Test;

/** Netty stays behind the transport. */
class TcpApiTest {
    @Test
    void noPublicSignatureNamesALibrary() {
        LibraryFreeApi.check("io.orrery.transport.tcp");
    }
}
