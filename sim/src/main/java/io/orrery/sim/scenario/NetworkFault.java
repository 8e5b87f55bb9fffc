package io.orrery.sim.scenario;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.sim.Simulation;
import io.orrery.sim.network.LinkPolicy;
import java.util.List;

/** Faults of links, and plain partitions; see {@link io.orrery.sim.network.Network}. */
public sealed interface NetworkFault extends Fault {
    /** Splits the nodes: {@code partition n1,n2 | n3,n4,n5}. Nodes not named form a group of their own. */
    record Partition(List<List<NodeId>> groups) implements NetworkFault {
        @Override
        public String kind() {
            return "partition";
        }

        @Override
        public boolean apply(Simulation sim) {
            sim.network().partition(groups);
            return true;
        }

        @Override
        public String toString() {
            return "partition " + NodeNames.groups(groups);
        }
    }

    /** Cuts one node off from all others: {@code isolate n2}. */
    record Isolation(NodeId node) implements NetworkFault {
        @Override
        public String kind() {
            return "isolate";
        }

        @Override
        public boolean apply(Simulation sim) {
            sim.network().isolate(node);
            return true;
        }

        @Override
        public String toString() {
            return "isolate " + node;
        }
    }

    /** Ends the isolation of one node, and all cuts from and to it: {@code rejoin n2}. */
    record Rejoining(NodeId node) implements NetworkFault {
        @Override
        public String kind() {
            return "rejoin";
        }

        @Override
        public boolean apply(Simulation sim) {
            for (NodeId other : sim.nodes()) {
                if (!other.equals(node)) {
                    sim.network().mend(node, other);
                    sim.network().mend(other, node);
                }
            }
            return true;
        }

        @Override
        public String toString() {
            return "rejoin " + node;
        }
    }

    /** Ends the partition, isolations and cuts: {@code heal}. */
    record Healing() implements NetworkFault {
        @Override
        public String kind() {
            return "heal";
        }

        @Override
        public boolean apply(Simulation sim) {
            sim.network().heal();
            return true;
        }

        @Override
        public String toString() {
            return "heal";
        }
    }

    /** Stops everything in one direction: {@code link n3>n4 cut}. */
    record Cut(NodeId from, NodeId to) implements NetworkFault {
        @Override
        public String kind() {
            return "cut";
        }

        @Override
        public boolean apply(Simulation sim) {
            sim.network().cut(from, to);
            return true;
        }

        @Override
        public String toString() {
            return "link " + from + ">" + to + " cut";
        }
    }

    /** Ends a cut of one direction: {@code link n3>n4 mend}. */
    record Mending(NodeId from, NodeId to) implements NetworkFault {
        @Override
        public String kind() {
            return "mend";
        }

        @Override
        public boolean apply(Simulation sim) {
            sim.network().mend(from, to);
            return true;
        }

        @Override
        public String toString() {
            return "link " + from + ">" + to + " mend";
        }
    }

    /** Sets how one direction treats frames: {@code link n1>n2 delay 200us..3ms loss 10000ppm}. */
    record Condition(NodeId from, NodeId to, LinkPolicy policy) implements NetworkFault {
        @Override
        public String kind() {
            return "link";
        }

        @Override
        public boolean apply(Simulation sim) {
            sim.network().policy(from, to, policy);
            return true;
        }

        @Override
        public String toString() {
            return "link " + from + ">" + to + " " + PolicyText.of(policy);
        }
    }

    /** Sets how all links treat frames: {@code link * loss 1000ppm}. */
    record Weather(LinkPolicy policy) implements NetworkFault {
        @Override
        public String kind() {
            return "link-all";
        }

        @Override
        public boolean apply(Simulation sim) {
            sim.network().policy(policy);
            return true;
        }

        @Override
        public String toString() {
            return "link * " + PolicyText.of(policy);
        }
    }

    /** Every frame of one direction takes so much longer, for good: {@code link n1>n2 far 30ms}. */
    record Distance(NodeId from, NodeId to, long nanos) implements NetworkFault {
        @Override
        public String kind() {
            return "link-far";
        }

        @Override
        public boolean apply(Simulation sim) {
            sim.network().distance(from, to, nanos);
            return true;
        }

        @Override
        public String toString() {
            return "link " + from + ">" + to + " far " + Time.text(nanos);
        }
    }

    /** Breaks one direction's stream connection: {@code stream n1>n2 reset}. */
    record StreamReset(NodeId from, NodeId to) implements NetworkFault {
        @Override
        public String kind() {
            return "stream-reset";
        }

        @Override
        public boolean apply(Simulation sim) {
            sim.network().reset(from, to);
            return true;
        }

        @Override
        public String toString() {
            return "stream " + from + ">" + to + " reset";
        }
    }
}
