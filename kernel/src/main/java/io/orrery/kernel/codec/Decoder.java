package io.orrery.kernel.codec;

import io.orrery.kernel.NodeId;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * Reads what an {@link Encoder} wrote, or refuses: every read checks that the bytes are there and sensible, and throws
 * {@link DecodeException} else. Byte strings are slices of the input. For one thread; reused by {@link #wrap}.
 */
public final class Decoder {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final byte[] NOTHING = {};
    private static final String ENDS_EARLY = "the message ends early";

    private byte[] buffer = NOTHING;
    private int position;
    private int end;
    private int version = 1;
    private boolean isSliced;
    private boolean isBorrowed;
    /** Made with the first name: most decoders meet none. */
    private Recurring<NodeId> names;

    private Recurring<String> texts;

    /** Reads from a part of an array, which nobody writes to any more. */
    public void wrap(byte[] array, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, array.length);
        buffer = array;
        position = offset;
        end = offset + length;
        isSliced = false;
        isBorrowed = false;
    }

    public void wrap(Bytes input) {
        wrap(input.array(), input.offset(), input.length());
    }

    /** Whether a slice of the input was handed out: then somebody may keep the array, and it is not to be used again. */
    public boolean isSliced() {
        return isSliced;
    }

    /** Whether what was read refers to the input, and is right only until the array is used again. */
    public boolean isBorrowed() {
        return isBorrowed;
    }

    /** The array that is read. */
    public byte[] array() {
        return buffer;
    }

    /** Steps over bytes that are to be read from {@link #array()} before this event ends; where they begin. */
    public int borrow(int length) {
        need(length);
        isBorrowed = true;
        int at = position;
        position += length;
        return at;
    }

    /** The version in which a codec is to read; see {@link Codec#version()}. */
    public int version() {
        return version;
    }

    public void version(int version) {
        this.version = version;
    }

    public int remaining() {
        return end - position;
    }

    public int readByte() {
        need(1);
        return buffer[position++] & 0xFF;
    }

    public boolean readBoolean() {
        int value = readByte();
        if (value > 1) {
            throw new DecodeException("a boolean is 0 or 1");
        }
        return value == 1;
    }

    public int readShort() {
        need(2);
        int value = (short) SHORT.get(buffer, position);
        position += 2;
        return value;
    }

    public int readInt() {
        need(4);
        int value = (int) INT.get(buffer, position);
        position += 4;
        return value;
    }

    public long readLong() {
        need(8);
        long value = (long) LONG.get(buffer, position);
        position += 8;
        return value;
    }

    public long readVarLong() {
        byte[] array = buffer;
        int at = position;
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at >= end) {
                throw new DecodeException(ENDS_EARLY);
            }
            int b = array[at++];
            value |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                position = at;
                return value;
            }
        }
        throw new DecodeException("a number of more than ten bytes");
    }

    /** A count of things that take at least {@code bytesEach}: a count that the rest cannot hold is refused at once. */
    public int readCount(int bytesEach) {
        long count = readVarLong();
        if (count < 0 || count > remaining() / Math.max(1, bytesEach)) {
            throw new DecodeException("a count beyond the message's end");
        }
        return (int) count;
    }

    /** A byte string with its length before it, as a slice of the input. */
    public Bytes readBytes() {
        return readRaw(readCount(1));
    }

    public Bytes readRaw(int length) {
        if (length < 0) {
            throw new DecodeException("a negative length");
        }
        need(length);
        Bytes slice = Bytes.wrap(buffer, position, length);
        isSliced |= length > 0;
        position += length;
        return slice;
    }

    public String readString() {
        int length = readCount(1);
        String text = text(buffer, position, length);
        position += length;
        return text;
    }

    /** A node's name. The few names of a cluster recur in every message, so this decoder remembers them. */
    public NodeId readNode() {
        int length = readCount(1);
        if (names == null) {
            names = new Recurring<>(Decoder::nodeOf);
        }
        NodeId node = names.of(buffer, position, length);
        position += length;
        return node;
    }

    private static NodeId nodeOf(String name) {
        try {
            return new NodeId(name);
        } catch (IllegalArgumentException e) {
            throw new DecodeException("not a node's name");
        }
    }

    /** As {@link #readString}, for texts that recur in many messages, such as a cluster's name: remembered like names. */
    public String readRecurring() {
        int length = readCount(1);
        if (texts == null) {
            texts = new Recurring<>(text -> text);
        }
        String text = texts.of(buffer, position, length);
        position += length;
        return text;
    }

    /** Strict UTF-8. */
    static String text(byte[] array, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (array[i] < 0) {
                return beyondAscii(array, offset, length);
            }
        }
        return new String(array, offset, length, StandardCharsets.ISO_8859_1);
    }

    private static String beyondAscii(byte[] array, int offset, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(array, offset, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new DecodeException("text that is not UTF-8");
        }
    }

    /** Skips all that remains, if it is the array's first {@code length} bytes; else nothing. */
    public boolean maybeSkip(byte[] array, int length) {
        if (!Arrays.equals(buffer, position, end, array, 0, length)) {
            return false;
        }
        position = end;
        return true;
    }

    /** Copies all that remains to the array's beginning, without reading it. */
    public void copyRemaining(byte[] array) {
        System.arraycopy(buffer, position, array, 0, end - position);
    }

    /** Refuses bytes after the message's last field. */
    public void expectEnd() {
        if (position != end) {
            throw new DecodeException("bytes after the message's end");
        }
    }

    private void need(int count) {
        if (count > end - position) {
            throw new DecodeException(ENDS_EARLY);
        }
    }
}
