package io.orrery.raft.log;

import io.orrery.kernel.Kernel;
import io.orrery.kernel.Storage.Failure;
import io.orrery.kernel.Time;
import io.orrery.kernel.Timer;
import io.orrery.kernel.codec.Bytes;
import java.util.zip.CRC32C;

/**
 * Reads what is durable back, slowly and again and again, so that bit rot is found while there is a good copy of everything
 * in memory. A record that is wrong at a second look too means that its segment is damaged: the log then writes again what is
 * live up to there and gives the segment away.
 *
 * <ul>
 *   <li>I1: one read at a time, and at most {@link #PIECE_BYTES} in {@link #PAUSE_NANOS}, or one record if that is longer.
 * </ul>
 *
 * <p>An operating system may answer from memory what it has read before; what is wrong on the device then shows later.
 */
final class Scrubber {
    static final long PAUSE_NANOS = Time.seconds(1);
    static final int PIECE_BYTES = 256 * 1024;

    /** What the scrubber needs of the log. */
    interface Source {
        /** The oldest segment; 0 if there is none. */
        long oldest();

        /** Up to where a segment is durable; -1 if there is no such segment. */
        long durableBytes(long segment);

        /** A segment is damaged. */
        void onDamage(long segment, long offset, String what);
    }

    private final Kernel kernel;
    private final Source source;
    private final WalCounters counters;
    private final Timer timer;
    private final CRC32C crc = new CRC32C();
    private long segment;
    private String name;
    private long position;
    private int wanted = WalFormat.HEADER_BYTES;
    private boolean isSecondLook;

    Scrubber(Kernel kernel, Source source, WalCounters counters) {
        this.kernel = kernel;
        this.source = source;
        this.counters = counters;
        this.timer = kernel.timer("scrub", this::read);
    }

    void start() {
        timer.restart(PAUSE_NANOS);
    }

    private void read() {
        if (segment < source.oldest() || source.durableBytes(segment) < 0) {
            begin(source.oldest());
        }
        long durable = source.durableBytes(segment);
        if (position >= durable) {
            begin(segment + 1);
            start();
            return;
        }
        int length = (int) Math.min(durable - position, Math.max(PIECE_BYTES, wanted));
        long asked = segment;
        kernel.storage().read(name, position, length, (bytes, failure) -> {
            if (asked >= source.oldest()) {
                onRead(bytes, failure);
            }
            start();
        });
    }

    private void begin(long number) {
        segment = number;
        name = WalFormat.fileName(number);
        position = 0;
        wanted = WalFormat.HEADER_BYTES;
        isSecondLook = false;
    }

    private void onRead(Bytes bytes, Failure failure) {
        if (failure != null) {
            onBad("it cannot be read: " + failure.reason());
            return;
        }
        counters.bytesScrubbed += bytes.length();
        byte[] array = bytes.array();
        int end = bytes.offset() + bytes.length();
        for (int at = bytes.offset(); end - at >= WalFormat.HEADER_BYTES; ) {
            int length = WalFormat.intAt(array, at + 4);
            long rest = source.durableBytes(segment) - position;
            if (length < WalFormat.HEADER_BYTES || length > rest || WalFormat.padded(length) > rest) {
                onBad("a record of " + length + " bytes");
                return;
            }
            wanted = WalFormat.padded(length);
            if (end - at < wanted) {
                return;
            }
            if (WalFormat.intAt(array, at) != WalFormat.checksum(array, at, length, segment, position, crc)) {
                onBad("a record with a wrong checksum");
                return;
            }
            isSecondLook = false;
            position += wanted;
            at += wanted;
            wanted = WalFormat.HEADER_BYTES;
        }
    }

    /** A read may be wrong though what it should have read is right. */
    private void onBad(String what) {
        if (!isSecondLook) {
            isSecondLook = true;
            return;
        }
        source.onDamage(segment, position, what);
        begin(segment + 1);
    }
}
