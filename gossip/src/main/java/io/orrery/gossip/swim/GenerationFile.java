package io.orrery.gossip.swim;

import io.orrery.gossip.GossipConfig;
import io.orrery.gossip.GossipCounters;
import io.orrery.gossip.GossipCounters.Counter;
import io.orrery.gossip.GossipMarks;
import io.orrery.gossip.Incarnation;
import io.orrery.kernel.Check;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.Storage;
import io.orrery.kernel.StorageHaltException;
import io.orrery.kernel.Time;
import io.orrery.kernel.Timer;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.Encoder;
import java.util.function.LongConsumer;

/**
 * The generation on disk, in the versions that there are; numbers are little-endian:
 *
 * <pre>
 *   1   magic "OGEN" u32, generation u64, crc32c u32 of the twelve bytes before
 *   2   magic "ORGN" u32, version u32, crc32c u32 of the eight bytes before, as in all versions to come;
 *       generation u64, crc32c u32 of the twenty bytes before
 * </pre>
 *
 * <ul>
 *   <li>G1: a generation is handed out only after it is durable. So no two boots that kept their disk share one.
 *   <li>G2: it is above the one on disk, and at least the wall clock in microseconds: a boot that lost its disk is above its
 *       predecessors unless the clock was set back as well, and then peers tell (see {@code Membership}). What is below a
 *       millisecond is drawn, or a clock that was set back to that very millisecond would make two boots one.
 *   <li>G3: it is read twice, and the higher counts: one read that is answered with something else, be it an earlier
 *       generation, is not believed.
 *   <li>G4: a disk that fails is tried again each second; until it works, the node stays out of the cluster.
 *   <li>G5: a file of a later version than ours stops the node, and is not touched: a generation of our own might be below it.
 * </ul>
 */
public final class GenerationFile {
    private static final String FILE = "generation";
    private static final String FRESH = "generation.new";
    private static final int MAGIC_OF_VERSION_1 = 0x4E45474F;
    private static final int BYTES_OF_VERSION_1 = 16;
    private static final int MAGIC = 0x4E47524F;
    private static final int HEADER_BYTES = 12;
    private static final int BYTES = 24;
    /** Generations for each millisecond of the wall clock. */
    private static final int DRAWN_MAX = 1_000;

    private static final long RETRY_NANOS = Time.seconds(1);

    private final Kernel kernel;
    private final GossipCounters counters;
    private final int version;
    private final Timer retry;
    private long persisted;
    private long wanted;
    private LongConsumer onDurable;

    /**
     * @param version that is written, and the newest that is read: 1 to {@link GossipConfig#GENERATION_VERSION_MAX}
     */
    public GenerationFile(Kernel kernel, GossipCounters counters, int version) {
        Check.argument(version >= 1 && version <= GossipConfig.GENERATION_VERSION_MAX, "a known format version");
        this.version = version;
        this.kernel = kernel;
        this.counters = counters;
        this.retry = kernel.timer("generation-retry", this::write);
    }

    /**
     * Makes this boot's generation, and hands it over when it is durable.
     *
     * @throws StorageHaltException in the event that reads it, if the file is of a later version
     */
    public void boot(LongConsumer onBooted) {
        kernel.storage().read(FILE, 0, BYTES, (first, failed) -> {
            long once = failed == null ? parse(first) : 0;
            kernel.storage().read(FILE, 0, BYTES, (second, failure) -> {
                persisted = Math.max(once, failure == null ? parse(second) : 0);
                onRead(failure, onBooted);
            });
        });
    }

    private void onRead(Storage.Failure failure, LongConsumer onBooted) {
        long above = Math.min(persisted, Incarnation.GENERATION_MAX - 1) + 1;
        long drawn = kernel.wallMillis() * DRAWN_MAX + kernel.prng().below(DRAWN_MAX);
        long wall = Math.max(1, Math.min(drawn, Incarnation.GENERATION_MAX));
        kernel.trace().transition("boot", failure == null ? "persisted=" + persisted : "unread: " + failure.reason());
        persist(Math.max(above, wall), onBooted);
    }

    /** Makes a generation durable, and hands it over then. One at a time. */
    public void persist(long generation, LongConsumer onPersisted) {
        Check.that(!isBusy(), "one generation is made durable at a time");
        Check.that(generation > persisted, "G2: a generation is above the last", generation, persisted);
        wanted = generation;
        onDurable = onPersisted;
        write();
    }

    /** The last that is durable; 0 before there is one. */
    public long persisted() {
        return persisted;
    }

    public boolean isBusy() {
        return onDurable != null;
    }

    private void write() {
        Storage storage = kernel.storage();
        storage.write(FRESH, 0, format(wanted), (none, failure) -> {
            if (!maybeRetry(failure)) {
                storage.sync(FRESH, (synced, unsynced) -> {
                    if (!maybeRetry(unsynced)) {
                        storage.rename(FRESH, FILE, (renamed, stuck) -> {
                            if (!maybeRetry(stuck)) {
                                onWritten();
                            }
                        });
                    }
                });
            }
        });
    }

    private boolean maybeRetry(Storage.Failure failure) {
        if (failure == null) {
            return false;
        }
        counters.count(Counter.STORAGE_RETRIES);
        kernel.trace().reached(GossipMarks.GENERATION_RETRIED);
        kernel.trace().transition("generation-retry", failure.reason());
        retry.restart(RETRY_NANOS);
        return true;
    }

    private void onWritten() {
        persisted = wanted;
        LongConsumer done = onDurable;
        onDurable = null;
        done.accept(persisted);
    }

    Bytes format(long generation) {
        Encoder out = new Encoder(BYTES, BYTES);
        if (version == 1) {
            out.writeInt(MAGIC_OF_VERSION_1);
        } else {
            out.writeInt(MAGIC);
            out.writeInt(version);
            out.writeInt(out.toBytes().crc32c());
        }
        out.writeLong(generation);
        out.writeInt(out.toBytes().crc32c());
        return out.toBytes();
    }

    /** The generation of a file's content; 0 if there is none in it. */
    long parse(Bytes data) {
        if (isWhole(data, BYTES_OF_VERSION_1) && data.decoder().readInt() == MAGIC_OF_VERSION_1) {
            return generation(data.slice(4, 8));
        }
        if (!isWhole(data, HEADER_BYTES) || data.decoder().readInt() != MAGIC) {
            return 0;
        }
        int found = data.slice(4, 4).decoder().readInt();
        if (found > version) {
            throw new StorageHaltException(
                    StorageHaltException.Kind.CORRUPT,
                    "the file " + FILE + " is of format version " + found + ", known is " + version
                            + ": was it written by a newer release?");
        }
        return isWhole(data, BYTES) ? generation(data.slice(HEADER_BYTES, 8)) : 0;
    }

    /** Whether the first bytes, so many, end in the checksum of those before; the file of a longer format may lie below. */
    private static boolean isWhole(Bytes data, int length) {
        return data.length() >= length
                && data.slice(0, length - 4).crc32c()
                        == data.slice(length - 4, 4).decoder().readInt();
    }

    private static long generation(Bytes eight) {
        long generation = eight.decoder().readLong();
        return generation > 0 && generation <= Incarnation.GENERATION_MAX ? generation : 0;
    }
}
