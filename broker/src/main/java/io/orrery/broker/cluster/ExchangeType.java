package io.orrery.broker.cluster;

/** How messages of a topic find its consumer groups, in the words of AMQP 0.9.1. */
public enum ExchangeType {
    /** Every group gets every message. */
    FANOUT,
    /** By an equal routing key. */
    DIRECT,
    /** By a pattern of the routing key. */
    TOPIC,
    /** By the message's headers. */
    HEADERS
}
