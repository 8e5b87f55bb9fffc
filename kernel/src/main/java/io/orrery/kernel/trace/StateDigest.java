package io.orrery.kernel.trace;

import io.orrery.kernel.Description;
import io.orrery.kernel.Protocol;

/** The digest of a described state: equal for equal states, on every JVM. For one thread; made for one description. */
public final class StateDigest implements Description {
    private static final long NOTHING = 0x6E6F7468696E67L;
    private static final long BEGIN = 0x626567696EL;
    private static final long END = 0x656E64L;

    private final TraceHash hash = new TraceHash(0);

    /** The digest of a protocol's state. */
    public static long of(Protocol protocol) {
        StateDigest digest = new StateDigest();
        protocol.describe(digest);
        return digest.value();
    }

    @Override
    public void value(String name, long value) {
        hash.fold(name.hashCode());
        hash.fold(value);
    }

    @Override
    public void value(String name, String value) {
        hash.fold(name.hashCode());
        hash.fold(value == null ? NOTHING : ((long) value.length() << 32) ^ value.hashCode());
    }

    @Override
    public void begin(String part) {
        hash.fold(BEGIN ^ part.hashCode());
    }

    @Override
    public void end() {
        hash.fold(END);
    }

    /** The digest of all that was described. */
    public long value() {
        return hash.value();
    }
}
