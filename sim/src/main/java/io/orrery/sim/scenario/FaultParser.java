package io.orrery.sim.scenario;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.sim.event.NodeClock;
import io.orrery.sim.network.LinkPolicy;
import java.util.ArrayList;
import java.util.List;

/** Reads what stands after the time on a fault's line. */
final class FaultParser {
    private static final List<String> FAULTS = List.of(
            "clock",
            "crash",
            "disk",
            "heal",
            "isolate",
            "link",
            "partition",
            "pause",
            "power-loss",
            "restart",
            "stream");
    private static final List<String> LINK = List.of("cut", "delay", "duplicate", "healthy", "loss", "mend", "reorder");
    private static final List<String> POLICY = List.of("delay", "duplicate", "healthy", "loss", "reorder");
    private static final List<String> DISK = List.of("fail-sync", "healthy", "slow");
    private static final List<String> CLOCK = List.of("drift", "step");
    private static final long NANOS_MAX = Time.seconds(60);
    private static final long STEP_NANOS_MAX = Time.seconds(365L * 24 * 3600);

    private final List<NodeId> nodes;

    /**
     * @param nodes that a fault may name
     */
    FaultParser(List<NodeId> nodes) {
        this.nodes = nodes;
    }

    Fault parse(Words words) {
        Fault fault = switch (words.oneOf(FAULTS)) {
            case "clock" -> clock(words);
            case "crash" -> crash(words);
            case "disk" -> disk(words);
            case "heal" -> new NetworkFault.Healing();
            case "isolate" -> new NetworkFault.Isolation(words.node(nodes));
            case "link" -> link(words);
            case "partition" -> partition(words);
            case "pause" -> new NodeFault.Pause(words.node(nodes), words.duration("a pause", NANOS_MAX));
            case "power-loss" -> new NodeFault.PowerLoss(words.nodeList(nodes), words.take("syncing"));
            case "restart" -> new NodeFault.Restart(words.node(nodes));
            default -> stream(words);
        };
        words.end();
        return fault;
    }

    private Fault clock(Words words) {
        NodeId node = words.node(nodes);
        int drift = NodeClock.DRIFT_PPM_MAX;
        return words.oneOf(CLOCK).equals("drift")
                ? new ClockFault.Drift(node, words.ppm("a drift", -drift, drift))
                : new ClockFault.Step(node, words.signedDuration("a step", STEP_NANOS_MAX));
    }

    private Fault crash(Words words) {
        NodeId node = words.node(nodes);
        return words.take("syncing") ? new NodeFault.CrashSyncing(node) : new NodeFault.Crash(node);
    }

    private Fault disk(Words words) {
        NodeId node = words.node(nodes);
        return switch (words.oneOf(DISK)) {
            case "fail-sync" -> new DiskFault.FailedSync(node);
            case "healthy" -> new DiskFault.Repair(node);
            default -> new DiskFault.Slow(node, words.duration("a delay", NANOS_MAX));
        };
    }

    private Fault link(Words words) {
        if (words.take("*")) {
            return new NetworkFault.Weather(policy(words, words.oneOf(POLICY)));
        }
        List<NodeId> direction = words.direction(nodes);
        NodeId from = direction.get(0);
        NodeId to = direction.get(1);
        String what = words.oneOf(LINK);
        return switch (what) {
            case "cut" -> new NetworkFault.Cut(from, to);
            case "mend" -> new NetworkFault.Mending(from, to);
            default -> new NetworkFault.Condition(from, to, policy(words, what));
        };
    }

    private static LinkPolicy policy(Words words, String first) {
        LinkPolicy policy = LinkPolicy.LAN;
        String item = first;
        while (!item.equals("healthy")) {
            policy = policyItem(words, item, policy);
            if (!words.hasNext()) {
                break;
            }
            item = words.oneOf(POLICY);
        }
        return policy;
    }

    private static LinkPolicy policyItem(Words words, String item, LinkPolicy policy) {
        if (item.equals("delay")) {
            long[] bounds = words.durations("a delay", LinkPolicy.DELAY_NANOS_MAX);
            return policy.delay(bounds[0], bounds[1]);
        }
        int ppm = words.ppm("a probability", 0, 1_000_000);
        return switch (item) {
            case "loss" -> policy.loss(ppm);
            case "duplicate" -> policy.duplicate(ppm);
            default -> policy.reorder(ppm);
        };
    }

    private Fault partition(Words words) {
        List<List<NodeId>> groups = new ArrayList<>();
        List<NodeId> named = new ArrayList<>();
        do {
            List<NodeId> group = words.nodeList(nodes);
            for (NodeId node : group) {
                if (named.contains(node)) {
                    throw words.error("expected each node in one group, found " + node + " twice");
                }
                named.add(node);
            }
            groups.add(group);
        } while (words.take("|"));
        Check.that(!groups.isEmpty(), "a partition has a group");
        return new NetworkFault.Partition(groups);
    }

    private Fault stream(Words words) {
        List<NodeId> direction = words.direction(nodes);
        words.oneOf(List.of("reset"));
        return new NetworkFault.StreamReset(direction.get(0), direction.get(1));
    }
}
