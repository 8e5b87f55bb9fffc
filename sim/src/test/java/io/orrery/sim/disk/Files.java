package io.orrery.sim.disk;

import io.orrery.kernel.Kernel;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.Storage;

/** Hands its storage to a test. */
final class Files implements Protocol {
    final Kernel kernel;

    Files(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public void start() {}

    Storage storage() {
        return kernel.storage();
    }
}
