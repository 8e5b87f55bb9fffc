package io.orrery.gossip.swim;

import io.orrery.gossip.GossipMarks;
import io.orrery.gossip.Member;
import io.orrery.gossip.MemberState;
import io.orrery.kernel.trace.Mark;
import io.orrery.kernel.trace.Trace;

/** The marks of rare steps from one state of a member to the next. */
final class Rarities {
    private Rarities() {}

    /**
     * Notes what is rare about the step.
     *
     * @param before null for a member that was not known
     */
    static void note(Trace trace, Member before, Member after) {
        if (before == null) {
            noteIf(!after.isLive(), trace, GossipMarks.STRANGER_GONE);
            return;
        }
        boolean sameLife =
                before.incarnation().generation() == after.incarnation().generation();
        boolean wasSuspect = before.state() == MemberState.SUSPECT;
        boolean returns = before.state() == MemberState.LEFT && after.isLive() && sameLife;
        boolean restarts = before.state() == MemberState.ALIVE && after.isLive() && !sameLife;
        boolean clears = wasSuspect && after.state() == MemberState.ALIVE && sameLife;
        noteIf(clears, trace, GossipMarks.SUSPICION_CLEARED);
        noteIf(wasSuspect && after.state() == MemberState.LEFT, trace, GossipMarks.SUSPECT_HAD_LEFT);
        noteIf(returns, trace, GossipMarks.CAME_BACK);
        noteIf(restarts, trace, GossipMarks.RESTART_UNNOTICED);
    }

    private static void noteIf(boolean holds, Trace trace, Mark mark) {
        if (holds) {
            trace.reached(mark);
        }
    }
}
