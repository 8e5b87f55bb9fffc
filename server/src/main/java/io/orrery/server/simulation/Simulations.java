package io.orrery.server.simulation;

import io.orrery.kernel.trace.Mark;
import io.orrery.raft.RaftMarks;
import io.orrery.sim.run.Workloads;
import java.util.ArrayList;
import java.util.List;

/** The workloads that the command line knows, and the marks that each is expected to reach. */
public final class Simulations {
    public static final String DEFAULT_WORKLOAD = "cluster";

    private Simulations() {}

    public static Workloads workloads() {
        return new Workloads().add(RaftWorkload::new).add(ClusterWorkload::new);
    }

    /** Rare situations that a large burn of the workload should reach. */
    public static List<Mark> marks(String workload) {
        return new ArrayList<>(RaftMarks.ALL);
    }
}
