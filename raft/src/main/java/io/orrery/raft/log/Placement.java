package io.orrery.raft.log;

import io.orrery.kernel.Check;
import java.util.Arrays;

/**
 * In which segments the entries of one log lie, as runs of consecutive indexes: few, since most logs are written in order.
 * What is not durable yet lies nowhere: it is gathered for the next batch ({@link #GATHERED}), or on its way ({@link
 * #SEALED}).
 *
 * <ul>
 *   <li>I1: runs start at rising indexes, and neighbours lie in different places.
 * </ul>
 */
final class Placement {
    static final long GATHERED = 0;
    static final long SEALED = -1;

    private static final int RUNS_MIN = 2;

    private long[] starts = new long[RUNS_MIN];
    private long[] places = new long[RUNS_MIN];
    private int count;

    /** See {@link Ahead}. */
    long look() {
        return count == 0 ? 0 : starts[count - 1] + places[count - 1];
    }

    /** How many runs there are. */
    int runs() {
        return count;
    }

    /** Where a run starts. */
    long start(int run) {
        return starts[run];
    }

    /** Where a run ends. */
    long end(int run, long lastIndex) {
        return run + 1 < count ? starts[run + 1] - 1 : lastIndex;
    }

    /** The segment in which a run lies. */
    long place(int run) {
        return places[run];
    }

    /** An entry comes to the end of the log. */
    void append(long index, long place) {
        if (count == 0 || places[count - 1] != place) {
            add(index, place);
        }
    }

    private void add(long start, long place) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, count * 2);
            places = Arrays.copyOf(places, count * 2);
        }
        Check.that(count == 0 || starts[count - 1] < start, "I1: runs start at rising indexes", start);
        starts[count] = start;
        places[count] = place;
        count++;
    }

    void dropFrom(long index) {
        while (count > 0 && starts[count - 1] >= index) {
            count--;
        }
    }

    /**
     * @param lastIndex of the log, before anything is dropped
     */
    void dropTo(long index, long lastIndex) {
        int gone = 0;
        while (gone < count && end(gone, lastIndex) <= index) {
            gone++;
        }
        count -= gone;
        System.arraycopy(starts, gone, starts, 0, count);
        System.arraycopy(places, gone, places, 0, count);
        if (count > 0) {
            starts[0] = Math.max(starts[0], index + 1);
        }
    }

    void clear() {
        count = 0;
    }

    /** The entries from {@code from} to {@code to} are now at another place. */
    void move(long from, long to, long place, long lastIndex) {
        Placement moved = new Placement();
        for (int run = 0; run < count; run++) {
            long start = starts[run];
            long end = end(run, lastIndex);
            moved.appendRun(start, Math.min(end, from - 1), places[run]);
            moved.appendRun(Math.max(start, from), Math.min(end, to), place);
            moved.appendRun(Math.max(start, to + 1), end, places[run]);
        }
        take(moved);
    }

    /** An entry that lies in this place, wherever it is in the log; while the log is read back. */
    void put(long index, long place, long lastIndex) {
        if (count == 0 || index > lastIndex) {
            append(index, place);
        } else if (index < starts[0]) {
            Placement moved = new Placement();
            moved.appendRun(index, index, place);
            for (int run = 0; run < count; run++) {
                moved.appendRun(starts[run], end(run, lastIndex), places[run]);
            }
            take(moved);
        } else {
            move(index, index, place, lastIndex);
        }
    }

    private void appendRun(long start, long end, long place) {
        if (start <= end) {
            append(start, place);
        }
    }

    /** All that lies in one place is in another from now on. */
    void replace(long place, long by) {
        boolean found = false;
        for (int run = 0; run < count; run++) {
            if (places[run] == place) {
                places[run] = by;
                found = true;
            }
        }
        if (found) {
            join();
        }
    }

    private void join() {
        int kept = 0;
        for (int run = 0; run < count; run++) {
            if (kept == 0 || places[kept - 1] != places[run]) {
                starts[kept] = starts[run];
                places[kept] = places[run];
                kept++;
            }
        }
        count = kept;
    }

    private void take(Placement other) {
        starts = other.starts;
        places = other.places;
        count = other.count;
    }
}
