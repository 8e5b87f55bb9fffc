package io.orrery.server.config;

import java.math.BigDecimal;

/** Numbers with units: {@code 500ms}, {@code 5m}, {@code 64KiB}. */
public final class Quantity {
    private static final String[] DURATION_UNITS = {"ns", "us", "ms", "s", "m", "h", "d"};
    private static final long[] DURATION_NANOS = {
        1, 1_000, 1_000_000, 1_000_000_000L, 60_000_000_000L, 3_600_000_000_000L, 86_400_000_000_000L
    };
    private static final String[] SIZE_UNITS = {"B", "KB", "MB", "GB", "KiB", "MiB", "GiB"};
    private static final long[] SIZE_BYTES = {1, 1_000, 1_000_000, 1_000_000_000L, 1 << 10, 1 << 20, 1 << 30};

    private Quantity() {}

    /**
     * Nanoseconds of a duration such as {@code 1.5s}; zero needs no unit.
     *
     * @throws IllegalArgumentException with what is wrong with it
     */
    public static long durationNanos(String text) {
        return scaled(text, DURATION_UNITS, DURATION_NANOS, "is not a duration such as 500ms, 10s or 5m");
    }

    /** Bytes of a size such as {@code 64KiB}; zero needs no unit. */
    static long bytes(String text) {
        return scaled(text, SIZE_UNITS, SIZE_BYTES, "is not a size such as 512B, 64KiB or 1MiB");
    }

    static long whole(String text) {
        try {
            return Long.parseLong(text.replace("_", ""));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("is not a whole number", e);
        }
    }

    private static long scaled(String text, String[] units, long[] factors, String refusal) {
        int digits = 0;
        while (digits < text.length() && "0123456789_.".indexOf(text.charAt(digits)) >= 0) {
            digits++;
        }
        String number = text.substring(0, digits).replace("_", "");
        String unit = text.substring(digits).trim();
        if (unit.isEmpty() && number.equals("0")) {
            return 0;
        }
        for (int i = 0; i < units.length; i++) {
            if (units[i].equals(unit)) {
                return product(number, factors[i], refusal);
            }
        }
        throw new IllegalArgumentException(
                unit.isEmpty() && digits > 0 ? "has no unit; write one of " + String.join(", ", units) : refusal);
    }

    private static long product(String number, long factor, String refusal) {
        try {
            return new BigDecimal(number).multiply(BigDecimal.valueOf(factor)).longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException(refusal, e);
        }
    }
}
