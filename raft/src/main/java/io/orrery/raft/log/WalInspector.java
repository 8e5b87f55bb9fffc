package io.orrery.raft.log;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Storage.FileStat;
import io.orrery.kernel.StorageHaltException;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Reads a log that no node is using, as a node's recovery would, and changes nothing: what is in it, and what is wrong with it.
 * All entries come into memory, one file's piece at a time.
 */
public final class WalInspector {
    private static final int READ_BYTES = 1024 * 1024;

    /** The files of a log's folder. */
    public interface Files {
        List<FileStat> list();

        /** Up to so many bytes, fewer at the file's end; null if they cannot be read. */
        Bytes read(String file, long offset, int length);
    }

    /**
     * One segment.
     *
     * @param version of its format; 0 if its header is not intact
     * @param node whose log it is; empty if it does not say
     * @param batches that are intact
     * @param records that were read
     * @param endBytes up to where it holds intact batches
     */
    public record Segment(
            String file, long bytes, int version, String node, long batches, long records, long endBytes) {}

    /**
     * One group's log.
     *
     * @param first index of the first entry; one more than {@code last} if there is none
     * @param forgetful whether the group may have lost a vote or entries, and would not vote
     * @param damaged what is missing of it; empty if that is nothing, or not known
     */
    public record Group(
            long group,
            long first,
            long last,
            long lastTerm,
            long snapshotIndex,
            long snapshotTerm,
            HardState hardState,
            boolean forgetful,
            String damaged) {}

    /**
     * What was found.
     *
     * @param watermark up to where the log was durable at least, as is written down beside it; empty for nowhere
     * @param spareBytes length of the file that is kept for the next segment; 0 if there is none
     * @param torn what a node's start would cut off as a torn write, which nobody was told of; null for nothing
     * @param refusal why a node does not start on this log; null if it does
     */
    public record Report(
            List<Segment> segments,
            List<Group> groups,
            List<WalDamage> damages,
            String watermark,
            long spareBytes,
            String torn,
            String refusal) {
        /** Whether nothing that was durable is damaged. */
        public boolean isSound() {
            return damages.isEmpty() && refusal == null;
        }
    }

    /** What of a segment was read. */
    private static final class Counted {
        private long batches;
        private long records;
        private long end;
    }

    private final Files files;
    private final TreeMap<Long, RaftLog> logs = new TreeMap<>();
    private final TreeMap<Long, Counted> counted = new TreeMap<>();
    private final Segments segments = new Segments();
    private final List<WalDamage> damages = new ArrayList<>();
    private long firstNeeded = 1;
    private Watermark watermark = Watermark.NONE;
    private final ChunkPool chunks = new ChunkPool();
    private String refusal;
    private long reading;

    private WalInspector(Files files) {
        this.files = files;
    }

    /** Reads all of it. */
    public static Report inspect(Files files) {
        return new WalInspector(files).run();
    }

    private Report run() {
        ReadOnlyFiles storage = new ReadOnlyFiles(files);
        LogReplay replay =
                new LogReplay(
                        group -> logs.computeIfAbsent(group, id -> new RaftLog(null, id, segments, chunks)),
                        needed -> firstNeeded = Math.max(firstNeeded, needed),
                        Trace.OFF) {
                    @Override
                    public void onSegment(long number) {
                        super.onSegment(number);
                        reading = number;
                    }

                    @Override
                    public void onBatch(long endOffset, int records) {
                        Counted now = counted.computeIfAbsent(reading, number -> new Counted());
                        now.batches++;
                        now.records += records;
                        now.end = endOffset;
                    }
                };
        SegmentHeader header = new SegmentHeader(owner(), WalFormat.VERSION);
        try {
            new WalRecovery(storage, header, READ_BYTES, replay, Trace.OFF, tail -> onRead(tail, replay)).start();
            storage.run();
        } catch (StorageHaltException e) {
            refusal = e.getMessage();
        }
        return report(storage, replay);
    }

    private void onRead(WalRecovery.Tail tail, LogReplay replay) {
        damages.addAll(tail.damages());
        watermark = tail.watermark();
        tail.lengths().forEach((number, length) -> {
            segments.open(number);
            segments.length(number, length);
        });
        if (damages.isEmpty() && !segments.isEmpty() && segments.oldest() > firstNeeded) {
            refusal = WalFormat.fileName(segments.oldest() - 1) + ": the segment is missing";
        }
        for (RaftLog log : logs.values()) {
            String fault = log.onRecovered(replay.gaps());
            refusal = fault == null || refusal != null ? refusal : fault;
        }
    }

    private Report report(ReadOnlyFiles storage, LogReplay replay) {
        List<Group> groups = new ArrayList<>();
        for (RaftLog log : logs.values()) {
            long lastTerm = refusal == null ? log.lastTerm() : 0;
            groups.add(new Group(
                    log.group(),
                    log.firstIndex(),
                    log.lastIndex(),
                    lastTerm,
                    log.snapshotIndex(),
                    log.snapshotTerm(),
                    log.hardState(),
                    log.hardState().forgot() || log.isForgetful(replay.gaps()),
                    log.damaged()));
        }
        List<Segment> found = new ArrayList<>();
        long spare = 0;
        for (FileStat file : files.list()) {
            long number = WalFormat.segmentOf(file.name());
            if (number > 0) {
                found.add(segment(file, counted.getOrDefault(number, new Counted())));
            }
            spare = file.name().equals(Spare.FILE) ? file.length() : spare;
        }
        String mark = watermark.number() == 0 ? "" : watermark.toString();
        return new Report(found, groups, List.copyOf(damages), mark, spare, storage.cut(), refusal);
    }

    private Segment segment(FileStat file, Counted read) {
        Bytes head = head(file.name());
        int version = head == null ? 0 : SegmentHeader.versionOf(head);
        String node = head == null ? "" : SegmentHeader.ownerOf(head);
        return new Segment(file.name(), file.length(), version, node, read.batches, read.records, read.end);
    }

    /** The intact header of a segment; null if it is not intact. */
    private Bytes head(String file) {
        Bytes bytes = files.read(file, 0, 1024);
        return bytes != null && SegmentHeader.isIntact(bytes, WalFormat.segmentOf(file)) ? bytes : null;
    }

    /** The node whose log this is, as the first intact header that names one says. */
    private NodeId owner() {
        for (FileStat file : files.list()) {
            if (WalFormat.segmentOf(file.name()) > 0) {
                Bytes head = head(file.name());
                String name = head == null ? "" : SegmentHeader.ownerOf(head);
                if (!name.isEmpty()) {
                    return NodeId.of(name);
                }
            }
        }
        return NodeId.of("n0");
    }
}
