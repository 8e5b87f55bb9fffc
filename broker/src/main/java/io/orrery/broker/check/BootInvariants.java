package io.orrery.broker.check;

import io.orrery.broker.boot.Ballot;
import io.orrery.broker.boot.BootMessage;
import io.orrery.broker.boot.FirstBoot;
import io.orrery.broker.boot.Founding;
import io.orrery.broker.boot.Letter;
import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What must hold of first boot on all nodes together, seen from outside after each event.
 *
 * <ul>
 *   <li>N1: all nodes that are of a cluster are of one, and it began with the same voters for each.
 *   <li>N2: a node that was of a cluster is of it after a restart, without asking anybody, as long as it has its disk.
 *   <li>N3: a name begins as a voter on one disk only.
 *   <li>N4: what a node told others that it promised or accepted, it knows after a restart, as long as it has its disk.
 * </ul>
 */
public final class BootInvariants {
    private final TreeSet<String> settled = new TreeSet<>();
    private final TreeMap<NodeId, Integer> voterDisks = new TreeMap<>();
    private final TreeMap<String, Ballot> told = new TreeMap<>();
    private Founding founding;

    /** What the cluster began with, as the first node that was of it had it; null if none was. */
    public Founding founding() {
        return founding;
    }

    /**
     * A node sends something.
     *
     * @param disk number of the disk that it has
     */
    public void onSend(NodeId node, int disk, Object body) {
        BootMessage message = body instanceof Letter letter ? letter.message() : null;
        if (message instanceof BootMessage.Promise promise) {
            told.merge(node + "/" + disk, promise.ballot(), BootInvariants::higher);
        } else if (message instanceof BootMessage.Accepted accepted) {
            told.merge(node + "/" + disk, accepted.ballot(), BootInvariants::higher);
        }
    }

    private static Ballot higher(Ballot one, Ballot other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private void checkTold(NodeId node, String place, Ballot promised) {
        Ballot last = told.get(place);
        if (last != null && (promised == null || promised.compareTo(last) < 0)) {
            throw new Check.Violation(
                    "N4: " + node + " has told that it takes part in ballot " + last + ", and knows of " + promised);
        }
    }

    /**
     * Looks at a node.
     *
     * @param disk number of the disk that it has, from 0
     * @param begins whether it begins as a voter
     */
    public void observe(NodeId node, int disk, FirstBoot boot, boolean begins) {
        String place = node + "/" + disk;
        if (boot.isWaiting()) {
            checkTold(node, place, boot.promised());
        }
        if (boot.founding() == null) {
            Check.that(
                    !settled.contains(place) || !boot.isWaiting(),
                    "N2: a node that has data is of its cluster at once");
            return;
        }
        if (founding == null) {
            founding = boot.founding();
        }
        if (!founding.id().equals(boot.founding().id())) {
            throw new Check.Violation(
                    "N1: two clusters: " + node + " is of " + boot.founding() + ", others of " + founding);
        }
        if (!founding.equals(boot.founding())) {
            throw new Check.Violation(
                    "N1: two beginnings: " + node + " has " + boot.founding() + ", others " + founding);
        }
        settled.add(place);
        if (begins) {
            Integer before = voterDisks.putIfAbsent(node, disk);
            if (before != null && before != disk) {
                throw new Check.Violation("N3: " + node + " began as a voter on two disks");
            }
        }
    }
}
