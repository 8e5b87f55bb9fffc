package io.orrery.kernel;

/**
 * Checks that are always on. A broken rule halts the node: the event loop turns the error into a halt with its claim.
 * Arguments are longs so that the path on which the claim holds allocates nothing.
 */
public final class Check {
    private Check() {}

    /** A rule of the protocol or of this code was broken; the node must not go on. */
    public static final class Violation extends Error {
        private static final long serialVersionUID = 1L;

        public Violation(String claim) {
            super(claim);
        }
    }

    /** Halts unless the claim holds. */
    public static void that(boolean holds, String claim) {
        if (!holds) {
            throw new Violation(claim);
        }
    }

    /** Halts unless the claim holds, printing {@code a}. */
    public static void that(boolean holds, String claim, long a) {
        if (!holds) {
            throw new Violation(claim + " [" + a + "]");
        }
    }

    /** Halts unless the claim holds, printing {@code a} and {@code b}. */
    public static void that(boolean holds, String claim, long a, long b) {
        if (!holds) {
            throw new Violation(claim + " [" + a + ", " + b + "]");
        }
    }

    /** Halts unless the claim holds, printing three numbers. */
    public static void that(boolean holds, String claim, long a, long b, long c) {
        if (!holds) {
            throw new Violation(claim + " [" + a + ", " + b + ", " + c + "]");
        }
    }

    /** Refuses a caller's argument. */
    public static void argument(boolean holds, String claim) {
        if (!holds) {
            throw new IllegalArgumentException(claim);
        }
    }

    /** Refuses a caller's argument, naming what is wrong: put into words only then. */
    public static void argument(boolean holds, String claim, Object about) {
        if (!holds) {
            throw new IllegalArgumentException(claim + ": " + about);
        }
    }
}
