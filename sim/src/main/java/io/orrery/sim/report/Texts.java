package io.orrery.sim.report;

/** Texts of bounded length. */
final class Texts {
    private static final String ELLIPSIS = "\u2026";

    private Texts() {}

    /** The text, or as much of its beginning as fits with an ellipsis behind. No character is cut in half. */
    static String cut(String text, int lengthMax) {
        if (text.length() <= lengthMax) {
            return text;
        }
        int end = lengthMax - 1;
        if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, Math.max(0, end)) + ELLIPSIS;
    }
}
