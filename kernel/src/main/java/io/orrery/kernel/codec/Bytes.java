package io.orrery.kernel.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.CRC32C;

/**
 * An immutable slice of a byte array: payloads pass through the system as slices, not copies. Ordered as unsigned bytes,
 * lexicographically.
 *
 * <p>Whoever wraps an array gives it up: nobody writes to it again. A small slice keeps its whole array alive; what is
 * kept for long is made {@link #compact()} first.
 */
public final class Bytes implements Comparable<Bytes> {
    public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

    private final byte[] array;
    private final int offset;
    private final int length;

    private Bytes(byte[] array, int offset, int length) {
        this.array = array;
        this.offset = offset;
        this.length = length;
    }

    /** The whole array, uncopied; the caller gives it up. */
    public static Bytes wrap(byte[] array) {
        return new Bytes(array, 0, array.length);
    }

    /** A part of the array, uncopied; the caller gives it up. */
    public static Bytes wrap(byte[] array, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, array.length);
        return length == 0 ? EMPTY : new Bytes(array, offset, length);
    }

    public static Bytes copyOf(byte[] array, int offset, int length) {
        return wrap(Arrays.copyOfRange(array, offset, offset + length));
    }

    public static Bytes ofUtf8(String text) {
        return wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    public int length() {
        return length;
    }

    public boolean isEmpty() {
        return length == 0;
    }

    public byte at(int index) {
        Objects.checkIndex(index, length);
        return array[offset + index];
    }

    public Bytes slice(int from, int count) {
        Objects.checkFromIndexSize(from, count, length);
        return wrap(array, offset + from, count);
    }

    /** This slice if it fills most of its array, else a copy that does. */
    public Bytes compact() {
        return array.length <= length + length / 8 + 16 ? this : copyOf(array, offset, length);
    }

    public void copyTo(byte[] target, int targetOffset) {
        System.arraycopy(array, offset, target, targetOffset, length);
    }

    public byte[] toByteArray() {
        return Arrays.copyOfRange(array, offset, offset + length);
    }

    public String utf8() {
        return new String(array, offset, length, StandardCharsets.UTF_8);
    }

    /** The backing array, for transports and disks that write from it; never written to. */
    public byte[] array() {
        return array;
    }

    /** Where this slice starts in {@link #array()}. */
    public int offset() {
        return offset;
    }

    /** CRC32C (Castagnoli) of the content. */
    public int crc32c() {
        CRC32C crc = new CRC32C();
        crc.update(array, offset, length);
        return (int) crc.getValue();
    }

    /** A decoder over the content. */
    public Decoder decoder() {
        Decoder decoder = new Decoder();
        decoder.wrap(array, offset, length);
        return decoder;
    }

    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(
                array, offset, offset + length, other.array, other.offset, other.offset + other.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that
                && Arrays.equals(array, offset, offset + length, that.array, that.offset, that.offset + that.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + array[i];
        }
        return hash;
    }

    /** Text if it is printable ASCII, else hexadecimal; cut after 64 bytes. */
    @Override
    public String toString() {
        int shown = Math.min(length, 64);
        StringBuilder text = new StringBuilder(shown + 16);
        for (int i = 0; i < shown; i++) {
            byte b = array[offset + i];
            if (b < ' ' || b > '~') {
                return hex(shown);
            }
            text.append((char) b);
        }
        return shown < length
                ? text.append("... (").append(length).append(" bytes)").toString()
                : text.toString();
    }

    private String hex(int shown) {
        StringBuilder text = new StringBuilder(2 * shown + 16).append("0x");
        for (int i = 0; i < shown; i++) {
            int b = array[offset + i] & 0xFF;
            text.append(Character.forDigit(b >>> 4, 16)).append(Character.forDigit(b & 15, 16));
        }
        return shown < length
                ? text.append("... (").append(length).append(" bytes)").toString()
                : text.toString();
    }
}
