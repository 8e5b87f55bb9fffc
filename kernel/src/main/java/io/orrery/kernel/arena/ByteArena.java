package io.orrery.kernel.arena;

import io.orrery.kernel.Check;
import io.orrery.kernel.codec.Bytes;
import java.util.Arrays;

/**
 * Short byte strings, each named by a non-negative int: its text, one byte of length (up to three for long ones), and what
 * rounds both up to a multiple of four bytes.
 *
 * <ul>
 *   <li>I1: a name is its block's place, in units of four bytes: it stays the same until the block is removed.
 *   <li>I2: the room of a removed string goes to the next one of the same size, the last removed first; an arena that is
 *       emptied is as good as new.
 * </ul>
 *
 * <p>Limits: {@value #LENGTH_MAX} bytes a string; 8 GiB in all. For one thread.
 */
public final class ByteArena {
    /** The longest string. */
    public static final int LENGTH_MAX = (1 << 21) - 1;

    private static final int UNIT_SHIFT = 2;
    private static final int PAGE_UNITS_SHIFT = 16;
    private static final int PAGE_UNITS = 1 << PAGE_UNITS_SHIFT;
    private static final int PAGE_BYTES = PAGE_UNITS << UNIT_SHIFT;
    private static final int FIRST_PAGE_BYTES = 64;

    private byte[][] pages = new byte[4][];
    /** The first unit that was never used. */
    private int end;
    /** By size in units: the name + 1 of the block removed last, which holds the next one; 0 for none. */
    private int[] free = new int[8];

    private long reservedBytes;
    private long freeUnits;
    private int count;

    /** Takes a copy of the string; returns its name. */
    public int add(Bytes string) {
        return add(string.array(), string.offset(), string.length());
    }

    public int add(byte[] array, int offset, int length) {
        Check.argument(length <= LENGTH_MAX, "a string of an arena is at most LENGTH_MAX bytes long");
        int name = take(units(length));
        byte[] page = page(name);
        int at = writeLength(page, at(name), length);
        System.arraycopy(array, offset, page, at, length);
        count++;
        return name;
    }

    /** Gives a string up: its name may be another's from now on. */
    public void remove(int name) {
        Check.that(count > 0, "I1: only what was added is removed", name);
        int units = units(length(name));
        count--;
        if (count == 0) {
            reset();
            return;
        }
        if (units >= free.length) {
            free = Arrays.copyOf(free, Math.max(units + 1, free.length * 2));
        }
        writeInt(page(name), at(name), free[units]);
        free[units] = name + 1;
        freeUnits += units;
    }

    private void reset() {
        pages = new byte[4][];
        free = new int[8];
        end = 0;
        reservedBytes = 0;
        freeUnits = 0;
    }

    private int take(int units) {
        if (units < free.length && free[units] != 0) {
            int name = free[units] - 1;
            free[units] = readInt(page(name), at(name));
            freeUnits -= units;
            return name;
        }
        if (units > PAGE_UNITS) {
            return takeOfItsOwn(units);
        }
        if ((end & PAGE_UNITS - 1) + units > PAGE_UNITS) {
            end = (end | PAGE_UNITS - 1) + 1;
        }
        int name = end;
        Check.that(name >= 0 && name + units > 0, "an arena holds at most 8 GiB", name);
        end += units;
        grow(name >>> PAGE_UNITS_SHIFT, ((name & PAGE_UNITS - 1) + units) << UNIT_SHIFT);
        return name;
    }

    /** A string longer than a page: it gets one that is as long, and the names of the pages behind are not used. */
    private int takeOfItsOwn(int units) {
        int first = (end + PAGE_UNITS - 1) >>> PAGE_UNITS_SHIFT;
        int count = (units + PAGE_UNITS - 1) >>> PAGE_UNITS_SHIFT;
        grow(first, units << UNIT_SHIFT);
        end = (first + count) << PAGE_UNITS_SHIFT;
        Check.that(end > 0, "an arena holds at most 8 GiB", end);
        return first << PAGE_UNITS_SHIFT;
    }

    /** The first page grows as it fills, so that a small arena is small; the others are made whole. */
    private void grow(int page, int bytes) {
        if (page >= pages.length) {
            pages = Arrays.copyOf(pages, Math.max(page + 1, pages.length * 2));
        }
        int length = pages[page] == null ? 0 : pages[page].length;
        if (length >= bytes) {
            return;
        }
        int wanted = page > 0 ? PAGE_BYTES : Math.min(PAGE_BYTES, Math.max(FIRST_PAGE_BYTES, length * 2));
        wanted = Math.max(wanted, bytes);
        pages[page] = length == 0 ? new byte[wanted] : Arrays.copyOf(pages[page], wanted);
        reservedBytes += wanted - length;
    }

    /** The array that holds a string, from {@link #offset} on; not to be kept, nor written to but by whoever put the string there. */
    public byte[] array(int name) {
        return page(name);
    }

    /** Where a string begins in its {@link #array}. */
    public int offset(int name) {
        int length = length(name);
        return at(name) + lengthBytes(length);
    }

    /** Where a string begins in its {@link #array}, above, and its length, below 32 bits: both in one look. */
    public long span(int name) {
        int length = length(name);
        return (long) (at(name) + lengthBytes(length)) << 32 | length;
    }

    public int length(int name) {
        byte[] page = page(name);
        int at = at(name);
        int length = page[at];
        if (length >= 0) {
            return length;
        }
        length = length & 0x7F | page[at + 1] << 7;
        return length >= 0 ? length : length & 0x3FFF | (page[at + 2] & 0x7F) << 14;
    }

    /** A copy of a string. */
    public Bytes copy(int name) {
        return Bytes.copyOf(page(name), offset(name), length(name));
    }

    public boolean is(int name, Bytes string) {
        int length = length(name);
        int offset = at(name) + lengthBytes(length);
        return length == string.length()
                && Arrays.equals(
                        page(name), offset, offset + length, string.array(), string.offset(), string.offset() + length);
    }

    /** Strings held. */
    public int count() {
        return count;
    }

    /** Bytes of the arrays, used or not. */
    public long reservedBytes() {
        return reservedBytes;
    }

    /** Bytes that removed strings left, for strings of the same size: the rest of an array's bytes is used, or was never. */
    public long freeBytes() {
        return freeUnits << UNIT_SHIFT;
    }

    private byte[] page(int name) {
        return pages[name >>> PAGE_UNITS_SHIFT];
    }

    private static int at(int name) {
        return (name & PAGE_UNITS - 1) << UNIT_SHIFT;
    }

    private static int units(int length) {
        return (lengthBytes(length) + length + 3) >>> UNIT_SHIFT;
    }

    private static int lengthBytes(int length) {
        return length < 1 << 7 ? 1 : length < 1 << 14 ? 2 : 3;
    }

    private static int writeLength(byte[] page, int at, int length) {
        int next = at;
        int rest = length;
        while (rest >= 1 << 7) {
            page[next++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        page[next++] = (byte) rest;
        return next;
    }

    private static void writeInt(byte[] page, int at, int value) {
        page[at] = (byte) value;
        page[at + 1] = (byte) (value >>> 8);
        page[at + 2] = (byte) (value >>> 16);
        page[at + 3] = (byte) (value >>> 24);
    }

    private static int readInt(byte[] page, int at) {
        return page[at] & 0xFF | (page[at + 1] & 0xFF) << 8 | (page[at + 2] & 0xFF) << 16 | (page[at + 3] & 0xFF) << 24;
    }
}
