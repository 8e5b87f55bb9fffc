package io.orrery.server.simulation;

import io.orrery.broker.BrokerMarks;
import io.orrery.broker.boot.BootMarks;
import io.orrery.gossip.GossipMarks;
import io.orrery.gossip.registry.RegistryMarks;
import io.orrery.kernel.Check;
import io.orrery.kernel.trace.Mark;
import io.orrery.raft.PulseMarks;
import io.orrery.raft.RaftMarks;
import io.orrery.sim.run.Burn;
import io.orrery.sim.run.Workloads;
import io.orrery.sim.scenario.FaultPlan;
import io.orrery.sim.scenario.Hunt;
import io.orrery.sim.scenario.Scenario;
import io.orrery.sim.scenario.TimedFault;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** The workloads that the command line knows, and the marks that each is expected to reach. */
public final class Simulations {
    private Simulations() {}

    public static Workloads workloads() {
        return new Workloads()
                .add(RaftWorkload::new)
                .add(GroupsWorkload::new)
                .add(ClusterWorkload::new)
                .add(GossipWorkload::new)
                .add(BootstrapWorkload::new)
                .add(RegistryWorkload::new);
    }

    /**
     * Seeds of the workload.
     *
     * @param workload {@link Mix#MIXED}, or the name of one
     * @param faults adds a plan to the scenario of a seed
     * @throws IllegalArgumentException if there is no such workload, or no such cluster
     */
    public static Burn burn(String workload, Mix mix, UnaryOperator<Scenario> faults) {
        Scenario calm = Scenario.calm(0, 1, workload, 0);
        Scenario drawn = mix.apply(calm);
        if (!workload.equals(Mix.MIXED)) {
            check(drawn);
        } else {
            workloads().names().forEach(name -> checkNodes(name, drawn.nodeCount()));
        }
        return new Burn(calm, workloads(), seeded -> withoutVoidHunts(faults.apply(mix.apply(seeded))));
    }

    /**
     * Looks whether its workload can run a scenario.
     *
     * @throws IllegalArgumentException if there is no such workload, or it has not that many nodes
     */
    public static void check(Scenario scenario) {
        checkNodes(scenario.workload(), scenario.nodeCount());
    }

    private static void checkNodes(String workload, int count) {
        int most = workloads().make(workload).nodesMax();
        Check.argument(count <= most, "workload " + workload + " has at most " + most + " nodes, not " + count);
    }

    /** In a workload without elections a hunt would do nothing. */
    private static Scenario withoutVoidHunts(Scenario scenario) {
        boolean isWithout = scenario.workload().equals(GossipWorkload.NAME)
                || scenario.workload().equals(BootstrapWorkload.NAME)
                || scenario.workload().equals(RegistryWorkload.NAME);
        if (!isWithout) {
            return scenario;
        }
        List<TimedFault> faults = new ArrayList<>(scenario.plan().faults());
        faults.removeIf(timed -> timed.fault() instanceof Hunt);
        return scenario.plan(new FaultPlan(faults));
    }

    /**
     * Rare situations that a large burn of the workload must reach, by name. A workload that shows only some of a module's
     * situations has none declared: {@link Mix#MIXED} has all.
     */
    public static List<Mark> marks(String workload) {
        TreeSet<Mark> marks = new TreeSet<>();
        boolean isMixed = workload.equals(Mix.MIXED);
        if (isMixed || workload.equals(RaftWorkload.NAME)) {
            marks.addAll(RaftMarks.ALL);
        }
        if (workload.equals(GroupsWorkload.NAME)) {
            marks.addAll(PulseMarks.ALL);
            marks.add(GroupsWorkload.SILENT_GROUP_WRITTEN);
        }
        if (isMixed || workload.equals(GossipWorkload.NAME)) {
            marks.addAll(GossipMarks.ALL);
        }
        if (isMixed || workload.equals(RegistryWorkload.NAME)) {
            marks.addAll(RegistryMarks.ALL);
        }
        if (isMixed || workload.equals(BootstrapWorkload.NAME)) {
            marks.addAll(BootMarks.ALL);
        }
        if (isMixed) {
            marks.addAll(BrokerMarks.ALL);
        } else {
            marks.removeAll(RaftMarks.FORWARDING);
        }
        return new ArrayList<>(marks);
    }
}
