package io.orrery.jepsen.peer;

/**
 * What a receiver has delivered.
 *
 * @param epoch of the connection that it knows
 * @param next the sequence number it waits for: all below are delivered
 */
public record Ack(long epoch, long next) {}
