package io.orrery.gossip.check;

import io.orrery.gossip.Member;
import io.orrery.gossip.MemberState;
import io.orrery.gossip.Membership;
import io.orrery.gossip.config.RetentionConfig;
import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import java.util.TreeMap;

/**
 * M6, for one node in one boot: it forgets who is gone. Time counts while the node runs events, so that a pause is no excuse
 * to flag it; and anew whenever what it holds of the member changes.
 */
final class Forgetting {
    private static final long STEP_NANOS_MAX = Time.millis(300);
    private static final long LOOK_NANOS = Time.millis(500);
    private static final long SLACK_NANOS = Time.seconds(3);

    private record Gone(Member member, long sinceNanos) {}

    private final RetentionConfig retention;
    private final TreeMap<NodeId, Gone> gone = new TreeMap<>();
    private long lastNanos = Long.MIN_VALUE;
    private long activeNanos;
    private long lookNanos;

    Forgetting(RetentionConfig retention) {
        this.retention = retention;
    }

    /**
     * After each event of the node.
     *
     * @param nowNanos its monotonic clock
     */
    void observe(Membership membership, long nowNanos) {
        long step = lastNanos == Long.MIN_VALUE ? 0 : nowNanos - lastNanos;
        activeNanos += Math.min(Math.max(0, step), STEP_NANOS_MAX);
        lastNanos = nowNanos;
        if (activeNanos < lookNanos) {
            return;
        }
        lookNanos = activeNanos + LOOK_NANOS;
        boolean rests = membership.self().state() == MemberState.LEFT;
        gone.keySet().retainAll(membership.members().keySet());
        for (Member member : membership.members().values()) {
            Gone known = gone.get(member.node());
            if (member.isLive() || rests) {
                gone.remove(member.node());
            } else if (known == null || !known.member.equals(member)) {
                gone.put(member.node(), new Gone(member, activeNanos));
            } else {
                check(membership.self().node(), known);
            }
        }
    }

    private void check(NodeId observer, Gone known) {
        long kept = known.member.state() == MemberState.DEAD ? retention.deadNanos() : retention.leftNanos();
        long held = activeNanos - known.sinceNanos;
        if (held > kept + SLACK_NANOS) {
            throw new Check.Violation("M6: who is gone is forgotten in time, but " + observer + " holds " + known.member
                    + " since " + held / 1_000_000L + " ms");
        }
    }
}
