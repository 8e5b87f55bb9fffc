package io.orrery.server.bench.raft;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One system in one mode of durability.
 *
 * @param system its name in the table
 * @param durability what a commit has reached when it is told
 * @param contender class of its {@link Contender}
 * @param isPeer whether it lives in {@code jmh/peers}
 */
public record Entrant(String system, Durability durability, String contender, boolean isPeer) {
    /** What a commit has reached when it is told; only equals are compared. */
    public enum Durability {
        /** The disks of a majority: a force, or what the system calls its sync. */
        SYNCED,
        /** The operating system of a majority. */
        UNSYNCED,
        /** The memory of a majority, in one process and without a wire. */
        MEMORY
    }

    private static final String OWN = "io.orrery.server.bench.raft.";
    private static final String PEERS = "io.orrery.peers.";

    /** Ours, and those that it is measured beside; in the order in which they take turns. */
    public static List<Entrant> all() {
        List<Entrant> all = new ArrayList<>();
        for (Durability durability : new Durability[] {Durability.SYNCED, Durability.UNSYNCED}) {
            all.add(new Entrant("orrery", durability, OWN + "OrreryContender", false));
            all.add(new Entrant("sofa-jraft", durability, PEERS + "JRaftContender", true));
            all.add(new Entrant("aeron-cluster", durability, PEERS + "AeronClusterContender", true));
            all.add(new Entrant("ratis", durability, PEERS + "RatisContender", true));
        }
        all.add(new Entrant("orrery", Durability.MEMORY, OWN + "MemoryContender", false));
        all.add(new Entrant("microraft", Durability.MEMORY, PEERS + "MicroRaftContender", true));
        return all;
    }

    @Override
    public String toString() {
        return system + " " + durability.name().toLowerCase(Locale.ROOT);
    }
}
