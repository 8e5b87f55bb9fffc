package io.orrery.sim.scenario;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.sim.Simulation;
import java.util.List;

/**
 * Partitions of other shapes than {@link NetworkFault.Partition}. One partition holds at a time: each replaces the one before
 * it, and {@code heal} ends it.
 */
public sealed interface SplitFault extends Fault {
    /** Nothing gets from left to right, everything gets back: {@code partition n1,n2 > n3,n4}. Other nodes see all. */
    record OneWay(List<NodeId> left, List<NodeId> right) implements SplitFault {
        @Override
        public String kind() {
            return "partition-one-way";
        }

        @Override
        public boolean apply(Simulation sim) {
            sim.network().partitionOneWay(left, right);
            return true;
        }

        @Override
        public String toString() {
            return "partition " + NodeNames.of(left) + " > " + NodeNames.of(right);
        }
    }

    /** A partition that one node reaches across: {@code bridge n3 : n1,n2 | n4,n5}. */
    record Bridge(NodeId node, List<List<NodeId>> groups) implements SplitFault {
        @Override
        public String kind() {
            return "partition-bridge";
        }

        @Override
        public boolean apply(Simulation sim) {
            sim.network().bridge(node, groups);
            return true;
        }

        @Override
        public String toString() {
            return "bridge " + node + " : " + NodeNames.groups(groups);
        }
    }

    /** Each node reaches its two neighbours alone: {@code ring n1,n2,n3,n4,n5}. */
    record Ring(List<NodeId> nodes) implements SplitFault {
        @Override
        public String kind() {
            return "partition-ring";
        }

        @Override
        public boolean apply(Simulation sim) {
            sim.network().ring(nodes);
            return true;
        }

        @Override
        public String toString() {
            return "ring " + NodeNames.of(nodes);
        }
    }

    /** A partition that comes and goes: {@code flap n1,n2 | n3,n4,n5 every 300ms for 5s}. */
    record Flapping(List<List<NodeId>> groups, long everyNanos, long forNanos) implements SplitFault {
        @Override
        public String kind() {
            return "partition-flapping";
        }

        @Override
        public boolean apply(Simulation sim) {
            sim.network().flap(groups, everyNanos, forNanos);
            return true;
        }

        @Override
        public String toString() {
            return "flap " + NodeNames.groups(groups) + " every " + Time.text(everyNanos) + " for "
                    + Time.text(forNanos);
        }
    }
}
