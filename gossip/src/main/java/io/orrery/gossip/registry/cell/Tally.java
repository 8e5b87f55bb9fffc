package io.orrery.gossip.registry.cell;

/** What a store holds of one origin, summed up: so that a life that ended is taken out of all sums at once. */
final class Tally {
    /** Cells of any kind, with tombstones. */
    int cells;
    /** Those that are no tombstones. */
    int live;
    /** Sessions among them, with tombstones. */
    int sessions;
    /** Sessions that are not deleted, and the xor of their hashes. */
    int liveSessions;

    long liveHash;
    /** Whether its sessions are void. */
    boolean isVoid;

    void add(Cell cell, int sign) {
        cells += sign;
        live += cell.isDeleted() ? 0 : sign;
        if (cell.kind() == Kind.SESSION) {
            sessions += sign;
            if (!cell.isDeleted()) {
                liveSessions += sign;
                liveHash ^= cell.hash();
            }
        }
    }
}
