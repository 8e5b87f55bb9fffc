package io.orrery.raft.check;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a state machine's digest was at each index, whoever applied it and in whichever life: a replica that replays its log
 * must come to what it was, and to what every other was.
 *
 * <ul>
 *   <li>D1: at one index there is one digest.
 *   <li>D2: memory is bounded: of the last {@value #RECENT_MAX} indexes every digest is kept; of older ones one in a stride,
 *       which doubles when {@value #CHECKPOINTS_MAX} are kept.
 * </ul>
 */
public final class DigestBook {
    private static final int RECENT_MAX = 4096;
    private static final int CHECKPOINTS_MAX = 4096;

    /** A digest, and who had it first. */
    private record Page(long digest, NodeId by) {}

    private final TreeMap<Long, Page> recent = new TreeMap<>();
    private final TreeMap<Long, Page> checkpoints = new TreeMap<>();
    private long stride = 16;
    private long compared;

    /**
     * A replica has applied up to {@code index}.
     *
     * @throws Check.Violation if somebody's machine was in another state there
     */
    public void note(NodeId node, long index, long digest) {
        Page known = recent.get(index);
        if (known == null) {
            known = checkpoints.get(index);
        }
        if (known != null) {
            compared++;
            if (known.digest != digest) {
                throw new Check.Violation("D1: the state machines of " + node + " and of " + known.by
                        + " differ after applying the same entries up to " + index);
            }
        } else if (recent.size() < RECENT_MAX || index > recent.firstKey()) {
            recent.put(index, new Page(digest, node));
            maybeThin();
        }
    }

    private void maybeThin() {
        if (recent.size() <= RECENT_MAX) {
            return;
        }
        Map.Entry<Long, Page> oldest = recent.pollFirstEntry();
        if (oldest.getKey() % stride == 0) {
            checkpoints.put(oldest.getKey(), oldest.getValue());
        }
        if (checkpoints.size() > CHECKPOINTS_MAX) {
            stride *= 2;
            checkpoints.keySet().removeIf(index -> index % stride != 0);
        }
        Check.that(checkpoints.size() <= CHECKPOINTS_MAX, "D2: memory is bounded", checkpoints.size());
    }

    /** How often a digest met an earlier one: a book that never compared has seen nothing. */
    public long compared() {
        return compared;
    }
}
