package io.orrery.broker.boot;

import io.orrery.kernel.Check;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.Storage;
import io.orrery.kernel.StorageHaltException;
import io.orrery.kernel.Time;
import io.orrery.kernel.Timer;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * The record of first boot on disk, in two copies. Numbers are little-endian:
 *
 * <pre>
 *   magic "OBOT" u32, version u32, sequence u64, length u32, record, crc32c u32 of all before
 * </pre>
 *
 * <ul>
 *   <li>F1: a record is durable in one copy before the other is touched. So there is a whole one at any time, and damage to
 *       one copy loses nothing.
 *   <li>F2: whoever waits for a record hears when it is durable in both. The last record waits for all before it.
 *   <li>F3: what was read is made durable again before it is used: a dead process may have left it in a cache.
 *   <li>F4: a copy is read twice: one read that is answered with something else is not believed. A copy that cannot be read
 *       is made up for by the other; the second alone tells whether anybody was told of a first record.
 *   <li>F5: two damaged copies, or one of a later version, stop the node: it may have promised something.
 *   <li>F6: a disk that fails is tried again each second.
 * </ul>
 */
final class BootFile {
    static final int VERSION = 1;
    /** Records that wait to be written; beyond it, a request is dropped as if its message had been lost. */
    static final int PENDING_MAX = 64;

    private static final String[] COPIES = {"first-boot.a", "first-boot.b"};
    private static final int MAGIC = 0x544F424F;
    private static final int HEADER_BYTES = 20;
    private static final int BYTES_MAX = 64 * 1024;
    private static final int READS = 4;
    private static final long RETRY_NANOS = Time.seconds(1);

    /** What one copy holds. */
    private enum Content {
        NOTHING,
        UNREADABLE,
        DAMAGED,
        WHOLE
    }

    private record Pending(Bytes data, Runnable done) {}

    private final Kernel kernel;
    private final Timer retry;
    private final ArrayDeque<Pending> pending = new ArrayDeque<>();
    private final Content[] contents = {Content.NOTHING, Content.NOTHING};
    private Runnable again;
    private BootRecord found = BootRecord.EMPTY;
    private long sequence;
    private boolean isBusy;

    BootFile(Kernel kernel) {
        this.kernel = kernel;
        this.retry = kernel.timer("boot-file-retry", () -> again.run());
    }

    /**
     * Reads the record; {@link BootRecord#EMPTY} if there is none.
     *
     * @throws StorageHaltException in a later event, if there may be one and it cannot be read
     */
    void read(Consumer<BootRecord> done) {
        read(0, done);
    }

    private void read(int step, Consumer<BootRecord> done) {
        if (step == READS) {
            onRead(done);
            return;
        }
        int copy = step % 2;
        kernel.storage().read(COPIES[copy], 0, BYTES_MAX, (data, failure) -> {
            Content content = failure == null ? parse(data) : Content.UNREADABLE;
            if (content.compareTo(contents[copy]) > 0) {
                contents[copy] = content;
            }
            read(step + 1, done);
        });
    }

    private void onRead(Consumer<BootRecord> done) {
        boolean isWhole = contents[0] == Content.WHOLE || contents[1] == Content.WHOLE;
        if (!isWhole && contents[1] == Content.UNREADABLE) {
            retryLater("read", "neither copy can be read", () -> read(0, done));
            return;
        }
        if (!isWhole && contents[1] == Content.DAMAGED) {
            throw new StorageHaltException(
                    StorageHaltException.Kind.CORRUPT,
                    "both copies of the record of this node's first boot, " + String.join(" and ", COPIES)
                            + ", are damaged: which cluster it is of, or what it promised, is not known. Put one back"
                            + " from a backup, or remove the node from its cluster and give it an empty directory");
        }
        if (!isWhole) {
            // A torn first write, at the most: by F1 nobody was told of it.
            done.accept(BootRecord.EMPTY);
            return;
        }
        write(found, () -> done.accept(found));
    }

    private Content parse(Bytes data) {
        if (data.length() == 0) {
            return Content.NOTHING;
        }
        if (data.length() < HEADER_BYTES) {
            return Content.DAMAGED;
        }
        Decoder in = data.decoder();
        int magic = in.readInt();
        int version = in.readInt();
        long read = in.readLong();
        int length = in.readInt();
        if (magic != MAGIC || length < 0 || length > data.length() - HEADER_BYTES - Integer.BYTES) {
            return Content.DAMAGED;
        }
        int end = HEADER_BYTES + length;
        if (data.slice(0, end).crc32c()
                != data.slice(end, Integer.BYTES).decoder().readInt()) {
            return Content.DAMAGED;
        }
        if (version > VERSION) {
            throw new StorageHaltException(
                    StorageHaltException.Kind.CORRUPT,
                    "the file " + COPIES[0] + " is of format version " + version + ", known is " + VERSION
                            + ": was it written by a newer release?");
        }
        try {
            Decoder record = data.slice(HEADER_BYTES, length).decoder();
            BootRecord decoded = BootRecord.decode(record);
            record.expectEnd();
            if (read > sequence) {
                sequence = read;
                found = decoded;
            }
            return Content.WHOLE;
        } catch (DecodeException e) {
            return Content.DAMAGED;
        }
    }

    /** Whether a record can be taken now. */
    boolean hasRoom() {
        return pending.size() < PENDING_MAX;
    }

    /** Makes a record durable; F2. */
    void write(BootRecord record, Runnable done) {
        Check.that(!record.isEmpty() && hasRoom(), "a record has its disk's mark, and a place");
        pending.add(new Pending(format(record, ++sequence), done));
        if (!isBusy) {
            isBusy = true;
            write(0);
        }
    }

    private void write(int copy) {
        if (copy == COPIES.length) {
            pending.poll().done.run();
            isBusy = !pending.isEmpty();
            if (isBusy) {
                write(0);
            }
            return;
        }
        Storage storage = kernel.storage();
        storage.write(COPIES[copy], 0, pending.peek().data, (none, failure) -> {
            if (failure != null) {
                retryLater("write", failure.reason(), () -> write(copy));
                return;
            }
            storage.sync(COPIES[copy], (synced, unsynced) -> {
                if (unsynced != null) {
                    retryLater("sync", unsynced.reason(), () -> write(copy));
                } else {
                    write(copy + 1);
                }
            });
        });
    }

    private void retryLater(String what, String why, Runnable step) {
        kernel.trace().transition("boot-file-retry", what + ": " + why);
        again = step;
        retry.restart(RETRY_NANOS);
    }

    /** A copy's bytes. */
    static Bytes format(BootRecord record, long sequence) {
        Encoder body = new Encoder();
        record.encode(body);
        Bytes bytes = body.toBytes();
        Encoder out = new Encoder();
        out.writeInt(MAGIC);
        out.writeInt(VERSION);
        out.writeLong(sequence);
        out.writeInt(bytes.length());
        out.writeRaw(bytes);
        out.writeInt(out.toBytes().crc32c());
        return out.toBytes();
    }
}
