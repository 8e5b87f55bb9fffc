package io.orrery.server.bench;

/**
 * What judging histories of one kind took.
 *
 * @param operations of each history
 * @param valid histories of which that was said
 * @param steps of the search; operations begun and ended, where none is needed
 * @param millis processor time of one history
 */
public record CheckerRow(
        String name, int operations, int valid, int invalid, int undecided, Spread steps, Spread millis) {}
