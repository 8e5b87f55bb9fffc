package io.orrery.server.bench;

import java.util.function.Supplier;

/**
 * Something to simulate, again and again.
 *
 * @param name one word
 * @param what it is, for people
 * @param command that runs one of its seeds again, up to the seed; empty if none does
 * @param round runs it once, on the caller's thread
 */
record SimLoad(String name, String what, String command, Supplier<SimWork> round) {}
