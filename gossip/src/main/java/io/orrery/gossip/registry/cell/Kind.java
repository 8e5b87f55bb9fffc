package io.orrery.gossip.registry.cell;

/** What a cell is about. Its ordinal is its byte in keys: never reorder. */
public enum Kind {
    /** A namespace, or one field of it: fields are cells of their own. A change beats a delete that did not see it. */
    NAMESPACE(false),
    /** A registered client, as one row. A delete beats every change of what it deletes. */
    CLIENT(true),
    /** Where a client is connected, as one row. The later session wins; the end of one ends only that one. */
    SESSION(false),
    /** Which life a node lives: sessions that it wrote in earlier lives are void. */
    LIFE(false);

    private static final Kind[] ALL = values();

    private final boolean deleteWins;

    Kind(boolean deleteWins) {
        this.deleteWins = deleteWins;
    }

    /** Whether, within one epoch, what is deleted stays so whatever is changed at the same time. */
    public boolean deleteWins() {
        return deleteWins;
    }

    /** The kind of a key's first byte; null if there is none such. */
    static Kind of(int ordinal) {
        return ordinal >= 0 && ordinal < ALL.length ? ALL[ordinal] : null;
    }
}
