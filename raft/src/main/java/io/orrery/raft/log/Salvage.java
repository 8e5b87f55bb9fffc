package io.orrery.raft.log;

import io.orrery.kernel.codec.Bytes;
import java.util.function.LongConsumer;
import java.util.zip.CRC32C;

/**
 * Looks behind damage for the next intact record of a segment. A record vouches for itself by its checksum, which is made for
 * its own place; so what is intact behind the damage is what was written there.
 */
final class Salvage {
    private final CarefulReader reader;
    private final String file;
    private final long segment;
    private final long fileLength;
    private final int readBytes;
    private final LongConsumer done;
    private final CRC32C crc = new CRC32C();
    private long position;
    private int wanted = WalFormat.HEADER_BYTES;

    /**
     * @param done takes the offset of the next intact record, or the file's length if there is none
     */
    Salvage(CarefulReader reader, long segment, long fileLength, int readBytes, LongConsumer done) {
        this.reader = reader;
        this.file = WalFormat.fileName(segment);
        this.segment = segment;
        this.fileLength = fileLength;
        this.readBytes = readBytes;
        this.done = done;
    }

    /** Begins with the first place behind the damaged record's own. */
    void start(long damagedAt) {
        position = damagedAt / 8 * 8 + 8;
        read();
    }

    private void read() {
        if (fileLength - position < WalFormat.HEADER_BYTES) {
            done.accept(fileLength);
        } else {
            reader.read(file, position, Math.max(readBytes, wanted), this::onRead);
        }
    }

    private void onRead(Bytes bytes) {
        byte[] array = bytes.array();
        int end = bytes.offset() + bytes.length();
        for (int at = bytes.offset(); end - at >= WalFormat.HEADER_BYTES; at += 8, position += 8) {
            wanted = WalFormat.HEADER_BYTES;
            int length = WalFormat.intAt(array, at + 4);
            if (!isPlausible(array, at, length)) {
                continue;
            }
            wanted = WalFormat.padded(length);
            if (end - at < wanted) {
                read();
                return;
            }
            if (WalFormat.intAt(array, at) == WalFormat.checksum(array, at, length, segment, position, crc)) {
                done.accept(position);
                return;
            }
        }
        wanted = WalFormat.HEADER_BYTES;
        if (bytes.length() < WalFormat.HEADER_BYTES) {
            done.accept(fileLength);
        } else {
            read();
        }
    }

    private boolean isPlausible(byte[] array, int at, int length) {
        int type = array[at + 8];
        return length > WalFormat.HEADER_BYTES
                && length <= WalFormat.RECORD_BYTES_MAX
                && WalFormat.padded(length) <= fileLength - position
                && type >= WalFormat.ENTRY
                && type <= WalFormat.RELEASE
                && array[at + 10] == 0
                && array[at + 11] == 0;
    }
}
