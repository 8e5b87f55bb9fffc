package io.orrery.sim.scenario;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.sim.Simulation;
import io.orrery.sim.disk.SimDisk;

/** Faults of a node's disk. */
public sealed interface DiskFault extends Fault {
    /** Each operation takes so much longer: {@code disk n2 slow 40ms}. */
    record Slow(NodeId node, long extraNanos) implements DiskFault {
        @Override
        public String kind() {
            return "disk-slow";
        }

        @Override
        public boolean apply(Simulation sim) {
            SimDisk disk = sim.disk(node);
            disk.policy(disk.policy().extra(extraNanos));
            return true;
        }

        @Override
        public String toString() {
            return "disk " + node + " slow " + Time.text(extraNanos);
        }
    }

    /** The next sync fails, which halts the node: {@code disk n2 fail-sync}. */
    record FailedSync(NodeId node) implements DiskFault {
        @Override
        public String kind() {
            return "disk-fail-sync";
        }

        @Override
        public boolean apply(Simulation sim) {
            boolean up = sim.isUp(node);
            if (up) {
                sim.disk(node).failNextSync();
            }
            return up;
        }

        @Override
        public String toString() {
            return "disk " + node + " fail-sync";
        }
    }

    /** The disk works as new: {@code disk n2 healthy}. */
    record Repair(NodeId node) implements DiskFault {
        @Override
        public String kind() {
            return "disk-repair";
        }

        @Override
        public boolean apply(Simulation sim) {
            sim.disk(node).repair();
            return true;
        }

        @Override
        public String toString() {
            return "disk " + node + " healthy";
        }
    }

    /** What a crash tears a write into: {@code disk n2 sector 4096}. */
    record Sector(NodeId node, int bytes) implements DiskFault {
        @Override
        public String kind() {
            return "disk-sector";
        }

        @Override
        public boolean apply(Simulation sim) {
            SimDisk disk = sim.disk(node);
            disk.policy(disk.policy().sector(bytes));
            return true;
        }

        @Override
        public String toString() {
            return "disk " + node + " sector " + bytes;
        }
    }

    /** It moves so little, one operation after the other: {@code disk n2 limp 200KB/s}. */
    record Limp(NodeId node, long bytesPerSecond) implements DiskFault {
        @Override
        public String kind() {
            return "disk-limp";
        }

        @Override
        public boolean apply(Simulation sim) {
            SimDisk disk = sim.disk(node);
            disk.policy(disk.policy().throughput(bytesPerSecond));
            return true;
        }

        @Override
        public String toString() {
            return "disk " + node + " limp " + Size.text(bytesPerSecond) + "/s";
        }
    }

    /** It takes so many bytes more, then refuses writes: {@code disk n2 full after 64KB}. */
    record Full(NodeId node, long afterBytes) implements DiskFault {
        @Override
        public String kind() {
            return "disk-full";
        }

        @Override
        public boolean apply(Simulation sim) {
            sim.disk(node).full(afterBytes);
            return true;
        }

        @Override
        public String toString() {
            return "disk " + node + " full" + (afterBytes == 0 ? "" : " after " + Size.text(afterBytes));
        }
    }

    /** It answers nothing that it is asked from now on: {@code disk n2 freeze}; until {@code disk n2 thaw}. */
    record Freeze(NodeId node, boolean on) implements DiskFault {
        @Override
        public String kind() {
            return on ? "disk-freeze" : "disk-thaw";
        }

        @Override
        public boolean apply(Simulation sim) {
            sim.disk(node).freeze(on);
            return true;
        }

        @Override
        public String toString() {
            return "disk " + node + (on ? " freeze" : " thaw");
        }
    }

    /** There is space again; a node that stopped for want of it needs a restart: {@code disk n2 space}. */
    record Space(NodeId node) implements DiskFault {
        @Override
        public String kind() {
            return "disk-space";
        }

        @Override
        public boolean apply(Simulation sim) {
            sim.disk(node).space();
            return true;
        }

