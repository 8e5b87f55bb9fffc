package io.orrery.sim.shrink;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.sim.network.LinkPolicy;
import io.orrery.sim.scenario.ClockFault;
import io.orrery.sim.scenario.ClogFault;
import io.orrery.sim.scenario.DiskFault;
import io.orrery.sim.scenario.Fault;
import io.orrery.sim.scenario.NetworkFault;
import io.orrery.sim.scenario.NodeFault;
import io.orrery.sim.scenario.SplitFault;
import java.util.ArrayList;
import java.util.List;

/**
 * Lesser faults that may do in the place of one. Each is simpler or at most half as strong, and nothing is halved below a
 * floor, so that putting one in the place of the other comes to an end.
 */
final class SofterFault {
    private static final long NANOS_MIN = Time.millis(2);
    private static final int DRIFT_PPM_MIN = 100;

    private SofterFault() {}

    /** The simplest first. */
    static List<Fault> of(Fault fault) {
        if (fault instanceof NodeFault machine) {
            return ofMachine(machine);
        }
        if (fault instanceof NetworkFault network) {
            return ofNetwork(network);
        }
        List<Fault> softer = new ArrayList<>();
        if (fault instanceof SplitFault.Flapping flapping) {
            softer.add(new NetworkFault.Partition(flapping.groups()));
        } else if (fault instanceof SplitFault.Bridge bridge) {
            softer.add(new NetworkFault.Partition(bridge.groups()));
        } else if (fault instanceof ClogFault.Swizzling swizzling && swizzling.nanos() > NANOS_MIN) {
            softer.add(new ClogFault.Swizzling(swizzling.nodes(), rounded(swizzling.nanos() / 2)));
        } else if (fault instanceof ClockFault.Drift drift && Math.abs(drift.ppm()) > DRIFT_PPM_MIN) {
            softer.add(new ClockFault.Drift(drift.node(), drift.ppm() / 2));
        } else if (fault instanceof ClockFault.Step step && Math.abs(step.nanos()) > NANOS_MIN) {
            softer.add(new ClockFault.Step(step.node(), rounded(step.nanos() / 2)));
        } else if (fault instanceof DiskFault.Slow slow && slow.extraNanos() > NANOS_MIN) {
            softer.add(new DiskFault.Slow(slow.node(), rounded(slow.extraNanos() / 2)));
        }
        return softer;
    }

    private static List<Fault> ofMachine(NodeFault fault) {
        List<Fault> softer = new ArrayList<>();
        if (fault instanceof NodeFault.Pause pause && pause.nanos() > NANOS_MIN) {
            softer.add(new NodeFault.Pause(pause.node(), rounded(pause.nanos() / 2)));
        } else if (fault instanceof NodeFault.CrashSyncing crash) {
            softer.add(new NodeFault.Crash(crash.node()));
        } else if (fault instanceof NodeFault.PowerLoss loss) {
            softer.addAll(ofPowerLoss(loss));
        }
        return softer;
    }

    private static List<Fault> ofPowerLoss(NodeFault.PowerLoss loss) {
        List<Fault> softer = new ArrayList<>();
        if (loss.syncing()) {
            softer.add(new NodeFault.PowerLoss(loss.nodes(), false));
        }
        if (loss.nodes().size() == 1) {
            NodeId node = loss.nodes().get(0);
            softer.add(loss.syncing() ? new NodeFault.CrashSyncing(node) : new NodeFault.Crash(node));
        }
        for (int i = loss.nodes().size() - 1; i >= 0 && loss.nodes().size() > 1; i--) {
            List<NodeId> fewer = new ArrayList<>(loss.nodes());
            fewer.remove(i);
            softer.add(new NodeFault.PowerLoss(fewer, loss.syncing()));
        }
        return softer;
    }

    private static List<Fault> ofNetwork(NetworkFault fault) {
        List<Fault> softer = new ArrayList<>();
        if (fault instanceof NetworkFault.Weather weather) {
            simpler(weather.policy()).forEach(policy -> softer.add(new NetworkFault.Weather(policy)));
        } else if (fault instanceof NetworkFault.Condition link) {
            simpler(link.policy())
                    .forEach(policy -> softer.add(new NetworkFault.Condition(link.from(), link.to(), policy)));
        } else if (fault instanceof NetworkFault.Distance far && far.nanos() > NANOS_MIN) {
            softer.add(new NetworkFault.Distance(far.from(), far.to(), rounded(far.nanos() / 2)));
        }
        return softer;
    }

    /** The policy with one of its troubles less. */
    private static List<LinkPolicy> simpler(LinkPolicy policy) {
        List<LinkPolicy> simpler = new ArrayList<>();
        for (LinkPolicy less : List.of(
                policy.loss(0),
                policy.duplicate(0),
                policy.reorder(0),
                policy.corrupt(0),
                policy.forge(0),
                policy.delay(LinkPolicy.LAN.delay()))) {
            if (!less.equals(policy)) {
                simpler.add(less);
            }
        }
        return simpler;
    }

    private static long rounded(long nanos) {
        return nanos / Time.millis(1) * Time.millis(1);
    }
}
