package io.orrery.server.node;

import io.orrery.raft.log.Wal;
import io.orrery.raft.log.WalCounters;
import io.orrery.server.admin.MetricsWriter;

/** Counters and gauges of a node's write-ahead log for Prometheus. */
final class WalMetrics {
    private WalMetrics() {}

    /** On the node's thread. */
    static void wal(Wal wal, MetricsWriter out) {
        WalCounters counters = wal.counters();
        out.gauge(
                "orrery_raft_wal_full",
                "Whether the disk is so full that the log refuses commands.",
                wal.isFull() ? 1 : 0);
        out.gauge(
                "orrery_raft_wal_silent_seconds",
                "For how long the disk has owed the log an answer.",
                wal.silentNanos() / 1_000_000_000L);
        out.counter(
                "orrery_raft_wal_writes_refused",
                "Writes of the log that a full disk refused.",
                counters.writesRefused());
        out.counter(
                "orrery_raft_wal_batches", "Batches of records of all groups written to the log.", counters.batches());
        out.counter("orrery_raft_wal_syncs", "Syncs of the log, each of one batch.", counters.syncs());
        out.counter("orrery_raft_wal_bytes", "Bytes written to the log.", counters.bytes());
        out.counter(
                "orrery_raft_wal_bytes_rewritten",
                "Bytes written to the log again so that their segments could be released.",
                counters.bytesRewritten());
        out.counter(
                "orrery_raft_wal_segments_released",
                "Segments of the log that nobody needed any more and that were released.",
                counters.segmentsReleased());
        out.counter(
                "orrery_raft_wal_bytes_scrubbed",
                "Bytes of the log read back to find damage.",
                counters.bytesScrubbed());
        out.counter(
                "orrery_raft_wal_damages_found",
                "Damaged segments of the log found by reading back, and repaired from memory.",
                counters.damagesFound());
    }
}
