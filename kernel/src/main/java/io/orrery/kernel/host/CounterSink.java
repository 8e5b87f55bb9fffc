package io.orrery.kernel.host;

/** Takes what a part of the host counts, each with a sentence for operators; called in a fixed order. */
public interface CounterSink {
    /**
     * A number that only grows.
     *
     * @param help what it counts, and when
     */
    void counter(String name, String help, long value);

    /** A number that goes up and down, or the largest one seen. */
    void gauge(String name, String help, long value);

    /**
     * One of a family of counters that are told apart by a reason; all of a family come one after another.
     *
     * @param reason a word in lower case
     */
    void refusals(String family, String help, String reason, long value);
}
