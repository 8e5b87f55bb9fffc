package io.orrery.kernel.purity.offence;

/** Each nested class breaks one rule, which its annotation names. */
@SuppressWarnings("all")
public final class Offences {
    private Offences() {}

    /** The rule that must catch the class. */
    @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
    public @interface Breaks {
        String value();
    }

    @Breaks("P2")
    static final class UsesThread {
        Object run() {
            return new Thread(() -> {});
        }
    }

    @Breaks("P1")
    static final class UsesExecutor {
        Object run() {
            return java.util.concurrent.ForkJoinPool.commonPool();
        }
    }

    @Breaks("P1")
    static final class UsesClockType {
        Object run() {
            return java.time.Instant.EPOCH;
        }
    }

    @Breaks("P1")
    static final class UsesFiles {
        Object run() {
            return java.nio.file.Path.of("x");
        }
    }

    @Breaks("P1")
    static final class UsesSockets {
        Object run() {
            return new java.net.Socket();
        }
    }

    @Breaks("P2")
    static final class UsesHashMap {
        Object run() {
            return new java.util.HashMap<String, String>();
        }
    }

    @Breaks("P2")
    static final class UsesRandom {
        Object run() {
            return new java.util.Random(1);
        }
    }

    @Breaks("P2")
    static final class UsesUuid {
        Object run() {
            return java.util.UUID.randomUUID();
        }
    }

    @Breaks("P3")
    static final class ReadsNanoTime {
        Object run() {
            return System.nanoTime();
        }
    }

    @Breaks("P3")
    static final class ReadsWallClock {
        Object run() {
            return System.currentTimeMillis();
        }
    }

    @Breaks("P3")
    static final class ReadsEnvironment {
        Object run() {
            return System.getenv("HOME");
        }
    }

    @Breaks("P3")
    static final class ReadsIdentity {
        Object run() {
            return System.identityHashCode(this);
        }
    }

    @Breaks("P3")
    static final class HashesIdentity {
        Object run() {
            return new Object().hashCode();
        }
    }

    @Breaks("P3")
    static final class HashesEnum {
        Object run() {
            return io.orrery.kernel.Delivery.STREAM.hashCode();
        }
    }

    @Breaks("P3")
    static final class UsesSaltedSet {
        Object run() {
            return java.util.Set.of("a", "b");
        }
    }

    @Breaks("P3")
    static final class UsesSaltedCopy {
        Object run() {
            return java.util.Map.copyOf(new java.util.TreeMap<String, String>());
        }
    }

    @Breaks("P3")
    static final class CollectsToSet {
        Object run() {
            return java.util.stream.Stream.of(1).collect(java.util.stream.Collectors.toSet());
        }
    }

    @Breaks("P3")
    static final class ReferencesClock {
        java.util.function.LongSupplier run() {
            return System::nanoTime;
        }
    }

    @Breaks("P3")
    static final class StreamsInParallel {
        Object run() {
            return new java.util.ArrayList<String>().parallelStream();
        }
    }

    @Breaks("P4")
    static final class HasStaticState {
        static int count;
    }

    @Breaks("P5")
    static final class HasFloatField {
        double ratio;
    }

    @Breaks("P5")
    static final class HasFloatSignature {
        double run() {
            return 0.5;
        }
    }

    /** Breaks nothing. */
    public static final class Innocent {
        private final java.util.TreeMap<String, Long> counts = new java.util.TreeMap<>();

        Object run() {
            counts.merge("a", 1L, Long::sum);
            return counts.firstKey().hashCode();
        }
    }
}
