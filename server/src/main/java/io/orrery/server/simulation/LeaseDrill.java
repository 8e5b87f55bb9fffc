package io.orrery.server.simulation;

import io.orrery.kernel.NodeId;
import io.orrery.sim.Simulation;
import io.orrery.sim.Stall;
import io.orrery.sim.choice.ChoiceStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A voter that restarts while a lease holds, and is asked for its vote at once: one voter has lost sight of the leader for longer
 * than an election timeout, and asks again and again; then the leader is cut off, and all the others restart in a moment. While
 * clients write that shows nothing: who has lost sight of the leader lacks what was written since, and is refused for that. What
 * must hold meanwhile are L1 to L3: see {@link LeaseDebt}.
 */
final class LeaseDrill implements Drill {
    private static final int MOMENTS = 20;
    private static final int ELECTIONS = 3;

    private final Simulation sim;
    private final ChoiceStream luck;
    private final long electionNanos;
    private boolean isUnderWay;
    private boolean isOver;

    /**
     * @param isSkipped for runs without leases
     */
    LeaseDrill(Simulation sim, long electionNanos, boolean isSkipped) {
        this.sim = sim;
        this.luck = sim.choices("lease drill");
        this.electionNanos = electionNanos;
        this.isOver = isSkipped;
    }

    @Override
    public void begin(NodeId leader) {
        List<NodeId> others = new ArrayList<>(sim.survivors());
        others.remove(leader);
        if (others.size() < 2) {
            isOver = true;
            return;
        }
        isUnderWay = true;
        NodeId estranged = others.remove(luck.below(others.size()));
        sim.note("drill", "estrange " + estranged + " from " + leader);
        sim.network().cut(leader, estranged);
        sim.network().cut(estranged, leader);
        sim.after(electionNanos + luck.below(electionNanos), () -> strike(leader, others));
    }

    private void strike(NodeId leader, List<NodeId> others) {
        sim.note("drill", "isolate " + leader + ", restart " + others);
        sim.network().isolate(leader);
        for (NodeId node : others) {
            if (sim.isUp(node)) {
                sim.crash(node);
                sim.after(1 + luck.below(electionNanos / MOMENTS), () -> restart(node));
            }
        }
        sim.after(ELECTIONS * electionNanos, () -> end(others));
    }

    private void restart(NodeId node) {
        if (!sim.isUp(node)) {
            sim.restart(node);
        }
    }

    private void end(List<NodeId> others) {
        sim.note("drill", "heal");
        sim.network().healAll();
        others.forEach(this::restart);
        isUnderWay = false;
        isOver = true;
    }

    @Override
    public boolean isUnderWay() {
        return isUnderWay;
    }

    @Override
    public boolean isOver() {
        return isOver;
    }

    @Override
    public Stall stall() {
        return isOver ? null : Stall.of("raft", "is in a drill of its leases");
    }
}
