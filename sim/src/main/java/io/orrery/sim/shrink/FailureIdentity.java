package io.orrery.sim.shrink;

import io.orrery.sim.Failure;

/**
 * As much of a failure as must be equal for two runs to have failed for the same reason: which promise was broken, and the
 * claim's words without the names, numbers and values of the one run.
 *
 * <p>Of {@code P5 state machine safety: two entries were committed at one index [7, 8]} that is all but the numbers. What
 * stalls is told by values alone, so of a liveness failure only the kind counts.
 *
 * @param kind of failure
 * @param claim its words
 */
public record FailureIdentity(String kind, String claim) {
    private static final int WORD_CHARS_MIN = 2;

    /** Of a failure. */
    public static FailureIdentity of(Failure failure) {
        boolean stalls = failure.kind() == Failure.Kind.LIVENESS;
        return new FailureIdentity(failure.kind().name(), stalls ? "" : claim(failure.message()));
    }

    /**
     * The first line's name, if it begins with one ({@code K1:}, or what was thrown), and the words up to the next colon:
     * what comes behind are values.
     */
    static String claim(String message) {
        String first = message.strip();
        int lineEnd = first.indexOf('\n');
        first = lineEnd < 0 ? first : first.substring(0, lineEnd);
        int colon = first.indexOf(": ");
        if (colon < 0) {
            return words(first);
        }
        String name = first.substring(0, colon);
        int next = first.indexOf(": ", colon + 2);
        String rest = first.substring(colon + 2, next < 0 ? first.length() : next);
        return isName(name) ? name + ": " + words(rest) : words(name);
    }

    /** Whether it names an invariant or a class: it begins with a capital and a number, or has no space and a dot. */
    private static boolean isName(String text) {
        boolean isClass = text.indexOf(' ') < 0 && text.indexOf('.') > 0;
        return isClass
                || text.length() >= 2 && Character.isUpperCase(text.charAt(0)) && Character.isDigit(text.charAt(1));
    }

    /** Words of lower-case letters and hyphens, the rest being values. */
    private static String words(String text) {
        StringBuilder words = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            String bare = word.endsWith(",") || word.endsWith(".") ? word.substring(0, word.length() - 1) : word;
            if (bare.length() >= WORD_CHARS_MIN && bare.chars().allMatch(c -> c >= 'a' && c <= 'z' || c == '-')) {
                words.append(words.isEmpty() ? "" : " ").append(bare);
            }
        }
        return words.toString();
    }

    @Override
    public String toString() {
        return claim.isEmpty() ? kind : kind + " " + claim;
    }
}