        @Override
        public String toString() {
            return "disk " + node + " space";
        }
    }

    /** Syncs succeed and make nothing durable: {@code disk n2 lie}; until {@code disk n2 honest}. */
    record Lie(NodeId node, boolean on) implements DiskFault {
        @Override
        public String kind() {
            return on ? "disk-lie" : "disk-honest";
        }

        @Override
        public boolean apply(Simulation sim) {
            sim.disk(node).lie(on);
            return true;
        }

        @Override
        public String toString() {
            return "disk " + node + (on ? " lie" : " honest");
        }
    }

    /** The next write lands, or the next read looks, in another place: {@code disk n2 misdirect-write}. */
    record Misdirect(NodeId node, boolean write) implements DiskFault {
        @Override
        public String kind() {
            return write ? "disk-misdirect-write" : "disk-misdirect-read";
        }

        @Override
        public boolean apply(Simulation sim) {
            if (write) {
                sim.disk(node).misdirectNextWrite();
            } else {
                sim.disk(node).misdirectNextRead();
            }
            return true;
        }

        @Override
        public String toString() {
            return "disk " + node + (write ? " misdirect-write" : " misdirect-read");
        }
    }

    /** A sector of what is durable cannot be read until it is written again: {@code disk n2 bad-sector}. */
    record BadSector(NodeId node) implements DiskFault {
        @Override
        public String kind() {
            return "disk-bad-sector";
        }

        @Override
        public boolean apply(Simulation sim) {
            return DiskFault.note(sim, node, "sector-lost", sim.disk(node).loseSector());
        }

        @Override
        public String toString() {
            return "disk " + node + " bad-sector";
        }
    }

    /** A bit of what is durable flips: {@code disk n2 rot}. */
    record Rot(NodeId node) implements DiskFault {
        @Override
        public String kind() {
            return "disk-rot";
        }

        @Override
        public boolean apply(Simulation sim) {
            return DiskFault.note(sim, node, "bit-rotted", sim.disk(node).rot());
        }

        @Override
        public String toString() {
            return "disk " + node + " rot";
        }
    }

    /** A bit of a durable snapshot flips: {@code disk n2 rot-snapshot}. A snapshot is a file whose name begins so. */
    record RotSnapshot(NodeId node) implements DiskFault {
        private static final String PREFIX = "snapshot-";

        @Override
        public String kind() {
            return "disk-rot-snapshot";
        }

        @Override
        public boolean apply(Simulation sim) {
            return DiskFault.note(sim, node, "bit-rotted", sim.disk(node).rotIn(PREFIX));
        }

        @Override
        public String toString() {
            return "disk " + node + " rot-snapshot";
        }
    }

    /**
     * The last segment of the write-ahead log is overwritten with junk as a whole, best while the node is down: {@code disk n2
     * overwrite-log}. A segment is a file whose name begins so.
     */
    record OverwrittenLog(NodeId node) implements DiskFault {
        private static final String PREFIX = "wal-";

        @Override
        public String kind() {
            return "disk-overwrite-log";
        }

        @Override
        public boolean apply(Simulation sim) {
            return DiskFault.note(sim, node, "overwritten", sim.disk(node).overwriteLastIn(PREFIX));
        }

        @Override
        public String toString() {
            return "disk " + node + " overwrite-log";
        }
    }

    /** The disk is replaced by an empty one; a node that is up loses power with it: {@code wipe n2}. */
    record Wipe(NodeId node) implements DiskFault {
        @Override
        public String kind() {
            return "disk-wipe";
        }

        @Override
        public boolean apply(Simulation sim) {
            sim.wipe(node);
            return true;
        }

        @Override
        public String toString() {
            return "wipe " + node;
        }
    }

    private static boolean note(Simulation sim, NodeId node, String what, String where) {
        if (where != null) {
            sim.note(what, node + " " + where);
        }
        return where != null;
    }
}
