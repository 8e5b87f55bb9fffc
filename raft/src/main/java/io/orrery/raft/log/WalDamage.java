package io.orrery.raft.log;

/**
 * A part of a segment that recovery found damaged: what lay there was durable once, and is lost on this disk.
 *
 * @param file the segment, in the log's folder
 * @param from where the damage begins, in bytes
 * @param to where the next intact record begins
 * @param reason what is wrong at the beginning
 */
public record WalDamage(String file, long from, long to, String reason) {
    @Override
    public String toString() {
        return file + " from offset " + from + " to " + to + ": " + reason;
    }
}
