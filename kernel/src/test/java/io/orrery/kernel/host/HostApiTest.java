package io.orrery.kernel.host;

import io.orrery.kernel.purity.LibraryFreeApi;
import org.junit.jupiter.api.Test;

/** Libraries that the host uses stay behind it. */
class HostApiTest {
    @Test
    void noPublicSignatureNamesALibrary() {
        LibraryFreeApi.check("io.orrery.kernel.host");
    }
}
