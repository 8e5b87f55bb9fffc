package io.orrery.raft.log;

/** What a write-ahead log has written since the node started. Written by the node's thread alone. */
public final class WalCounters {
    private static final int LATELY = 8;

    long batches;
    long records;
    long bytes;
    long syncNanosSum;
    long syncNanosMax;
    long syncNanosLately;
    long syncs;
    long bytesRewritten;
    long segmentsReleased;
    long segmentsRecycled;
    long writesRefused;
    long spaceRetries;
    long bytesScrubbed;
    long damagesFound;
    long marks;
    Watermark lastMark = Watermark.NONE;
    String lastDamage = "";

    void onSync(long nanos) {
        syncs++;
        syncNanosSum += nanos;
        syncNanosLately = syncs == 1 ? nanos : syncNanosLately + (nanos - syncNanosLately) / LATELY;
        syncNanosMax = Math.max(syncNanosMax, nanos);
    }

    void onDamage(String file, long offset, String what) {
        damagesFound++;
        lastDamage = file + " at offset " + offset + ": " + what;
    }

    /** Writes, each followed by one sync. */
    public long batches() {
        return batches;
    }

    /** Records that groups appended; not those that the log adds for itself. */
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

    /** The time from a batch's write to the end of its sync, a mean of the last few. */
    public long syncNanosLately() {
        return syncNanosLately;
    }

    public long syncMicrosMax() {
        return syncNanosMax / 1000;
    }

    /** Bytes written again so that the segments that held them could be released. */
    public long bytesRewritten() {
        return bytesRewritten;
    }

    /** Segments given away, because nothing in them was needed. */
    public long segmentsReleased() {
        return segmentsReleased;
    }

    /** Released segments that became new ones. */
    public long segmentsRecycled() {
        return segmentsRecycled;
    }

    /** Writes that a full disk refused. */
    public long writesRefused() {
        return writesRefused;
    }

    /** How often it was tried whether a full disk has space again. */
    public long spaceRetries() {
        return spaceRetries;
    }

    /** Bytes read back in the background. */
    public long bytesScrubbed() {
        return bytesScrubbed;
    }

    /** Damaged segments that reading back has found; what was live in them was written again from memory. */
    public long damagesFound() {
        return damagesFound;
    }

    /** The last of them: file, offset, and what was wrong; empty if there was none. */
    public String lastDamage() {
        return lastDamage;
    }

    /** How often it was written down beside the log how far it is durable. */
    public long marks() {
        return marks;
    }

    /** The segment's file that the last of them names; empty if there is none. */
    public String markedFile() {
        return lastMark.number() == 0 ? "" : WalFormat.fileName(lastMark.segment());
    }

    /** Up to where in that file the log is durable at least. */
    public long markedOffset() {
        return lastMark.offset();
    }
}
