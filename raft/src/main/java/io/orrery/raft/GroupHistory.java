package io.orrery.raft;

import io.orrery.kernel.Check;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The latest transitions and refusals of a replica, for people.
 *
 * <ul>
 *   <li>I1: at most {@value #EVENTS_MAX}; the oldest goes first.
 *   <li>I2: what repeats is kept once, with the time of the last: a refusal, or a candidate that wins no pre-vote for hours. So it does
 *       not push out what led to it.
 * </ul>
 */
final class GroupHistory {
    static final int EVENTS_MAX = 64;

    /** A round of what repeats has at most so many events. */
    private static final int ROUND_EVENTS_MAX = 4;

    private final ArrayDeque<GroupEvent> events = new ArrayDeque<>();

    void add(long atNanos, String what, String why) {
        dropRepeated(what, why);
        if (events.size() == EVENTS_MAX) {
            events.removeFirst();
        }
        events.addLast(new GroupEvent(atNanos, GroupEvent.Kind.of(what), what, why));
        Check.that(events.size() <= EVENTS_MAX, "I1: bounded", events.size());
    }

    /** I2. */
    private void dropRepeated(String what, String why) {
        Iterator<GroupEvent> latest = events.descendingIterator();
        for (int i = 0; i < ROUND_EVENTS_MAX && latest.hasNext(); i++) {
            GroupEvent event = latest.next();
            if (event.what().equals(what) && event.why().equals(why)) {
                latest.remove();
                return;
            }
        }
    }

    /** The oldest first. */
    List<GroupEvent> events() {
        return new ArrayList<>(events);
    }
}
