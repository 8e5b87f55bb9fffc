package io.orrery.jepsen.history;

import io.orrery.kernel.Check;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The begins and ends of calls in real-time order, as a list from which a call can be lifted out and put back in constant
 * time (Wing and Gong, 1993; the doubly linked form is Lowe's, 2017).
 *
 * <p>A call that is not known to have ended has no end: it may take place at any later moment, or never. Calls that happened
 * are numbered from 0, the uncertain after them.
 */
final class CallList {
    /** A begin or an end in the list. */
    static final class Entry {
        final Call call;
        final int number;
        /** The call's end, if this is the begin of one that has an end; else null. */
        final Entry end;

        final boolean isBegin;
        Entry previous;
        Entry next;

        private Entry(Call call, int number, boolean isBegin, Entry end) {
            this.call = call;
            this.number = number;
            this.isBegin = isBegin;
            this.end = end;
        }

        boolean isCertain() {
            return call.outcome() == Op.Type.OK;
        }
    }

    private final Entry head = new Entry(null, -1, false, null);
    private final int certain;

    CallList(List<Call> calls) {
        List<Entry> entries = new ArrayList<>();
        int number = 0;
        for (Call call : calls) {
            if (call.outcome() == Op.Type.OK) {
                Entry end = new Entry(call, number, false, null);
                entries.add(end);
                entries.add(new Entry(call, number, true, end));
                number++;
            }
        }
        certain = number;
        for (Call call : calls) {
            if (call.outcome() == Op.Type.INFO) {
                entries.add(new Entry(call, number++, true, null));
            }
        }
        entries.sort(Comparator.comparingLong(entry -> entry.isBegin
                ? entry.call.invocation().index()
                : entry.call.completion().index()));
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

    Entry first() {
        return head.next;
    }

    /** Takes a begin, and its end, out of the list. */
    void lift(Entry begin) {
        Check.that(begin.isBegin, "a call is lifted by its begin");
        unlink(begin);
        if (begin.end != null) {
            unlink(begin.end);
        }
    }

    /** Undoes the last {@link #lift} not yet undone. */
    void unlift(Entry begin) {
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
