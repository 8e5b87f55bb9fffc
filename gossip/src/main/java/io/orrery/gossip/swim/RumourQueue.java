package io.orrery.gossip.swim;

import io.orrery.gossip.message.Claim;
import io.orrery.gossip.message.ClaimCodec;
import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The claims that this node still passes on, in whatever packets it sends (SWIM, section 4.1).
 *
 * <ul>
 *   <li>R1: one rumour per member at most: a newer claim replaces the older. So the queue is bounded by the table.
 *   <li>R2: those sent least often go first, the newest of them before others, as many as fit.
 *   <li>R3: those that no packet holds go by stream, in the same turns.
 *   <li>R4: each is sent mult * ceil(log10(N + 1)) times, and then forgotten.
 * </ul>
 */
public final class RumourQueue {
    private static final int CLAIM_BYTES_MIN = 14;

    private static final class Rumour implements Comparable<Rumour> {
        private final Claim claim;
        private final int bytes;
        private final long sequence;
        private int transmits;

        private Rumour(Claim claim, long sequence) {
            this.claim = claim;
            this.bytes = ClaimCodec.size(claim);
            this.sequence = sequence;
        }

        /** R2. */
        @Override
        public int compareTo(Rumour other) {
            return transmits != other.transmits
                    ? Integer.compare(transmits, other.transmits)
                    : Long.compare(other.sequence, sequence);
        }
    }

    private final TreeMap<NodeId, Rumour> byNode = new TreeMap<>();
    private final TreeSet<Rumour> queue = new TreeSet<>();
    private long nextSequence;
    /** How many there are: asked for with every packet, most often of an empty queue. */
    private int size;

    /** At least as large as any in the queue. */
    private int bytesLargest;

    /** How often a rumour is sent in a cluster of {@code members}. */
    public static int transmitsMax(int mult, int members) {
        int log = 0;
        for (long power = 1; power < members + 1L; power *= 10) {
            log++;
        }
        return mult * log;
    }

    /** R1. */
    public void add(Claim claim) {
        Rumour rumour = new Rumour(claim, nextSequence++);
        bytesLargest = queue.isEmpty() ? rumour.bytes : Math.max(bytesLargest, rumour.bytes);
        Rumour replaced = byNode.put(claim.member().node(), rumour);
        if (replaced != null) {
            Check.that(queue.remove(replaced), "a rumour by its member is in the queue");
        }
        queue.add(rumour);
        size = queue.size();
    }

    /** Drops what is rumoured of a member. */
    public void forget(NodeId node) {
        Rumour rumour = byNode.remove(node);
        if (rumour != null) {
            Check.that(queue.remove(rumour), "a rumour by its member is in the queue");
            size = queue.size();
        }
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public int size() {
        return size;
    }

    /**
     * R2 and R4: takes what fits, as sent once.
     *
     * @param into where the claims are added
     */
    public void take(int bytesMax, int transmitsMax, List<Claim> into) {
        if (size == 0) {
            return;
        }
        int left = bytesMax;
        List<Rumour> taken = new ArrayList<>();
        for (Rumour rumour : queue) {
            if (left < CLAIM_BYTES_MIN) {
                break;
            }
            if (rumour.bytes <= left) {
                left -= rumour.bytes;
                taken.add(rumour);
            }
        }
        markSent(taken, transmitsMax, into);
    }

    /** R3 and R4: takes those that are larger than a packet, as sent once. */
    public void takeLarger(int bytesMax, int transmitsMax, List<Claim> into) {
        if (size == 0 || bytesLargest <= bytesMax) {
            return;
        }
        List<Rumour> taken = new ArrayList<>();
        for (Rumour rumour : queue) {
            if (rumour.bytes > bytesMax) {
                taken.add(rumour);
            }
        }
        markSent(taken, transmitsMax, into);
    }

    private void markSent(List<Rumour> taken, int transmitsMax, List<Claim> into) {
        for (Rumour rumour : taken) {
            queue.remove(rumour);
            rumour.transmits++;
            into.add(rumour.claim);
            if (rumour.transmits < transmitsMax) {
                queue.add(rumour);
            } else {
                byNode.remove(rumour.claim.member().node());
            }
        }
        size = queue.size();
    }

    public void checkInvariants() {
        Check.that(byNode.size() == queue.size(), "R1: one rumour per member", byNode.size(), queue.size());
        Check.that(size == queue.size(), "R1: rumours are counted", size, queue.size());
    }
}
