package io.orrery.sim.scenario;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.sim.Simulation;
import java.util.List;

/** Links that hold back everything and lose nothing. */
public sealed interface ClogFault extends Fault {
    /** Nothing arrives in one direction until {@link Unclog}: {@code link n1>n2 clog}. */
    record Clog(NodeId from, NodeId to) implements ClogFault {
        @Override
        public String kind() {
            return "clog";
        }

        @Override
        public boolean apply(Simulation sim) {
            sim.network().clog(from, to);
            return true;
        }

        @Override
        public String toString() {
            return "link " + from + ">" + to + " clog";
        }
    }

    /** What was held back arrives at once, in its order: {@code link n1>n2 unclog}. */
    record Unclog(NodeId from, NodeId to) implements ClogFault {
        @Override
        public String kind() {
            return "unclog";
        }

        @Override
        public boolean apply(Simulation sim) {
            sim.network().unclog(from, to);
            return true;
        }

        @Override
        public String toString() {
            return "link " + from + ">" + to + " unclog";
        }
    }

    /** The links of these nodes clog one node after another, and open in another order, drawn: {@code swizzle n1,n3 2s}. */
    record Swizzling(List<NodeId> nodes, long nanos) implements ClogFault {
        @Override
        public String kind() {
            return "swizzle";
        }

        @Override
        public boolean apply(Simulation sim) {
            sim.network().swizzle(nodes, nanos);
            return true;
        }

        @Override
        public String toString() {
            return "swizzle " + NodeNames.of(nodes) + " " + Time.text(nanos);
        }
    }
}
