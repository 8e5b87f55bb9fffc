package io.orrery.broker.topic;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * How a node of the trie lies in an array: everything that a match asks of it side by side, so that coming to a node costs one
 * cache line.
 *
 * <pre>
 * id 4 | parent's id and form 4 | values 4 | if forked: plus 4, first 4, second 4, below 4, prints 4 | label in UTF-8
 * </pre>
 */
final class TrieBlock {
    /** No children, and the values of the filter that ends here. */
    static final int LEAF = 0;

    /** No children, and the values of the filter that ends here with a {@code #} behind. */
    static final int LEAF_BELOW = 1;

    /** Children, or both sets of values. */
    static final int FORK = 2;

    static final int LEAF_BYTES = 12;
    static final int FORK_BYTES = 32;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int FORM_BITS = 2;
    private static final int FORM_MASK = (1 << FORM_BITS) - 1;

    private static final int PARENT = 4;
    private static final int VALUES = 8;
    private static final int PLUS = 12;
    private static final int FIRST = 16;
    private static final int SECOND = 20;
    private static final int BELOW = 24;
    private static final int PRINTS = 28;
    private static final int PRINT_BITS = 16;

    private TrieBlock() {}

    private static int read(byte[] array, int at) {
        return (int) INT.get(array, at);
    }

    static int id(byte[] array, int at) {
        return read(array, at);
    }

    static void id(byte[] array, int at, int id) {
        INT.set(array, at, id);
    }

    static int parent(byte[] array, int at) {
        return read(array, at + PARENT) >>> FORM_BITS;
    }

    static int form(byte[] array, int at) {
        return read(array, at + PARENT) & FORM_MASK;
    }

    static void parent(byte[] array, int at, int parent, int form) {
        INT.set(array, at + PARENT, parent << FORM_BITS | form);
    }

    /** Reference of the one set of values of a leaf; of a fork, of the filter that ends here. */
    static int values(byte[] array, int at) {
        return read(array, at + VALUES);
    }

    static void values(byte[] array, int at, int reference) {
        INT.set(array, at + VALUES, reference);
    }

    /** The child for {@code +}; 0 if none. */
    static int plus(byte[] array, int at) {
        return read(array, at + PLUS);
    }

    static void plus(byte[] array, int at, int child) {
        INT.set(array, at + PLUS, child);
    }

    /** A literal child, or 0; if they are on the table, their number, negative. */
    static int first(byte[] array, int at) {
        return read(array, at + FIRST);
    }

    /** Another literal child, or 0; if they are on the table, the exclusive or of them all. */
    static int second(byte[] array, int at) {
        return read(array, at + SECOND);
    }

    static void literals(byte[] array, int at, int first, int second) {
        INT.set(array, at + FIRST, first);
        INT.set(array, at + SECOND, second);
    }

    /**
     * Sixteen bits of the hashes of the first and the second literal child's first levels, unless they are on the table: most
     * children that a name does not lead to are so passed by without a look at them.
     */
    static int prints(byte[] array, int at) {
        return read(array, at + PRINTS);
    }

    static void prints(byte[] array, int at, int first, int second) {
        INT.set(array, at + PRINTS, second << PRINT_BITS | first);
    }

    static int firstPrint(int prints) {
        return prints & (1 << PRINT_BITS) - 1;
    }

    static int secondPrint(int prints) {
        return prints >>> PRINT_BITS;
    }

    /** Of a level's hash. */
    static int print(long levelHash) {
        return (int) (levelHash >>> Long.SIZE - PRINT_BITS);
    }

    /** Of a fork: reference of the values of the filter with a {@code #} behind. */
    static int below(byte[] array, int at) {
        return read(array, at + BELOW);
    }

    static void below(byte[] array, int at, int reference) {
        INT.set(array, at + BELOW, reference);
    }

    /** Bytes before the label. */
    static int headBytes(int form) {
        return form == FORK ? FORK_BYTES : LEAF_BYTES;
    }

    static int label(byte[] array, int at) {
        return at + headBytes(form(array, at));
    }
}
