package io.orrery.server.problem;

import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;

/**
 * One thing that is wrong, for a person to mend.
 *
 * @param what what happened, with the place
 * @param why the reason; empty if {@code what} says it all
 * @param next what to do or type; empty if nobody can know
 */
public record Problem(String what, String why, String next) {
    /** The reason an I/O call failed, without the Java class unless there is nothing else. */
    public static String reason(Throwable failure) {
        if (failure instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        String message = failure.getMessage();
        if (message == null || message.isBlank()) {
            return failure.getClass().getSimpleName();
        }
        return message;
    }

    /** Up to three lines: {@code error:}, {@code why:}, {@code try:}. */
    public String text() {
        StringBuilder text = new StringBuilder("error: ").append(what);
        line(text, "why", why);
        line(text, "try", next);
        return text.toString();
    }

    private static void line(StringBuilder text, String label, String content) {
        if (!content.isEmpty()) {
            String padded = String.format(Locale.ROOT, "%5s: ", label);
            text.append(System.lineSeparator()).append(padded).append(content);
        }
    }
}
