package io.orrery.transport.aeron;

/** Who runs the media driver. Fewer threads than cores is the rule: a driver thread without a core makes the tail. */
public enum Threading {
    /** The node's own thread, inside {@code poll()}. The default, and the fastest where cores are few. */
    INVOKER,
    /** One thread for the whole driver. */
    SHARED,
    /** A thread each for conductor, sender and receiver: for machines with cores to spare for them. */
    DEDICATED
}
