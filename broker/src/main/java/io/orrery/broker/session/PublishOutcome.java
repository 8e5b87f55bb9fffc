package io.orrery.broker.session;

/** What became of a message at the publisher's node. */
public enum PublishOutcome {
    /** Handed over to everyone who wants it. */
    ROUTED,
    /** Nobody wants it. */
    NO_SUBSCRIBERS,
    /** A node that wants it cannot take more: nobody got it, and the publisher may try again. */
    OVERLOADED
}
