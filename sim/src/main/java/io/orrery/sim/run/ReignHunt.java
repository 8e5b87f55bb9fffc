package io.orrery.sim.run;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.sim.Simulation;
import io.orrery.sim.choice.ChoiceStream;
import io.orrery.sim.scenario.Fault;
import io.orrery.sim.scenario.NetworkFault;
import io.orrery.sim.scenario.NodeFault;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Leaders that have led for a while are brought to where they do not know that they lead no more: what they then believe, of
 * leases most of all, is put to the test. Each reign is struck again and again until it is over.
 *
 * <ul>
 *   <li>Cut off, for less or more than an election takes.
 *   <li>Paused, and cut off when it goes on: it works through what was true before.
 *   <li>Deserted: one voter loses sight of it for a while; then it is cut off, and all the others restart in a moment.
 *   <li>Cut off at the very moment when it has asked another to campaign.
 * </ul>
 */
final class ReignHunt {
    private static final int HANDOVER_PPM = 700_000;
    private static final int STRIKE_WITHIN = 8;
    private static final int MOMENTS = 20;

    private final Simulation sim;
    private final Prey prey;
    private final Hunter hunter;
    private final ChoiceStream luck;
    private final TreeMap<NodeId, Long> handovers = new TreeMap<>();
    private final long electionNanos;
    private long term;

    ReignHunt(Simulation sim, Prey prey, Hunter hunter) {
        this.sim = sim;
        this.prey = prey;
        this.hunter = hunter;
        this.luck = sim.choices("hunt reigns");
        this.electionNanos = prey.electionNanos();
    }

    void look(NodeId node) {
        long led = prey.termLed(node);
        if (led > term) {
            term = led;
            await(node, led);
        }
        if (led == 0) {
            return;
        }
        long handed = prey.handovers(node);
        Long before = handovers.put(node, handed);
        if (before != null && handed > before && luck.chance(HANDOVER_PPM)) {
            long nanos = drawNanos();
            sim.after(1 + luck.below(Math.max(electionNanos / MOMENTS, Time.millis(2))), () -> isolate(node, nanos));
        }
    }

    private void await(NodeId node, long led) {
        sim.after(1 + luck.below(STRIKE_WITHIN * electionNanos), () -> {
            if (sim.isUp(node) && prey.termLed(node) == led && led == term && !hunter.isOver()) {
                strike(node);
                await(node, led);
            }
        });
    }

    private void strike(NodeId leader) {
        int kind = luck.below(4);
        if (kind <= 1) {
            isolate(leader, drawNanos());
        } else if (kind == 2) {
            long pause = drawNanos();
            boolean awayMeanwhile = luck.chance(500_000);
            long away = pause + luck.below(electionNanos);
            long delay = 1 + luck.below(2 * electionNanos / MOMENTS);
            if (hunter.maybeStrike(new NodeFault.Pause(leader, pause)) && awayMeanwhile) {
                // What was on its way to it comes first, and waits for it.
                sim.after(delay, () -> isolate(leader, away));
            }
        } else {
            desert(leader);
        }
    }

    /** From half an election timeout to three. */
    private long drawNanos() {
        return electionNanos / 2 + luck.below(5 * electionNanos / 2);
    }

    private void isolate(NodeId node, long nanos) {
        if (hunter.maybeStrike(new NetworkFault.Isolation(node))) {
            sim.after(nanos, () -> hunter.maybeMakeGood(new NetworkFault.Rejoining(node)));
        }
    }

    private void desert(NodeId leader) {
        List<NodeId> others = new ArrayList<>(sim.nodes());
        others.remove(leader);
        if (others.size() < 2) {
            return;
        }
        NodeId estranged = others.remove(luck.below(others.size()));
        long estrangedNanos = electionNanos + luck.below(electionNanos);
        long awayNanos = drawNanos();
        long momentNanos = electionNanos / MOMENTS;
        long[] downNanos = new long[others.size()];
        for (int i = 0; i < downNanos.length; i++) {
            downNanos[i] = 1 + luck.below(momentNanos);
        }
        if (!both(leader, estranged, true)) {
            return;
        }
        sim.after(estrangedNanos, () -> {
            isolate(leader, awayNanos);
            for (int i = 0; i < downNanos.length; i++) {
                restart(others.get(i), downNanos[i]);
            }
        });
        sim.after(estrangedNanos + awayNanos, () -> both(leader, estranged, false));
    }

    private boolean both(NodeId one, NodeId other, boolean cut) {
        if (!cut) {
            hunter.maybeMakeGood(new NetworkFault.Mending(one, other));
            hunter.maybeMakeGood(new NetworkFault.Mending(other, one));
            return true;
        }
        Fault away = new NetworkFault.Cut(one, other);
        return hunter.maybeStrike(away) && hunter.maybeStrike(new NetworkFault.Cut(other, one));
    }

    private void restart(NodeId node, long downNanos) {
        if (sim.isUp(node) && hunter.maybeStrike(new NodeFault.Crash(node))) {
            sim.after(downNanos, () -> {
                if (!sim.isUp(node)) {
                    hunter.maybeMakeGood(new NodeFault.Restart(node));
                }
            });
        }
    }
}
