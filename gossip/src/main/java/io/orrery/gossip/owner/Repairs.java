package io.orrery.gossip.owner;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import java.util.Iterator;
import java.util.TreeMap;

/**
 * The repairs under way: one question to each owner at a time, and a limit on all of them.
 *
 * <p>An answer continues a repair at once; without one it may be begun again after a while. Whoever finds no room comes
 * again with a later digest.
 */
final class Repairs {
    private final OwnerLogConfig config;
    private final TreeMap<NodeId, Long> deadlines = new TreeMap<>();

    Repairs(OwnerLogConfig config) {
        this.config = config;
    }

    /** Whether the owner may be asked now. */
    boolean maybeBegin(NodeId owner, long nowNanos) {
        Long deadline = deadlines.get(owner);
        if (deadline != null && nowNanos < deadline) {
            return false;
        }
        if (deadline == null && deadlines.size() >= config.fetchesMax()) {
            dropExpired(nowNanos);
            if (deadlines.size() >= config.fetchesMax()) {
                return false;
            }
        }
        deadlines.put(owner, nowNanos + config.fetchNanos());
        Check.that(deadlines.size() <= config.fetchesMax(), "repairs are bounded", deadlines.size());
        return true;
    }

    /** Whether the owner, which has answered, may be asked for more now: not if others took its place meanwhile. */
    boolean maybeProceed(NodeId owner, long nowNanos) {
        deadlines.replace(owner, nowNanos);
        return maybeBegin(owner, nowNanos);
    }

    void end(NodeId owner) {
        deadlines.remove(owner);
    }

    boolean isUnderWay(NodeId owner) {
        return deadlines.containsKey(owner);
    }

    private void dropExpired(long nowNanos) {
        Iterator<Long> all = deadlines.values().iterator();
        while (all.hasNext()) {
            if (all.next() <= nowNanos) {
                all.remove();
            }
        }
    }
}
