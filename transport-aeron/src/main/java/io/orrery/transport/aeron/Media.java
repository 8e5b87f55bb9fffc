package io.orrery.transport.aeron;

/** What carries the frames. */
public enum Media {
    /** Unicast UDP; addresses are {@code host:port}. */
    UDP,
    /**
     * Shared memory of one machine, through a driver that all its nodes share; addresses are {@code ipc:number}, the
     * number unique per node.
     */
    IPC
}
