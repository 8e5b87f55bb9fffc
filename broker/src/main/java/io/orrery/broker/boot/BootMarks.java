package io.orrery.broker.boot;

import io.orrery.kernel.trace.Mark;
import java.util.List;

/** The rare situations of first boot that a burn is expected to reach. */
public final class BootMarks {
    /** A cluster was formed by this node's ballot. */
    public static final Mark FORMED = new Mark("boot.formed");
    /** A node learnt of its cluster from one that was of it. */
    public static final Mark ADOPTED = new Mark("boot.adopted");
    /** A ballot took over what an earlier one had begun. */
    public static final Mark TAKEN_OVER = new Mark("boot.taken-over");
    /** A ballot met a higher one. */
    public static final Mark OUTBID = new Mark("boot.outbid");
    /** A ballot had no end in time. */
    public static final Mark GIVEN_UP = new Mark("boot.given-up");
    /** A node that had promised something was started again before it knew its cluster. */
    public static final Mark PROMISE_KEPT = new Mark("boot.promise-kept-over-restart");
    /** A voter of the beginning came back with another disk. */
    public static final Mark DISK_LOST = new Mark("boot.voter-lost-its-disk");
    /** A majority of those that are named did not wait for the others any longer. */
    public static final Mark WITHOUT_ALL = new Mark("boot.formed-without-all");
    /** A ballot came to a node that was of a cluster already. */
    public static final Mark TOO_LATE = new Mark("boot.ballot-met-a-cluster");

    /** All of them, for burns. */
    public static final List<Mark> ALL =
            List.of(FORMED, ADOPTED, TAKEN_OVER, OUTBID, GIVEN_UP, PROMISE_KEPT, DISK_LOST, WITHOUT_ALL, TOO_LATE);

    private BootMarks() {}
}
