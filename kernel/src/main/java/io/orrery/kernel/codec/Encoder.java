package io.orrery.kernel.codec;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes little-endian values to a growing buffer, up to a limit. For one thread; reused by {@link #clear()}. */
public final class Encoder {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final int bytesMax;
    private byte[] buffer;
    private int position;
    private int version = 1;

    public Encoder() {
        this(64, 64 * 1024 * 1024);
    }

    /**
     * @param initialBytes capacity to start with
     * @param bytesMax beyond it a write throws IllegalStateException
     */
    public Encoder(int initialBytes, int bytesMax) {
        this.buffer = new byte[initialBytes];
        this.bytesMax = bytesMax;
    }

    public void clear() {
        position = 0;
    }

    /** The version that a codec is to write; see {@link Codec#version()}. */
    public int version() {
        return version;
    }

    public void version(int newVersion) {
        version = newVersion;
    }

    /** Takes back what was written from a position on. */
    public void truncate(int newPosition) {
        Check.that(newPosition >= 0 && newPosition <= position, "only what was written is taken back", newPosition);
        position = newPosition;
    }

    /** Bytes written so far. */
    public int position() {
        return position;
    }

    /** The buffer written to; valid up to {@link #position()} until the next write. */
    public byte[] buffer() {
        return buffer;
    }

    public void writeByte(int value) {
        ensure(1);
        buffer[position++] = (byte) value;
    }

    public void writeBoolean(boolean value) {
        writeByte(value ? 1 : 0);
    }

    public void writeShort(int value) {
        ensure(2);
        SHORT.set(buffer, position, (short) value);
        position += 2;
    }

    public void writeInt(int value) {
        ensure(4);
        INT.set(buffer, position, value);
        position += 4;
    }

    public void writeLong(long value) {
        ensure(8);
        LONG.set(buffer, position, value);
        position += 8;
    }

    /** LEB128: one byte for values below 128; negative values take ten. */
    public void writeVarLong(long value) {
        ensure(10);
        byte[] array = buffer;
        int at = position;
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            array[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        array[at++] = (byte) rest;
        position = at;
    }

    /** The content with its length before it. */
    public void writeBytes(Bytes value) {
        writeVarLong(value.length());
        writeRaw(value);
    }

    /** The content alone. */
    public void writeRaw(Bytes value) {
        ensure(value.length());
        value.copyTo(buffer, position);
        position += value.length();
    }

    /** Part of an array alone. */
    public void writeRaw(byte[] array, int offset, int length) {
        ensure(length);
        System.arraycopy(array, offset, buffer, position, length);
        position += length;
    }

    /** UTF-8 with its length in bytes before it. */
    public void writeString(String value) {
        int start = position;
        if (!maybeWriteAscii(value)) {
            position = start;
            byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
            writeVarLong(utf8.length);
            writeRaw(utf8, 0, utf8.length);
        }
    }

    /** Most text has one byte a character, and is written without a copy. */
    private boolean maybeWriteAscii(String value) {
        int length = value.length();
        writeVarLong(length);
        ensure(length);
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c >= 0x80) {
                return false;
            }
            buffer[position++] = (byte) c;
        }
        return true;
    }

    public void writeNode(NodeId node) {
        writeString(node.name());
    }

    /** Overwrites four bytes written earlier. */
    public void setInt(int at, int value) {
        Check.that(at + 4 <= position, "a value is set where one was written", at, position);
        INT.set(buffer, at, value);
    }

    /** Overwrites eight bytes written earlier. */
    public void setLong(int at, long value) {
        Check.that(at + 8 <= position, "a value is set where one was written", at, position);
        LONG.set(buffer, at, value);
    }

    /** Leaves {@code count} zero bytes, to be set later. */
    public void skip(int count) {
        ensure(count);
        Arrays.fill(buffer, position, position + count, (byte) 0);
        position += count;
    }

    /** Makes room for {@code count} bytes, which the caller sets, all of them, in {@link #buffer()}; where they begin. */
    public int claim(int count) {
        ensure(count);
        int at = position;
        position += count;
        return at;
    }

    /** What was written, without a copy: nothing is written after it. */
    public Bytes finish() {
        return Bytes.wrap(buffer, 0, position);
    }

    /** A copy of what was written. */
    public Bytes toBytes() {
        return Bytes.copyOf(buffer, 0, position);
    }

    private void ensure(int count) {
        int needed = position + count;
        if (needed > buffer.length) {
            grow(needed);
        }
    }

    private void grow(int needed) {
        if (needed > bytesMax || needed < 0) {
            throw new IllegalStateException("a message of more than " + bytesMax + " bytes");
        }
        buffer = Arrays.copyOf(buffer, Math.min(bytesMax, Math.max(needed, buffer.length * 2)));
    }
}
