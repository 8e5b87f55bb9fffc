package io.orrery.sim.disk;

import io.orrery.kernel.Check;
import java.util.Arrays;

/**
 * A growing, sparse array of bytes in pages, so that writing to a large file copies no more than what is written.
 *
 * <ul>
 *   <li>I1: bytes at and beyond the length are zero; a page never written is null and reads as zeros.
 * </ul>
 */
final class PagedBytes {
    private static final int PAGE_BITS = 12;
    private static final int PAGE_BYTES = 1 << PAGE_BITS;
    private static final int PAGE_MASK = PAGE_BYTES - 1;
    /** The largest file: a gibibyte. */
    static final long LENGTH_MAX = 1L << 30;

    private byte[][] pages = new byte[4][];
    private long length;

    long length() {
        return length;
    }

    /** Writes bytes, extending the file if there are any. */
    void write(long offset, byte[] from, int fromOffset, int count) {
        Check.that(offset >= 0 && offset + count <= LENGTH_MAX, "a write lies within the largest file", offset, count);
        if (count == 0) {
            return;
        }
        ensurePages(offset + count);
        length = Math.max(length, offset + count);
        long at = offset;
        int done = 0;
        while (done < count) {
            int inPage = (int) (at & PAGE_MASK);
            int chunk = Math.min(count - done, PAGE_BYTES - inPage);
            System.arraycopy(from, fromOffset + done, page((int) (at >>> PAGE_BITS)), inPage, chunk);
            at += chunk;
            done += chunk;
        }
    }

    /** Reads what lies below the length; the rest of the target is left alone. */
    byte[] read(long offset, int count) {
        int available = offset >= length ? 0 : (int) Math.min(count, length - offset);
        byte[] target = new byte[available];
        long at = offset;
        int done = 0;
        while (done < available) {
            int inPage = (int) (at & PAGE_MASK);
            int chunk = Math.min(available - done, PAGE_BYTES - inPage);
            byte[] page = pages[(int) (at >>> PAGE_BITS)];
            if (page != null) {
                System.arraycopy(page, inPage, target, done, chunk);
            }
            at += chunk;
            done += chunk;
        }
        return target;
    }

    /** Cuts or extends; what was cut reads as zeros if the file grows again. */
    void resize(long newLength) {
        Check.that(newLength >= 0 && newLength <= LENGTH_MAX, "a length lies within the largest file", newLength);
        if (newLength < length) {
            zeroFrom(newLength);
        } else {
            ensurePages(newLength);
        }
        length = newLength;
    }

    private void zeroFrom(long newLength) {
        int keptPages = (int) (newLength + PAGE_MASK >>> PAGE_BITS);
        int usedPages = (int) (length + PAGE_MASK >>> PAGE_BITS);
        for (int i = keptPages; i < usedPages; i++) {
            pages[i] = null;
        }
        int inPage = (int) (newLength & PAGE_MASK);
        if (inPage != 0 && pages[keptPages - 1] != null) {
            Arrays.fill(pages[keptPages - 1], inPage, PAGE_BYTES, (byte) 0);
        }
    }

    private byte[] page(int index) {
        byte[] page = pages[index];
        if (page == null) {
            page = new byte[PAGE_BYTES];
            pages[index] = page;
        }
        return page;
    }

    private void ensurePages(long newLength) {
        int needed = (int) (newLength + PAGE_MASK >>> PAGE_BITS);
        if (needed > pages.length) {
            pages = Arrays.copyOf(pages, Math.max(needed, pages.length * 2));
        }
    }
}
