package io.orrery.broker.boot;

/**
 * A message in its envelope.
 *
 * @param cluster the name of the sender's cluster, formed or not
 */
public record Letter(String cluster, BootMessage message) {}
