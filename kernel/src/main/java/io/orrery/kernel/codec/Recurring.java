package io.orrery.kernel.codec;

import java.util.Arrays;
import java.util.function.Function;

/**
 * What was made of short texts met before, by their bytes: one for each slot of a table, the last one met. It doubles when
 * it has forgotten as many as it has slots, up to {@value #SLOTS_MAX}: several times as many as
 * a cluster has nodes.
 *
 * @param <T> immutable, and the same for the same text
 */
final class Recurring<T> {
    static final int SLOTS_MAX = 32 * 1024;
    /** Longer texts are made anew each time: they are compared for long, and kept for nothing. */
    static final int BYTES_MAX = 255;

    private static final int SLOTS_FIRST = 16;

    private final Function<String, T> maker;
    private Object[] made = new Object[SLOTS_FIRST];
    private byte[][] texts = new byte[SLOTS_FIRST][];
    private int forgotten;

    Recurring(Function<String, T> maker) {
        this.maker = maker;
    }

    /**
     * What the text of these bytes makes.
     *
     * @throws DecodeException if they are no text
     */
    @SuppressWarnings("unchecked")
    T of(byte[] array, int offset, int length) {
        if (length > BYTES_MAX) {
            return maker.apply(Decoder.text(array, offset, length));
        }
        int slot = slotOf(array, offset, length);
        byte[] known = texts[slot];
        if (known != null && Arrays.equals(known, 0, known.length, array, offset, offset + length)) {
            return (T) made[slot];
        }
        T value = maker.apply(Decoder.text(array, offset, length));
        if (known != null && ++forgotten > texts.length && texts.length < SLOTS_MAX) {
            grow();
            slot = slotOf(array, offset, length);
        }
        made[slot] = value;
        texts[slot] = Arrays.copyOfRange(array, offset, offset + length);
        return value;
    }

    private int slotOf(byte[] array, int offset, int length) {
        int hash = length;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + array[i];
        }
        hash *= 0x9E3779B9;
        return hash >>> 16 & texts.length - 1;
    }

    private void grow() {
        Object[] oldMade = made;
        byte[][] oldTexts = texts;
        made = new Object[oldTexts.length * 2];
        texts = new byte[oldTexts.length * 2][];
        forgotten = 0;
        for (int i = 0; i < oldTexts.length; i++) {
            if (oldTexts[i] != null) {
                int slot = slotOf(oldTexts[i], 0, oldTexts[i].length);
                made[slot] = oldMade[i];
                texts[slot] = oldTexts[i];
            }
        }
    }
}
