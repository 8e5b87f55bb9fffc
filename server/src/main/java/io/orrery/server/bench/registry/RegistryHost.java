package io.orrery.server.bench.registry;

import io.orrery.gossip.GossipConfig;
import io.orrery.gossip.Membership;
import io.orrery.gossip.registry.LiveSessions;
import io.orrery.gossip.registry.Registry;
import io.orrery.gossip.registry.RegistryConfig;
import io.orrery.gossip.registry.cell.CellStore;
import io.orrery.kernel.AddressBook;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Protocol;
import java.util.List;
import java.util.Locale;

/** Membership and a registry, without a broker. Nobody stands for its sessions: they are as they were written. */
final class RegistryHost implements Protocol {
    static final String CLUSTER = "bench";
    private static final int ENTRIES_MAX = 20_000_000;

    private final Membership membership;
    private final Registry registry;
    private final List<NodeId> seeds;

    RegistryHost(Kernel kernel, String address, AddressBook book, List<NodeId> seeds) {
        membership = new Membership(kernel.scope("gossip"), GossipConfig.lan(CLUSTER), address, book);
        registry = new Registry(kernel.scope("registry"), membership, config(), seeds.isEmpty(), new LiveSessions() {
            @Override
            public void forEach(Visitor visitor) {}

            @Override
            public void find(String namespace, String clientId, Visitor visitor) {}
        });
        this.seeds = seeds;
    }

    /** As in production, with room for all. */
    private static RegistryConfig config() {
        RegistryConfig lan = RegistryConfig.lan();
        return new RegistryConfig(
                lan.batchNanos(),
                lan.digestNanos(),
                lan.pullNanos(),
                lan.pullsMax(),
                lan.sliceBytesMax(),
                ENTRIES_MAX,
                ENTRIES_MAX,
                lan.versionsMax(),
                lan.changesMax(),
                lan.driftMillisMax(),
                lan.tidyNanos(),
                lan.snapshotNanos(),
                lan.forgottenNanos(),
                lan.unsavedMax());
    }

    @Override
    public void start() {
        membership.start();
        registry.start();
        membership.join(seeds);
    }

    /** Clients connect, or take over what is there of them. */
    void connect(int from, int to) {
        for (int i = from; i < to; i++) {
            registry.sessions().open("default", client(i), 1_700_000_000_000L + i);
        }
    }

    static String client(int number) {
        return String.format(Locale.ROOT, "device-%08d", number);
    }

    Registry registry() {
        return registry;
    }

    /** Of the sessions. */
    CellStore store() {
        return registry.sessionCells().store();
    }
}
