package io.orrery.kernel.seal;

import java.util.Arrays;

/**
 * Which numbers of a sender have been seen: the latest {@value #SPAN} of them, bit by bit, as in RFC 6479: a ring of words
 * of which a step forward clears those it passes. A number below the window counts as seen.
 */
public final class ReplayWindow {
    /** Numbers that may be this far behind the newest. */
    public static final int SPAN = 1024;

    private static final int WORD_BITS = 64;
    /** One word more than the span, so that the newest word may be partly filled. */
    private static final int WORDS = SPAN / WORD_BITS + 1;

    private final long[] words = new long[WORDS];
    private long newest = -1;

    /** Whether the number is too old, or has been noted; changes nothing. */
    public boolean isSeen(long number) {
        if (number > newest) {
            return false;
        }
        return number < 0 || newest - number >= SPAN || (words[word(number)] & 1L << (number & WORD_BITS - 1)) != 0;
    }

    /** Notes a number that is not seen; only once its frame is known to be good. */
    public void note(long number) {
        if (number > newest) {
            long oldWord = newest < 0 ? -1 : newest >>> 6;
            long steps = (number >>> 6) - oldWord;
            if (steps >= WORDS) {
                Arrays.fill(words, 0);
            } else {
                for (long i = 1; i <= steps; i++) {
                    words[(int) ((oldWord + i) % WORDS)] = 0;
                }
            }
            newest = number;
        }
        words[word(number)] |= 1L << (number & WORD_BITS - 1);
    }

    private static int word(long number) {
        return (int) ((number >>> 6) % WORDS);
    }

    /** The highest number noted; -1 before the first. */
    public long newest() {
        return newest;
    }
}
