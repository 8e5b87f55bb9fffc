package io.orrery.sim.disk;

/** What a disk did since the run began, over all incarnations of its node. */
public final class DiskCounters {
    long operations;
    long syncs;
    long syncsFailed;
    long changesLost;
    long changesKept;
    long changesTorn;
    long namesLost;

    public long operations() {
        return operations;
    }

    public long syncs() {
        return syncs;
    }

    public long syncsFailed() {
        return syncsFailed;
    }

    /** Unsynced writes and truncations that a crash undid. */
    public long changesLost() {
        return changesLost;
    }

    /** Unsynced writes and truncations that a crash let stand. */
    public long changesKept() {
        return changesKept;
    }

    /** Unsynced writes of which a crash kept some sectors. */
    public long changesTorn() {
        return changesTorn;
    }

    /** Creations, renames and deletions that a crash undid. */
    public long namesLost() {
        return namesLost;
    }
}
