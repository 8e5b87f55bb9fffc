package io.orrery.sim.scenario;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.sim.Simulation;
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
                sim.crashWhileSyncing(node);
            }
            return up;
        }

        @Override
        public String toString() {
            return "crash " + node + " syncing";
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
                sim.whileSyncing(nodes.get(0), () -> crashAll(sim));
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

    /** A node that is down boots again, and a crash that still waits for a sync is off: {@code restart n3}. */
    record Restart(NodeId node) implements NodeFault {
        @Override
        public String kind() {
            return "restart";
        }

        @Override
        public boolean apply(Simulation sim) {
            boolean down = !sim.isUp(node);
            sim.disk(node).duringNextSync(null);
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
