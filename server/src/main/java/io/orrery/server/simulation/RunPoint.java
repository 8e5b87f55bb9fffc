package io.orrery.server.simulation;

import io.orrery.kernel.Time;
import io.orrery.sim.Simulation;

/**
 * A point of a run: an event by its number, or a moment of world time.
 *
 * @param event the event's number, from 1; 0 if the point is a moment
 * @param nanos the moment; meaningless if the point is an event
 */
public record RunPoint(long event, long nanos) {
    /**
     * Reads {@code 1234} as an event, and {@code 1500ms}, {@code 1.5s} or {@code 12s} as a moment.
     *
     * @throws IllegalArgumentException that says what was expected
     */
    public static RunPoint parse(String text) {
        String[] units = {"ns", "us", "ms", "s"};
        long[] nanos = {1, Time.micros(1), Time.millis(1), Time.seconds(1)};
        try {
            for (int i = 0; i < units.length; i++) {
                String number = text.substring(0, Math.max(0, text.length() - units[i].length()));
                if (text.endsWith(units[i]) && number.matches("\\d{1,12}(\\.\\d{1,9})?")) {
                    return new RunPoint(0, Math.round(Double.parseDouble(number) * nanos[i]));
                }
            }
            long event = Long.parseLong(text);
            if (event >= 1) {
                return new RunPoint(event, 0);
            }
        } catch (NumberFormatException e) {
            // Said below, with what would have been right.
        }
        throw new IllegalArgumentException(
                "expected an event such as 1234 or a time such as 1500ms or 12s, found '" + text + "'");
    }

    /** Whether the run has come to it: its event has run, or its moment is over. */
    public boolean isPast(Simulation sim) {
        return event > 0 ? sim.eventCount() >= event : sim.nowNanos() > nanos;
    }

    /** Whether it is an earlier event than the other, or an earlier moment; of two kinds nobody knows before the run. */
    public boolean isBefore(RunPoint other) {
        return event > 0 == other.event > 0 && (event > 0 ? event < other.event : nanos < other.nanos);
    }

    @Override
    public String toString() {
        return event > 0 ? "event " + event : Time.text(nanos);
    }
}
