package io.orrery.raft.snapshot;

/** What a replica did with snapshots since it started. Written by the node's thread alone. */
public final class SnapshotCounters {
    long taken;
    long abandoned;
    long takeNanosLast;
    long installed;
    long slicesServed;
    long slicesRefused;
    long slicesReceived;
    long damaged;

    public void onServed() {
        slicesServed++;
    }

    public void onRefused() {
        slicesRefused++;
    }

    public void onDamaged() {
        damaged++;
    }

    public void onInstalled() {
        installed++;
    }

    /** Snapshots taken. */
    public long taken() {
        return taken;
    }

    /** Snapshots given up because the disk refused them. */
    public long abandoned() {
        return abandoned;
    }

    /** How long the last one took to be taken, by the node's clock. */
    public long takeNanosLast() {
        return takeNanosLast;
    }

    /** Snapshots fetched and installed. */
    public long installed() {
        return installed;
    }

    /** Slices sent to others. */
    public long slicesServed() {
        return slicesServed;
    }

    /** Slices that others asked for, and that are not here. */
    public long slicesRefused() {
        return slicesRefused;
    }

    /** Slices fetched from others. */
    public long slicesReceived() {
        return slicesReceived;
    }

    /** Damaged slices, headers and footers that were found. */
    public long damaged() {
        return damaged;
    }
}
