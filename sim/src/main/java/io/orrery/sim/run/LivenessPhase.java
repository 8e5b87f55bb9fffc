package io.orrery.sim.run;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.sim.Failure;
import io.orrery.sim.Simulation;
import io.orrery.sim.Stall;
import io.orrery.sim.choice.ChoiceStream;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * What a run demands when its faults are over, in two stages.
 *
 * <ol>
 *   <li>A random core of the nodes is healed, and the troubles of the rest are made permanent: each of them stays down, cut
 *       off, deaf, mute or paused, and none of them reaches another. The core must come right by itself, as a cluster must
 *       that waits for nobody's repair.
 *   <li>All is healed, and all must come right.
 * </ol>
 *
 * <p>A quarter of the runs, and a workload without a {@link Core}, have the second stage only.
 *
 * <ul>
 *   <li>I1: something is demanded of a core only for as long as it {@link Core#suffices}. A core that does not, since its
 *       nodes turn out to believe something else than they seemed to or one of them is lost, grows, and has its time anew.
 *   <li>I2: both stages have an end: each lasts {@code settle} at most, the first one that long for each node that it grew by.
 * </ul>
 */
final class LivenessPhase {
    private static final long LOOK_NANOS = Time.millis(50);
    private static final long RECOVERY_NANOS = Time.millis(300);
    private static final long PAUSE_NANOS = Time.seconds(24 * 3600);
    private static final int WHOLE_PPM = 250_000;

    /** What is permanently wrong with a node that is not of the core. */
    private enum Trouble {
        DOWN,
        CUT_OFF,
        /** Heard by the core, and hears nothing of it. */
        DEAF,
        /** Hears the core, and is not heard. */
        MUTE,
        PAUSED
    }

    private final Simulation sim;
    private final Workload workload;
    private final long settleNanos;
    private final ChoiceStream luck;
    private final List<NodeId> core = new ArrayList<>();
    private final List<NodeId> rest = new ArrayList<>();

    LivenessPhase(Simulation sim, Workload workload, long settleNanos) {
        this.sim = sim;
        this.workload = workload;
        this.settleNanos = settleNanos;
        this.luck = sim.choices("core");
    }

    /** Runs both stages; what did not come right in time, or null. */
    Failure run() {
        Core promise = workload.core();
        List<NodeId> survivors = sim.survivors();
        if (promise != null && survivors.size() > 1 && !luck.chance(WHOLE_PPM)) {
            drawCore(survivors);
            workload.calm();
            Failure failure = demandOfCore(promise);
            if (failure != null) {
                return failure;
            }
            sim.note("calm", "");
            sim.healAll();
        } else {
            sim.note("calm", "");
            sim.healAll();
            workload.calm();
        }
        workload.whole();
        return demandOfAll();
    }

    private void drawCore(List<NodeId> survivors) {
        List<NodeId> order = new ArrayList<>(survivors);
        luck.shuffle(order);
        int least = sim.nodes().size() / 2 + 1;
        int size = least >= order.size() ? order.size() : least + luck.below(order.size() - least);
        core.addAll(order.subList(0, size));
        rest.addAll(order.subList(size, order.size()));
        sim.network().healAll();
        StringJoiner text = new StringJoiner(", ", core + " ", "");
        for (NodeId node : rest) {
            Trouble trouble = Trouble.values()[luck.below(Trouble.values().length)];
            impose(node, trouble);
            text.add(node + " " + trouble);
        }
        core.forEach(sim::heal);
        sim.note("core", text.toString());
    }

    private void impose(NodeId node, Trouble trouble) {
        if (trouble == Trouble.DOWN && sim.isUp(node)) {
            sim.crash(node);
        } else if (trouble == Trouble.PAUSED) {
            sim.pause(node, PAUSE_NANOS);
        }
        for (NodeId other : rest) {
            if (!other.equals(node)) {
                sim.network().cut(node, other);
            }
        }
        for (NodeId other : core) {
            if (trouble == Trouble.CUT_OFF || trouble == Trouble.DEAF) {
                sim.network().cut(other, node);
            }
            if (trouble == Trouble.CUT_OFF || trouble == Trouble.MUTE) {
                sim.network().cut(node, other);
            }
        }
    }

    /** I1. A core that does not suffice though it is all there is left is promised nothing. */
    private Failure demandOfCore(Core promise) {
        sim.runFor(RECOVERY_NANOS);
        long endNanos = sim.nowNanos() + settleNanos;
        while (true) {
            core.removeIf(sim::isLost);
            if (!promise.suffices(core)) {
                if (rest.isEmpty()) {
                    return null;
                }
                admit(rest.remove(0));
                sim.runFor(RECOVERY_NANOS);
                endNanos = sim.nowNanos() + settleNanos;
                continue;
            }
            Stall stall = promise.stall(core);
            if (stall == null) {
                return null;
            }
            if (sim.nowNanos() >= endNanos) {
                return failure("the core " + core + (rest.isEmpty() ? "" : " without " + rest), stall);
            }
            sim.runFor(Math.min(LOOK_NANOS, endNanos - sim.nowNanos()));
        }
    }

    private Failure demandOfAll() {
        long endNanos = sim.nowNanos() + settleNanos;
        while (!workload.converged()) {
            if (sim.nowNanos() >= endNanos) {
                return failure("the whole", workload.stall());
            }
            sim.runFor(Math.min(LOOK_NANOS, endNanos - sim.nowNanos()));
        }
        return null;
    }

    private Failure failure(String whose, Stall stall) {
        String message = whose + " does not come right: " + stall.who() + ": " + stall.what();
        return sim.failure(Failure.Kind.LIVENESS, message, null).because(stall);
    }

    /** What is cut from the core is cut from all of it. */
    private void admit(NodeId node) {
        NodeId model = core.isEmpty() ? null : core.get(0);
        sim.heal(node);
        for (NodeId other : core) {
            sim.network().mend(other, node);
            sim.network().mend(node, other);
        }
        for (NodeId other : rest) {
            boolean hears = model == null || !sim.network().isCut(model, other);
            boolean isHeard = model == null || !sim.network().isCut(other, model);
            if (hears) {
                sim.network().mend(node, other);
            }
            if (isHeard) {
                sim.network().mend(other, node);
            }
        }
        core.add(node);
        sim.note("core-grows", core.toString());
    }
}
