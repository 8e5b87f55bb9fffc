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
}
