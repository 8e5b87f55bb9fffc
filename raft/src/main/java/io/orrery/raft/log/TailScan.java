package io.orrery.raft.log;

import io.orrery.kernel.Check;
import io.orrery.kernel.codec.Bytes;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/** Looks at what lies behind the last intact batch of the last segment. */
final class TailScan {
    /** What it is. */
    enum Verdict {
        /** Nothing but zeros: space that was taken for batches to come. */
        EMPTY,
        /** A batch that did not become whole, or what the file held in an earlier life. */
        TORN,
        /** There is an intact commit record of a later batch: what is before it was durable, and is damaged. */
        DAMAGED
    }

    private final CarefulReader reader;
    private final String file;
    private final long segment;
    private final long fileLength;
    private final long committed;
    private final int readBytes;
    private final Consumer<Verdict> done;
    private final CRC32C crc = new CRC32C();
    private long position;
    private boolean isEmpty;

    /**
     * @param committed end of the last intact batch
     * @param from where to begin: up to there all records were intact
     */
    TailScan(
            CarefulReader reader,
            long segment,
            long fileLength,
            long committed,
            long from,
            int readBytes,
            Consumer<Verdict> done) {
        this.reader = reader;
        this.file = WalFormat.fileName(segment);
        this.segment = segment;
        this.fileLength = fileLength;
        this.committed = committed;
        this.readBytes = readBytes;
        this.done = done;
        this.position = from;
        this.isEmpty = from == committed;
    }

    void start() {
        if (position >= fileLength) {
            done.accept(isEmpty ? Verdict.EMPTY : Verdict.TORN);
        } else {
            reader.read(file, position, readBytes, this::onRead);
        }
    }

    /** Looks at each place where a commit record of a later batch could be. */
    private void onRead(Bytes bytes) {
        Check.that(!bytes.isEmpty(), "a segment does not shrink", segment, position);
        byte[] array = bytes.array();
        int end = bytes.offset() + bytes.length();
        int at = bytes.offset();
        for (; end - at >= WalFormat.COMMIT_BYTES; at += 8) {
            if (WalFormat.longAt(array, at) != 0) {
                isEmpty = false;
                if (isLaterCommit(array, at, position + at - bytes.offset())) {
                    done.accept(Verdict.DAMAGED);
                    return;
                }
            }
        }
        boolean isLast = position + bytes.length() >= fileLength;
        for (int rest = at; isLast && rest < end; rest++) {
            isEmpty &= array[rest] == 0;
        }
        position = isLast ? fileLength : position + at - bytes.offset();
        start();
    }

    private boolean isLaterCommit(byte[] array, int at, long offset) {
        return WalFormat.intAt(array, at + 4) == WalFormat.COMMIT_BYTES
                && array[at + 8] == WalFormat.COMMIT
                && WalFormat.longAt(array, at + 16) > committed
                && WalFormat.intAt(array, at)
                        == WalFormat.checksum(array, at, WalFormat.COMMIT_BYTES, segment, offset, crc);
    }
}
