package io.orrery.broker.topic;

import io.orrery.kernel.Check;
import io.orrery.kernel.arena.ByteArena;

/**
 * The texts of many records, one each, in an arena that does not stay large when it is no longer full: when a quarter of it is
 * room that removed texts left, all others move to another arena, a few with each change.
 *
 * <ul>
 *   <li>A1: a name says by one bit in which of two arenas its text is; while texts move, those of the records below
 *       {@code moved}, and all new ones, are in the arena that fills.
 *   <li>A2: of {@link #reservedBytes}, at most a quarter is free but for {@value #ROOM_MIN} bytes, when no move is under way.
 * </ul>
 *
 * <p>Limit: 4 GiB. For one thread.
 */
final class TextArena {
    private static final long ROOM_MIN = 64 * 1024;
    private static final int MOVED_AT_ONCE = 16;
    private static final int ODD = 1 << 30;

    /** Who keeps the names. */
    interface Names {
        /** Records are below this. */
        int bound();

        /** The name of a record's text; negative if the record has none. */
        int name(int record);

        /** The record's text has another name now; it can be read under both during the call. */
        void rename(int record, int name);
    }

    private final Names names;
    private ByteArena even = new ByteArena();
    private ByteArena odd;
    /** Of the names in the arena that fills: 0 or {@link #ODD}. */
    private int filling;

    private boolean isMoving;
    private int moved;
    private long moves;

    TextArena(Names names) {
        this.names = names;
    }

    /** Takes a copy of a text; returns its name, not negative, which the caller keeps with its record. */
    int add(byte[] text, int offset, int length) {
        int name = (filling == 0 ? even : odd).add(text, offset, length);
        Check.that(name < ODD, "an arena of texts holds at most 4 GiB", name);
        return name | filling;
    }

    void remove(int name) {
        of(name).remove(name & ~ODD);
    }

    /** Forgets all texts and their arenas. */
    void clear() {
        even = new ByteArena();
        odd = null;
        filling = 0;
        isMoving = false;
        moved = 0;
    }

    private ByteArena of(int name) {
        return name < ODD ? even : odd;
    }

    /** The array that holds a text; written to only by who added it. */
    byte[] array(int name) {
        return of(name).array(name & ~ODD);
    }

    /** Where a text begins in its array, above, and its length, below 32 bits. */
    long span(int name) {
        return of(name).span(name & ~ODD);
    }

    /** After a change, when every record has its text and its name: moves a few texts if any are to be moved. */
    void settle() {
        if (isMoving) {
            move();
            return;
        }
        ByteArena arena = filling == 0 ? even : odd;
        if (arena.freeBytes() > ROOM_MIN && arena.freeBytes() * 4 > arena.reservedBytes()) {
            filling ^= ODD;
            if (filling == 0) {
                even = new ByteArena();
            } else {
                odd = new ByteArena();
            }
            isMoving = true;
            moves++;
            move();
        }
    }

    private void move() {
        int bound = names.bound();
        int end = Math.min(bound, moved + MOVED_AT_ONCE);
        for (int record = moved; record < end; record++) {
            int name = names.name(record);
            if (name >= 0 && (name & ODD) != filling) {
                long span = span(name);
                names.rename(record, add(array(name), (int) (span >>> 32), (int) span));
                remove(name);
            }
        }
        moved = end;
        if (end == bound) {
            ByteArena left = filling == 0 ? odd : even;
            Check.that(left.count() == 0, "A1: all texts have moved", left.count());
            isMoving = false;
            moved = 0;
        }
    }

    int count() {
        return even.count() + (odd == null ? 0 : odd.count());
    }

    long reservedBytes() {
        return even.reservedBytes() + (odd == null ? 0 : odd.reservedBytes());
    }

    /** Of what is reserved, what removed texts left. */
    long freeBytes() {
        return even.freeBytes() + (odd == null ? 0 : odd.freeBytes());
    }

    /** How often all texts moved. */
    long moves() {
        return moves;
    }
}
