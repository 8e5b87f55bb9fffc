package io.orrery.raft.log;

import java.util.List;

/**
 * Work for many groups, one after another, when the state of none is in the processor's caches any more. Most of such work is
 * waiting for memory: a group's objects refer to one another, so one wait begins where another ends. So some groups are looked at
 * before the first of them is worked for: what one group waits for does not depend on the others, and a processor waits for them
 * at once.
 *
 * <ul>
 *   <li>A1: looking changes nothing, and nothing depends on what is seen.
 * </ul>
 *
 * <p>For one thread.
 */
public final class Ahead {
    /** What is looked at together: as much as a processor's first cache holds. */
    private static final int GROUPS = 16;

    /** So few are in the caches, as likely as not. */
    private static final int FEW = 4;

    /** What work is done for. */
    public interface Near {
        /** Reads something of each object that the work will need. What it gives has no meaning. */
        long look();
    }

    /** The work for one group, in an event that many share. */
    @FunctionalInterface
    public interface Task extends Near, Runnable {
        @Override
        default long look() {
            return 0;
        }
    }

    private long seen;

    /** The work for the one at a place in the list comes next: looks at it and at some behind it, when it is time. */
    public void approach(List<? extends Near> all, int at) {
        if (at % GROUPS != 0 || all.size() < FEW) {
            return;
        }
        long sum = 0;
        for (int end = Math.min(all.size(), at + GROUPS), i = at; i < end; i++) {
            Near near = all.get(i);
            sum += near == null ? 0 : near.look();
        }
        seen = sum;
    }

    /** Runs them in their order. */
    public void runAll(List<? extends Task> tasks) {
        for (int i = 0; i < tasks.size(); i++) {
            approach(tasks, i);
            tasks.get(i).run();
        }
    }

    /** What the last look gave: a compiler that knew of nobody who may ask would leave looking out. */
    public long seen() {
        return seen;
    }
}
