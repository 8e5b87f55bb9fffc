package io.orrery.transport.aeron;

import io.orrery.kernel.purity.LibraryFreeApi;
import org.junit.jupiter.api.Test;

/** Aeron stays behind the transport. */
class AeronApiTest {
    @Test
    void noPublicSignatureNamesALibrary() {
        LibraryFreeApi.check("io.orrery.transport.aeron");
    }
}
