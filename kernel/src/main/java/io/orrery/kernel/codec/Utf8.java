package io.orrery.kernel.codec;

/** How long text is in UTF-8, known without making the bytes. */
public final class Utf8 {
    private Utf8() {}

    /** Bytes that {@link Encoder#writeString} writes for the text, without the length before them. */
    public static int length(String text) {
        int bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                bytes += beyondFirst(text, i);
            }
        }
        return bytes;
    }

    /** Bytes beyond the first one of the character; a half of a pair that stands alone is written as a question mark. */
    private static int beyondFirst(String text, int at) {
        char c = text.charAt(at);
        if (c < 0x800) {
            return 1;
        }
        if (!Character.isSurrogate(c)) {
            return 2;
        }
        boolean isPair =
                Character.isHighSurrogate(c) && at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1));
        return isPair ? 2 : 0;
    }
}
