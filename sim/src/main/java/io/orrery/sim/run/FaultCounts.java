package io.orrery.sim.run;

import io.orrery.kernel.NodeId;
import io.orrery.sim.Simulation;
import io.orrery.sim.disk.DiskCounters;
import io.orrery.sim.network.NetworkCounters;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Faults injected in a run, by kind: the lines of its plan, and the small ones that links and disks drew. */
final class FaultCounts {
    private final TreeMap<String, Long> counts = new TreeMap<>();

    void add(String kind, long count) {
        if (count > 0) {
            counts.merge(kind, count, Long::sum);
        }
    }

    void addSmallFaults(Simulation sim) {
        NetworkCounters network = sim.network().counters();
        add("datagram-lost", network.lost() + network.cut());
        add("datagram-duplicated", network.duplicated());
        add("datagram-reordered", network.reordered());
        add("frame-corrupted", network.corrupted());
        add("frame-forged", network.forged());
        add("datagram-clogged", network.clogged());
        add("stream-broken", network.connectionsBroken());
        add("stream-retransmitted", network.retransmitted());
        for (NodeId node : sim.nodes()) {
            DiskCounters disk = sim.disk(node).counters();
            add("disk-write-lost", disk.changesLost());
            add("disk-write-torn", disk.changesTorn());
            add("disk-name-lost", disk.namesLost());
            add("disk-sync-failed", disk.syncsFailed());
            add("disk-sync-lied", disk.syncsLied());
            add("disk-promise-broken", disk.promisesBroken());
            add("disk-write-refused", disk.writesRefused());
            add("disk-write-misdirected", disk.writesMisdirected());
            add("disk-read-misdirected", disk.readsMisdirected());
            add("disk-file-overwritten", disk.filesOverwritten());
            add("disk-read-refused", disk.readsRefused());
        }
    }

    SortedMap<String, Long> counts() {
        return Collections.unmodifiableSortedMap(counts);
    }
}
