package io.orrery.broker.topic;

import io.orrery.kernel.Check;
import io.orrery.kernel.arena.ByteArena;

/**
 * The texts of many records, one each, in an arena that does not stay large when it is no longer full: when a
 * quarter of it is room that removed texts left, all others move to another arena, a few with each change.
 *
 * <ul>
 *   <li>A1: while texts move, those of the records below {@code moved} are in the arena to come, all others in the one that
 *       goes.
 *   <li>A2: of {@link #reservedBytes}, at most a quarter is free but for {@value #ROOM_MIN} bytes, when no move is under way.
 * </ul>
 *
 * <p>For one thread.
 */
final class TextArena {
    private static final long ROOM_MIN = 64 * 1024;
    private static final int MOVED_AT_ONCE = 16;

    /** Who keeps the names. */
    interface Names {
        /** Records are below this. */
        int bound();

        /** The name of a record's text; negative if the record has none. */
        int name(int record);

        /** The record's text has another name now. */
        void rename(int record, int name);
    }

    private final Names names;
    private ByteArena arena = new ByteArena();
    /** The arena to come; null while nothing moves. */
    private ByteArena next;

    private int moved;
    private long moves;

    TextArena(Names names) {
        this.names = names;
    }

    /** Takes a copy of a record's text; returns its name, which the caller keeps. */
    int add(int record, byte[] array, int offset, int length) {
        return of(record).add(array, offset, length);
    }

    void remove(int record, int name) {
        of(record).remove(name);
    }

    /** Where a record's text is. */
    ByteArena of(int record) {
        return record < moved ? next : arena;
    }

    /** After a change, when every record has its text and its name: moves a few texts if any are to be moved. */
    void settle() {
        if (next != null) {
            move();
        } else if (arena.freeBytes() > ROOM_MIN && arena.freeBytes() * 4 > arena.reservedBytes()) {
            next = new ByteArena();
            moves++;
            move();
        }
    }

    private void move() {
        int bound = names.bound();
        int end = Math.min(bound, moved + MOVED_AT_ONCE);
        for (int record = moved; record < end; record++) {
            int name = names.name(record);
            if (name >= 0) {
                long span = arena.span(name);
                names.rename(record, next.add(arena.array(name), (int) (span >>> 32), (int) span));
                arena.remove(name);
            }
        }
        moved = end;
        if (end == bound) {
            Check.that(arena.count() == 0, "A1: all texts have moved", arena.count());
            arena = next;
            next = null;
            moved = 0;
        }
    }

    int count() {
        return arena.count() + (next == null ? 0 : next.count());
    }

    long reservedBytes() {
        return arena.reservedBytes() + (next == null ? 0 : next.reservedBytes());
    }

    /** Of what is reserved, what removed texts left. */
    long freeBytes() {
        return arena.freeBytes() + (next == null ? 0 : next.freeBytes());
    }

    /** How often all texts moved. */
    long moves() {
        return moves;
    }
}
