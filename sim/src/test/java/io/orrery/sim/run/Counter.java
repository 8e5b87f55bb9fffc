package io.orrery.sim.run;

import io.orrery.kernel.Check;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.Storage;
import io.orrery.kernel.StorageHaltException;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.Encoder;
import io.orrery.kernel.trace.Mark;

/** A counter on disk. The careless variant acknowledges an increment before it is durable. */
final class Counter implements Protocol {
    static final Mark RECOVERED = new Mark("counter.recovered");

    private static final String FILE = "counter";
    /** The value, and its checksum. */
    private static final int BYTES = 12;

    private final Kernel kernel;
    private final boolean careless;
    private boolean ready;
    private long value;

    Counter(Kernel kernel, boolean careless) {
        this.kernel = kernel;
        this.careless = careless;
    }

    @Override
    public void start() {
        kernel.storage().read(FILE, 0, BYTES, (once, failure) -> {
            if (isWhole(once, failure)) {
                onRead(once);
            } else {
                kernel.storage().read(FILE, 0, BYTES, this::onReadAgain);
            }
        });
    }

    /** One read may be answered with what lies elsewhere; two are believed. */
    private void onReadAgain(Bytes data, Storage.Failure failure) {
        if (failure != null) {
            throw StorageHaltException.of(failure, "the counter cannot be read");
        }
        if (!isWhole(data, null)) {
            throw new StorageHaltException(StorageHaltException.Kind.CORRUPT, "the counter is damaged");
        }
        onRead(data);
    }

    private static boolean isWhole(Bytes data, Storage.Failure failure) {
        return failure == null
                && (data.isEmpty()
                        || data.length() == BYTES
                                && data.slice(0, 8).crc32c()
                                        == data.slice(8, 4).decoder().readInt());
    }

    private void onRead(Bytes data) {
        value = data.isEmpty() ? 0 : data.decoder().readLong();
        ready = true;
        kernel.trace().transition("recover", "value=" + value);
        if (value > 0) {
            kernel.trace().reached(RECOVERED);
        }
    }

    boolean isReady() {
        return ready;
    }

    long value() {
        return value;
    }

    /** Adds one; runs {@code acknowledge} when it may be relied on. */
    void increment(Runnable acknowledge) {
        Check.that(ready, "increments come after recovery");
        value++;
        Encoder out = new Encoder();
        out.writeLong(value);
        out.writeInt(out.toBytes().crc32c());
        kernel.storage().write(FILE, 0, out.toBytes(), (none, failure) -> {
            haltOn(failure);
            if (careless) {
                acknowledge.run();
            }
        });
        kernel.storage().sync(FILE, (none, failure) -> {
            haltOn(failure);
            if (!careless) {
                acknowledge.run();
            }
        });
    }

    private static void haltOn(Storage.Failure failure) {
        if (failure != null) {
            throw StorageHaltException.of(failure, "the counter cannot be written");
        }
    }

    @Override
    public void checkInvariants() {
        Check.that(value >= 0, "a counter is not negative", value);
    }
}
