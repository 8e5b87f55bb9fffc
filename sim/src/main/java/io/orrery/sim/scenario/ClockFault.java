package io.orrery.sim.scenario;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.sim.Simulation;

/** Faults of a node's clocks. */
public sealed interface ClockFault extends Fault {
    /** Both clocks run fast or slow from now on: {@code clock n5 drift +200ppm}. */
    record Drift(NodeId node, int ppm) implements ClockFault {
        @Override
        public String kind() {
            return "clock-drift";
        }

        @Override
        public boolean apply(Simulation sim) {
            sim.machine(node).drift(ppm);
            return true;
        }

        @Override
        public String toString() {
            return "clock " + node + " drift " + (ppm < 0 ? "" : "+") + ppm + "ppm";
        }
    }

    /** The wall clock is off by so much from now on, whatever it was before: {@code clock n5 skew +250ms}. */
    record Skew(NodeId node, long nanos) implements ClockFault {
        @Override
        public String kind() {
            return "clock-skew";
        }

        @Override
        public boolean apply(Simulation sim) {
            sim.machine(node).skewWall(nanos);
            return true;
        }

        @Override
        public String toString() {
            return "clock " + node + " skew " + signed(nanos);
        }
    }

    /** The wall clock jumps: {@code clock n5 step -3s}. */
    record Step(NodeId node, long nanos) implements ClockFault {
        @Override
        public String kind() {
            return "clock-step";
        }

        @Override
        public boolean apply(Simulation sim) {
            sim.machine(node).stepWall(nanos);
            return true;
        }

        @Override
        public String toString() {
            return "clock " + node + " step " + signed(nanos);
        }
    }

    private static String signed(long nanos) {
        return (nanos < 0 ? "-" : "+") + Time.text(Math.abs(nanos));
    }
}
