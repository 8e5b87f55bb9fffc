package io.orrery.sim.scenario;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.sim.Simulation;
import io.orrery.sim.choice.Spread;
import java.util.List;

/** Faults of machines and processes. */
public sealed interface NodeFault extends Fault {
    /** The node loses power: {@code crash n3}. */
    record Crash(NodeId node) implements NodeFault {
        @Override
        public String kind() {
            return "crash";
        }

        @Override
        public boolean apply(Simulation sim) {
            boolean up = sim.isUp(node);
            if (up) {
                sim.crash(node);
            }
            return up;
        }

        @Override
        public String toString() {
            return "crash " + node;
        }
    }

    /** The node loses power while its next sync is under way: {@code crash n3 syncing}. */
    record CrashSyncing(NodeId node) implements NodeFault {
        @Override
        public String kind() {
            return "crash-syncing";
        }

        @Override
        public boolean apply(Simulation sim) {
            boolean up = sim.isUp(node);
            if (up) {
                sim.machine(node).crashWhileSyncing();
            }
            return up;
        }

        @Override
        public String toString() {
            return "crash " + node + " syncing";
        }
    }

    /** When a {@link CrashAfter} strikes. */
    enum Countdown {
        /** Right after so many more events of the node. */
        EVENTS,
        /** Right after so many more operations that change its disk were issued, in the middle of an event. */
        WRITES;

        String word() {
            return this == EVENTS ? "events" : "writes";
        }
    }

    /** The node loses power at a counted moment: {@code crash n3 after 17 events}, {@code crash n3 after 5 writes}. */
    record CrashAfter(NodeId node, int count, Countdown what) implements NodeFault {
        /** The most that may be counted. */
        public static final int COUNT_MAX = 1_000_000;

        @Override
        public String kind() {
            return "crash-after-" + what.word();
        }

        @Override
        public boolean apply(Simulation sim) {
            boolean up = sim.isUp(node);
            if (up && what == Countdown.EVENTS) {
                sim.machine(node).crashAfterEvents(count);
            } else if (up) {
                sim.machine(node).crashAfterWrites(count);
            }
            return up;
        }

        @Override
        public String toString() {
            return "crash " + node + " after " + count + " " + what.word();
        }
    }

    /**
     * Each event of the node takes a while, and what comes due meanwhile waits: {@code busy n2 3ms for 2s}, {@code busy n2
     * exp 1ms for 2s}, {@code busy n2 tail 10us..50us 1000ppm 500ms for 9s}.
     */
    record Busy(NodeId node, Spread each, long forNanos) implements NodeFault {
        @Override
        public String kind() {
            return "busy";
        }

        @Override
        public boolean apply(Simulation sim) {
            sim.machine(node).burden(each, forNanos);
            return true;
        }

        @Override
        public String toString() {
            return "busy " + node + " " + SpreadText.orConstant(each) + " for " + Time.text(forNanos);
        }
    }

    /**
     * Several nodes lose power at one instant: {@code power-loss n2,n1,n3}; with {@code syncing} at a drawn moment of the
     * first one's next sync. What is durable on none of them is gone, whoever was told otherwise.
     */
    record PowerLoss(List<NodeId> nodes, boolean syncing) implements NodeFault {
        @Override
        public String kind() {
            return syncing ? "power-loss-syncing" : "power-loss";
        }

        @Override
        public boolean apply(Simulation sim) {
            if (!sim.isUp(nodes.get(0))) {
                return false;
            }
            if (syncing) {
                sim.machine(nodes.get(0)).whileSyncing(() -> crashAll(sim));
            } else {
                crashAll(sim);
            }
            return true;
        }

        private void crashAll(Simulation sim) {
            for (NodeId node : nodes) {
                if (sim.isUp(node)) {
                    sim.crash(node);
                }
            }
        }

        @Override
        public String toString() {
            return "power-loss " + NodeNames.of(nodes) + (syncing ? " syncing" : "");
        }
    }

    /** A node that is down boots again, and a crash that still waits for its moment is off: {@code restart n3}. */
    record Restart(NodeId node) implements NodeFault {
        @Override
        public String kind() {
            return "restart";
        }

        @Override
        public boolean apply(Simulation sim) {
            boolean down = !sim.isUp(node);
            sim.machine(node).callOffCrash();
            if (down) {
                sim.restart(node);
            }
            return down;
        }

        @Override
        public String toString() {
            return "restart " + node;
        }
    }

    /**
     * The node is of another release from its next boot on: it knows versions of formats on the wire and on disk up to this
     * one, {@code version n2 1}. At the very beginning it counts for the first boot.
     */
    record Version(NodeId node, int formatsMax) implements NodeFault {
        @Override
        public String kind() {
            return "version";
        }

        @Override
        public boolean apply(Simulation sim) {
            sim.releases().put(node, formatsMax);
            return true;
        }

        @Override
        public String toString() {
            return "version " + node + " " + formatsMax;
        }
    }

    /** The node runs nothing for a while, as in a long collection or a moved virtual machine: {@code pause n3 800ms}. */
    record Pause(NodeId node, long nanos) implements NodeFault {
        @Override
        public String kind() {
            return "pause";
        }

        @Override
        public boolean apply(Simulation sim) {
            boolean up = sim.isUp(node);
            sim.pause(node, nanos);
            return up;
        }

        @Override
        public String toString() {
            return "pause " + node + " " + Time.text(nanos);
        }
    }
}
