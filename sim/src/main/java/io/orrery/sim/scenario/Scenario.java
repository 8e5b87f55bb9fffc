package io.orrery.sim.scenario;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * All that determines a run, as one text; docs/simulation/FAULTS.md is its reference. {@link #parse} and {@link #toString} are
 * inverse.
 *
 * @param seed of all chance in the run
 * @param nodeCount named n1, n2 and so on; 1 to {@value #NODES_MAX}
 * @param workload names what the nodes run and what is asked of them
 * @param ratePerSecond operations that the workload starts per second of world time; 0 to {@value #RATE_MAX}
 * @param operations which of them are started
 * @param horizonNanos world time at which the faults are over and all is healed
 * @param settleNanos world time after the horizon within which everything must have come right
 * @param expect what is demanded of the run
 */
public record Scenario(
        long seed,
        int nodeCount,
        String workload,
        int ratePerSecond,
        Operations operations,
        long horizonNanos,
        long settleNanos,
        Expectation expect,
        FaultPlan plan) {
    public static final int NODES_MAX = 1000;
    public static final int RATE_MAX = 1_000_000;
    /** The longest horizon: a day. */
    public static final long HORIZON_NANOS_MAX = Time.seconds(24 * 3600);
    /** What a scenario gets that does not say how long it may take to settle. */
    public static final long SETTLE_NANOS_DEFAULT = Time.seconds(60);
    /** What a scenario gets that does not say its rate. */
    public static final int RATE_DEFAULT = 100;

    public Scenario {
        Check.argument(nodeCount >= 1 && nodeCount <= NODES_MAX, "a scenario has 1 to 1000 nodes");
        Check.argument(isWord(workload), "a workload's name is lower-case letters, digits and hyphens");
        Check.argument(ratePerSecond >= 0 && ratePerSecond <= RATE_MAX, "a rate is 0 to 1000000 per second");
        Check.argument(horizonNanos >= 0 && horizonNanos <= HORIZON_NANOS_MAX, "a horizon is at most 24 hours");
        Check.argument(settleNanos >= 0 && settleNanos <= HORIZON_NANOS_MAX, "settling takes at most 24 hours");
    }

    static boolean isWord(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-')) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    /** A scenario without faults. */
    public static Scenario calm(long seed, int nodeCount, String workload, long horizonNanos) {
        return new Scenario(
                seed,
                nodeCount,
                workload,
                RATE_DEFAULT,
                Operations.ALL,
                horizonNanos,
                SETTLE_NANOS_DEFAULT,
                Expectation.CONVERGENCE,
                FaultPlan.EMPTY);
    }

    /**
     * Reads a scenario.
     *
     * @throws ScenarioException that says where the text is wrong, and what was expected there
     */
    public static Scenario parse(String text) {
        return new ScenarioParser().parse(text);
    }

    /** n1, n2 and so on. */
    public List<NodeId> nodes() {
        return nodes(nodeCount);
    }

    static List<NodeId> nodes(int count) {
        List<NodeId> nodes = new ArrayList<>(count);
        for (int i = 1; i <= count; i++) {
            nodes.add(NodeId.of("n" + i));
        }
        return Collections.unmodifiableList(nodes);
    }

    public Scenario seed(long other) {
        return new Scenario(
                other, nodeCount, workload, ratePerSecond, operations, horizonNanos, settleNanos, expect, plan);
    }

    public Scenario nodeCount(int other) {
        return new Scenario(seed, other, workload, ratePerSecond, operations, horizonNanos, settleNanos, expect, plan);
    }

    public Scenario horizon(long nanos) {
        return new Scenario(seed, nodeCount, workload, ratePerSecond, operations, nanos, settleNanos, expect, plan);
    }

    public Scenario rate(int perSecond) {
        return new Scenario(seed, nodeCount, workload, perSecond, operations, horizonNanos, settleNanos, expect, plan);
    }

    public Scenario operations(Operations others) {
        return new Scenario(seed, nodeCount, workload, ratePerSecond, others, horizonNanos, settleNanos, expect, plan);
    }

    public Scenario plan(FaultPlan other) {
        return new Scenario(
                seed, nodeCount, workload, ratePerSecond, operations, horizonNanos, settleNanos, expect, other);
    }

    public Scenario expect(Expectation other) {
        return new Scenario(
                seed, nodeCount, workload, ratePerSecond, operations, horizonNanos, settleNanos, other, plan);
    }

    @Override
    public String toString() {
        return "seed " + seed + "\nnodes " + nodeCount + "\nworkload " + workload + "\nrate " + ratePerSecond + "/s\n"
                + (operations.isAll() ? "" : "operations " + operations + "\n") + "horizon " + Time.text(horizonNanos)
                + "\nsettle " + Time.text(settleNanos) + "\n"
                + (expect == Expectation.CONVERGENCE ? "" : "expect " + expect.text() + "\n") + plan;
    }
}
