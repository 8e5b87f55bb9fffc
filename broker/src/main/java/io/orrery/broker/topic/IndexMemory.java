package io.orrery.broker.topic;

/**
 * What the arrays of a {@link TopicIndex} take, in bytes, used or not; what hangs on them as objects is a few hundred
 * bytes in all and left out.
 */
public final class IndexMemory {
    long texts;
    long textsFree;
    long records;
    long hashes;
    long sets;

    IndexMemory() {}

    void add(TextArena arena) {
        texts += arena.reservedBytes();
        textsFree += arena.freeBytes();
    }

    /** All of it. */
    public long totalBytes() {
        return texts + records + hashes + sets;
    }

    /** For the texts of filters, and for the nodes of the trie with their labels. */
    public long textBytes() {
        return texts;
    }

    /** Of {@link #textBytes}, what removed texts left and no other has taken. */
    public long textFreeBytes() {
        return textsFree;
    }

    /** For entries of the table, and places of the trie's nodes. */
    public long recordBytes() {
        return records;
    }

    /** For finding them. */
    public long hashBytes() {
        return hashes;
    }

    /** For sets of two values and more. */
    public long setBytes() {
        return sets;
    }

    @Override
    public String toString() {
        return totalBytes() + " bytes: texts " + texts + " (" + textsFree + " free), records " + records + ", hashes "
                + hashes + ", sets " + sets;
    }
}
