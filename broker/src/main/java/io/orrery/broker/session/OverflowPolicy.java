package io.orrery.broker.session;

/** What happens to a message for a client whose queue is full. */
public enum OverflowPolicy {
    /** The message that comes is dropped. */
    DROP_NEWEST,
    /** The message that waited longest is dropped. */
    DROP_OLDEST,
    /** The client is disconnected with QUOTA_EXCEEDED. */
    DISCONNECT
}
