package io.orrery.sim.scenario;

/** Numbers of bytes as scenarios say them: {@code 512B}, {@code 64KB} (64,000 bytes), {@code 20MB}. */
final class Size {
    private static final long KILO = 1_000;
    private static final long MEGA = 1_000_000;

    private Size() {}

    static String text(long bytes) {
        if (bytes > 0 && bytes % MEGA == 0) {
            return bytes / MEGA + "MB";
        }
        return bytes > 0 && bytes % KILO == 0 ? bytes / KILO + "KB" : bytes + "B";
    }

    /** The number of bytes; -1 if the word is not one. */
    static long parse(String word) {
        int unit = 0;
        while (unit < word.length() && word.charAt(unit) >= '0' && word.charAt(unit) <= '9') {
            unit++;
        }
        long scale = switch (word.substring(unit)) {
            case "B" -> 1L;
            case "KB" -> KILO;
            case "MB" -> MEGA;
            default -> 0L;
        };
        return scale == 0 || unit == 0 || unit > 12 ? -1 : Long.parseLong(word.substring(0, unit)) * scale;
    }
}
