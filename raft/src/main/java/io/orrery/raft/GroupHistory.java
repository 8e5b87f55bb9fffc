package io.orrery.raft;

import io.orrery.kernel.Check;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The latest transitions and refusals of a replica, for people.
 *
 * <ul>
 *   <li>I1: at most {@value #EVENTS_MAX}; the oldest goes first.
 * </ul>
 */
final class GroupHistory {
    static final int EVENTS_MAX = 64;

    private final ArrayDeque<GroupEvent> events = new ArrayDeque<>();

    /** Refusals repeat: one that says the same as the one before it is kept once. */
    void add(long atNanos, String what, String why) {
        GroupEvent last = events.peekLast();
        if (last != null && last.what().equals(what) && last.why().equals(why)) {
            events.removeLast();
        }
        if (events.size() == EVENTS_MAX) {
            events.removeFirst();
        }
        events.addLast(new GroupEvent(atNanos, GroupEvent.Kind.of(what), what, why));
        Check.that(events.size() <= EVENTS_MAX, "I1: bounded", events.size());
    }

    /** The oldest first. */
    List<GroupEvent> events() {
        return new ArrayList<>(events);
    }
}
