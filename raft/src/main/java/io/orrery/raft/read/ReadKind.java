package io.orrery.raft.read;

/** How a read learns from where on a replica's state is recent enough. Both are linearizable, on any member of the group. */
public enum ReadKind {
    /**
     * The leader has a majority confirm that it still leads: one round of messages, shared by all reads that wait. Needs no
     * clock (ReadIndex: dissertation, section 6.4).
     */
    INDEX,
    /**
     * While the leader's {@link Lease} holds it answers at once, without a round. Where leases are off, or the lease does not
     * hold, the same as {@link #INDEX}. Relies on clocks whose drift stays within the configured bound.
     */
    LEASE
}
