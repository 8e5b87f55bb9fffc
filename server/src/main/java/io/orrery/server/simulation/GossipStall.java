package io.orrery.server.simulation;

import io.orrery.gossip.Membership;
import io.orrery.gossip.check.MembershipInvariants;
import io.orrery.gossip.check.OwnerLogInvariants;
import io.orrery.gossip.owner.OwnerLog;
import io.orrery.sim.Stall;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What keeps the views of live nodes from agreeing with what is, for each node whose view does not. */
final class GossipStall {
    private GossipStall() {}

    /** Null if each sees exactly the others alive. */
    static <T> Stall ofMembers(List<T> nodes, Function<T, Membership> membership) {
        List<Membership> views = nodes.stream().map(membership).toList();
        List<Stall> wrong = new ArrayList<>();
        for (Membership view : views) {
            String what = MembershipInvariants.divergence(view, views);
            if (what != null) {
                wrong.add(Stall.of(view.self().node(), "waits for the truth: it " + what));
            }
        }
        return wrong.isEmpty() ? null : Stall.of("membership", "waits for all views to agree with what is", wrong);
    }

    /** Null if each holds exactly the rows of the others. */
    static <T> Stall ofRows(List<T> nodes, Function<T, OwnerLog> log) {
        List<OwnerLog> logs = nodes.stream().map(log).toList();
        List<Stall> wrong = new ArrayList<>();
        for (OwnerLog one : logs) {
            String what = OwnerLogInvariants.divergence(one, logs);
            if (what != null) {
                wrong.add(Stall.of(one.self(), "waits for rows: it " + what));
            }
        }
        return wrong.isEmpty() ? null : Stall.of("owner logs", "wait for the rows of their owners", wrong);
    }
}
