package io.orrery.sim.run;

import io.orrery.kernel.Check;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.codec.Encoder;
import io.orrery.kernel.trace.Mark;

/** A counter on disk. The careless variant acknowledges an increment before it is durable. */
final class Counter implements Protocol {
    static final Mark RECOVERED = new Mark("counter.recovered");

    private static final String FILE = "counter";

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
        kernel.storage().read(FILE, 0, 8, (bytes, failure) -> {
            value = bytes.length() < 8 ? 0 : bytes.decoder().readLong();
            ready = true;
            kernel.trace().transition("recover", "value=" + value);
            if (value > 0) {
                kernel.trace().reached(RECOVERED);
            }
        });
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
        kernel.storage().write(FILE, 0, out.toBytes(), (none, failure) -> {
            if (careless) {
                acknowledge.run();
            }
        });
        kernel.storage().sync(FILE, (none, failure) -> {
            if (!careless) {
                acknowledge.run();
            }
        });
    }

    @Override
    public void checkInvariants() {
        Check.that(value >= 0, "a counter is not negative", value);
    }
}
