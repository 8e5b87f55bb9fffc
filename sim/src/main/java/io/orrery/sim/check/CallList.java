package io.orrery.sim.check;

import io.orrery.kernel.Check;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The begins and ends of calls in real-time order, as a list from which a call can be lifted out and put back in constant
 * time (Wing and Gong, 1993; the doubly linked form is Lowe's, 2017).
 *
 * <p>A call that is not known to have ended has no end: it may take place at any later moment, or never. Such calls are kept
 * apart and offered last: most of them explain nothing, and whoever tries them first tries all their subsets.
 */
final class CallList {
    /** A begin or an end in the list. */
    static final class Entry {
        final Call call;
        /** From 0, in the order of the begins; the certain and the uncertain are numbered apart. */
        final int number;
        /** The call's end, if this is the begin of one that has an end; else null. */
        final Entry end;

        final boolean isBegin;
        private final long index;
        /** The last uncertain call before this one that would do the same; null if there is none. */
        private Entry twin;

        private boolean isLifted;
        private Entry previous;
        private Entry next;

        private Entry(Call call, int number, boolean isBegin, Entry end) {
            this.call = call;
            this.number = number;
            this.isBegin = isBegin;
            this.end = end;
            this.index = call == null ? -1 : (isBegin ? call.invocation() : call.completion()).index();
        }

        boolean isCertain() {
            return end != null;
        }
    }

    private final Entry certainHead = new Entry(null, -1, false, null);
    private final Entry uncertainHead = new Entry(null, -1, false, null);
    private final int certain;

    /**
     * @param kindOf equal for uncertain calls that do the same: of those, the older is offered before the younger
     */
    CallList(List<Call> calls, Function<Call, Object> kindOf) {
        Map<Object, Entry> twins = new LinkedHashMap<>();
        List<Entry> entries = new ArrayList<>();
        List<Entry> open = new ArrayList<>();
        int number = 0;
        for (Call call : calls) {
            if (call.outcome() == Op.Type.OK) {
                Entry end = new Entry(call, number, false, null);
                entries.add(new Entry(call, number++, true, end));
                entries.add(end);
            } else if (call.outcome() == Op.Type.INFO) {
                Entry begin = new Entry(call, open.size(), true, null);
                begin.twin = twins.put(kindOf.apply(call), begin);
                open.add(begin);
            }
        }
        certain = number;
        entries.sort(Comparator.comparingLong(entry -> entry.index));
        chain(certainHead, entries);
        chain(uncertainHead, open);
    }

    private static void chain(Entry head, List<Entry> entries) {
        Entry last = head;
        for (Entry entry : entries) {
            last.next = entry;
            entry.previous = last;
            last = entry;
        }
    }

    /** Calls that happened. */
    int certain() {
        return certain;
    }

    /** The first begin that may come next. Only while certain calls are left. */
    Entry first() {
        return certainHead.next.isBegin ? certainHead.next : firstUncertain();
    }

    /** The begin to try after {@code begin}, which may have been lifted and put back; null if there is none. */
    Entry after(Entry begin) {
        Entry next = begin.next;
        if (!begin.isCertain()) {
            return firstUncertain(next);
        }
        return next.isBegin ? next : firstUncertain();
    }

    /** The first begin of an uncertain call that may come next; null if there is none. Only while certain calls are left. */
    Entry firstUncertain() {
        return firstUncertain(uncertainHead.next);
    }

    private Entry firstUncertain(Entry from) {
        Entry entry = from;
        while (entry != null && entry.twin != null && !entry.twin.isLifted) {
            entry = entry.next;
        }
        return entry == null || entry.index > firstEnd().index ? null : entry;
    }

    /** The end before which something must happen. Only while certain calls are left. */
    Entry firstEnd() {
        Entry entry = certainHead.next;
        while (entry.isBegin) {
            entry = entry.next;
        }
        return entry;
    }

    /** Takes a begin, and its end, out of the list. */
    void lift(Entry begin) {
        Check.that(begin.isBegin, "a call is lifted by its begin");
        begin.isLifted = true;
        unlink(begin);
        if (begin.end != null) {
            unlink(begin.end);
        }
    }

    /** Undoes the last {@link #lift} not yet undone. */
    void unlift(Entry begin) {
        begin.isLifted = false;
        if (begin.end != null) {
            link(begin.end);
        }
        link(begin);
    }

    private static void unlink(Entry entry) {
        entry.previous.next = entry.next;
        if (entry.next != null) {
            entry.next.previous = entry.previous;
        }
    }

    private static void link(Entry entry) {
        entry.previous.next = entry;
        if (entry.next != null) {
            entry.next.previous = entry;
        }
    }
}
