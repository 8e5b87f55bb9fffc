package io.orrery.server.simulation;

import io.orrery.broker.boot.BootConfig;
import io.orrery.broker.boot.BootOutcome;
import io.orrery.broker.boot.FirstBoot;
import io.orrery.kernel.AddressBook;
import io.orrery.kernel.Description;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.Protocol;

/** A node of first boot alone, up to the moment from which on it would accept writes. */
final class BootPeer implements Protocol {
    private final FirstBoot boot;
    private final int disk;
    private BootOutcome outcome;

    /**
     * @param disk number of the disk that the node has
     */
    BootPeer(Kernel kernel, BootConfig config, int disk) {
        this.disk = disk;
        this.boot = new FirstBoot(
                kernel.scope("boot"), config, "simulated", "", AddressBook.BY_NAME, ended -> outcome = ended);
    }

    @Override
    public void start() {
        boot.start();
    }

    FirstBoot boot() {
        return boot;
    }

    int disk() {
        return disk;
    }

    /** Null until this node knows its cluster. */
    BootOutcome outcome() {
        return outcome;
    }

    @Override
    public void checkInvariants() {
        boot.checkInvariants();
    }

    @Override
    public void describe(Description out) {
        out.begin("boot");
        boot.describe(out);
        out.end();
    }
}
