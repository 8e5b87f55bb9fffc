package io.orrery.raft.log;

/** What a write-ahead log has written since the node started. Written by the node's thread alone. */
public final class WalCounters {
    long batches;
    long records;
    long bytes;
    long syncNanosSum;
    long syncNanosMax;
    long syncs;

    void onSync(long nanos) {
        syncs++;
        syncNanosSum += nanos;
        syncNanosMax = Math.max(syncNanosMax, nanos);
    }

    /** Writes, each followed by one sync. */
    public long batches() {
        return batches;
    }

    public long records() {
        return records;
    }

    public long bytes() {
        return bytes;
    }

    public long syncs() {
        return syncs;
    }

    /** The mean time from a batch's write to the end of its sync, in microseconds. */
    public long syncMicrosMean() {
        return syncs == 0 ? 0 : syncNanosSum / syncs / 1000;
    }

    public long syncMicrosMax() {
        return syncNanosMax / 1000;
    }
}
