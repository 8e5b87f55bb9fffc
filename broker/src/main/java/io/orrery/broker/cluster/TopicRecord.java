package io.orrery.broker.cluster;

/**
 * A topic of a namespace.
 *
 * @param createdIndex of the command that created it
 */
public record TopicRecord(String name, TopicSpec spec, long createdIndex) {}
