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
    long promisesBroken;
    long syncsLied;
    long writesRefused;
    long readsRefused;
    long writesMisdirected;
    long readsMisdirected;
    long bitsRotted;
    long sectorsBad;
    long wipes;
    long filesOverwritten;

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

    /** Changes that a lying sync said were durable and that are lost or torn. */
    public long promisesBroken() {
        return promisesBroken;
    }

    /** Syncs that succeeded and made nothing durable. */
    public long syncsLied() {
        return syncsLied;
    }

    /** Writes and extensions that found no space. */
    public long writesRefused() {
        return writesRefused;
    }

    /** Reads of sectors that cannot be read. */
    public long readsRefused() {
        return readsRefused;
    }

    /** Writes that landed in another place than asked. */
    public long writesMisdirected() {
        return writesMisdirected;
    }

    /** Reads that were answered with what lies in another place. */
    public long readsMisdirected() {
        return readsMisdirected;
    }

    /** Bits that flipped in what was durable. */
    public long bitsRotted() {
        return bitsRotted;
    }

    /** Sectors that became unreadable. */
    public long sectorsBad() {
        return sectorsBad;
    }

    /** Files of which something durable was overwritten by somebody else. */
    public long filesOverwritten() {
        return filesOverwritten;
    }

    /** How often the disk was replaced by an empty one. */
    public long wipes() {
        return wipes;
    }
}
