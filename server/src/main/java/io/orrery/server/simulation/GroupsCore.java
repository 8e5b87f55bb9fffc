package io.orrery.server.simulation;

import io.orrery.kernel.NodeId;
import io.orrery.sim.Stall;
import io.orrery.sim.run.Core;
import java.util.List;

/** What several groups promise to a core of their nodes: each what one does. */
record GroupsCore(List<RaftCore> groups) implements Core {
    @Override
    public boolean suffices(List<NodeId> core) {
        for (RaftCore group : groups) {
            if (!group.suffices(core)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Stall stall(List<NodeId> core) {
        return first(core, true);
    }

    /** What keeps any of the groups from having one leader and its log; null if nothing does. */
    Stall lag(List<NodeId> among) {
        return first(among, false);
    }

    private Stall first(List<NodeId> among, boolean writes) {
        for (int i = 0; i < groups.size(); i++) {
            RaftCore group = groups.get(i);
            Stall stall = writes ? group.stall(among) : group.lag(among);
            if (stall != null) {
                return Stall.of("group " + i, "has not come right", List.of(stall));
            }
        }
        return null;
    }
}
