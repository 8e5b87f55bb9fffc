package io.orrery.server.cli;

import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.ProblemException;
import java.util.Locale;

/** A number of bytes as people write it: {@code 1g}, {@code 64m}, {@code 256k}, or the plain number. */
final class ByteCount {
    private static final String UNITS = "kmg";

    private ByteCount() {}

    /**
     * @param option for the error
     * @throws ProblemException if it is none, or not from {@code min} to {@code max}
     */
    static long parse(String option, String text, long min, long max) {
        String lower = text.toLowerCase(Locale.ROOT);
        int unit = lower.isEmpty() ? -1 : UNITS.indexOf(lower.charAt(lower.length() - 1));
        String digits = unit < 0 ? lower : lower.substring(0, lower.length() - 1);
        boolean isNumber =
                !digits.isEmpty() && digits.length() <= 15 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        long count = isNumber ? Long.parseLong(digits) : -1;
        for (int i = 0; i <= unit && count >= 0; i++) {
            count = count > Long.MAX_VALUE / 1024 ? -1 : count * 1024;
        }
        if (count < min || count > max) {
            throw new ProblemException(
                    ExitCode.USAGE,
                    option + " " + text + ": a number of bytes from " + min + " to " + max + ", such as 64m or 1g",
                    "",
                    option + " 64m");
        }
        return count;
    }
}
