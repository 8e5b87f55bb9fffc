package io.orrery.sim.report;

import io.orrery.kernel.Check;

/**
 * Which events of a run are recorded: those at or after a moment and not after another, a moment being a world time or an
 * event's number. Of these at most {@code eventsMax} are kept.
 *
 * @param fromNanos world time, inclusive
 * @param untilNanos world time, inclusive
 * @param fromEvent number of an event, inclusive
 * @param untilEvent number of an event, inclusive
 * @param eventsMax 1 to {@value #EVENTS_MAX}; more make a page that is slow to open
 * @param keepsFirst which of too many events are kept: the first, or the last
 */
public record Window(
        long fromNanos, long untilNanos, long fromEvent, long untilEvent, int eventsMax, boolean keepsFirst) {
    public static final int EVENTS_DEFAULT = 50_000;
    public static final int EVENTS_MAX = 1_000_000;

    /** The end of a run. */
    public static final Window LAST = new Window(0, Long.MAX_VALUE, 0, Long.MAX_VALUE, EVENTS_DEFAULT, false);

    public Window {
        Check.argument(fromNanos >= 0 && fromNanos <= untilNanos, "a window ends after it begins");
        Check.argument(fromEvent >= 0 && fromEvent <= untilEvent, "a window ends after it begins");
        Check.argument(eventsMax >= 1 && eventsMax <= EVENTS_MAX, "a window has 1 to 1000000 events");
    }

    public Window time(long from, long until) {
        return new Window(from, until, fromEvent, untilEvent, eventsMax, keepsFirst);
    }

    public Window events(long from, long until) {
        return new Window(fromNanos, untilNanos, from, until, eventsMax, keepsFirst);
    }

    public Window keeping(int events, boolean first) {
        return new Window(fromNanos, untilNanos, fromEvent, untilEvent, events, first);
    }

    boolean isAfterBegin(long event, long nanos) {
        return event >= fromEvent && nanos >= fromNanos;
    }

    boolean isBeforeEnd(long event, long nanos) {
        return event <= untilEvent && nanos <= untilNanos;
    }
}
