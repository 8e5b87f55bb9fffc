package io.orrery.raft.read;

/**
 * What a voter owes to leases: for an election timeout after it heard a leader, of whatever term, it votes for nobody, unless
 * that leader itself hands over. It outlives roles and terms. A restart forgets it; so a voter that starts behaves as if it
 * had heard a leader just then.
 *
 * <p>Where leases are off it never objects: then stickiness alone, which a later term ends, keeps elections rare.
 */
public final class VoteGuard {
    private final boolean enabled;
    private final long electionNanos;
    private long heardNanos;

    /**
     * @param electionNanos for so long it votes for nobody
     */
    public VoteGuard(ReadConfig config, long electionNanos) {
        this.enabled = config.leases();
        this.electionNanos = electionNanos;
    }

    /** This incarnation begins to take messages. */
    public void onStart(long nowNanos) {
        heardNanos = nowNanos;
    }

    /** A leader was heard. */
    public void onHeard(long nowNanos) {
        heardNanos = nowNanos;
    }

    /** Whether a leader that this voter heard may hold a lease. */
    public boolean forbids(long nowNanos) {
        return enabled && nowNanos - heardNanos < electionNanos;
    }
}
