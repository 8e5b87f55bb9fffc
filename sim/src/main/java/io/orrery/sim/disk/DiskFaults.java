package io.orrery.sim.disk;

import io.orrery.kernel.Prng;
import io.orrery.kernel.Storage.Failure;
import io.orrery.kernel.codec.Bytes;
import io.orrery.sim.choice.ChoiceStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What is wrong with one disk, beyond slowness, and what was damaged on it.
 *
 * <ul>
 *   <li>I1: while nothing is wrong, nothing is drawn.
 *   <li>I2: a place to be damaged is drawn among the bytes that are durable, each with the same chance.
 * </ul>
 */
final class DiskFaults {
    private static final long NO_LIMIT = Long.MAX_VALUE;

    private final Directory directory;
    private final DiskCounters counters;
    private final ChoiceStream places;
    private boolean failsNextSync;
    private boolean lies;
    private boolean misdirectsNextWrite;
    private boolean misdirectsNextRead;
    private long capacityBytes = NO_LIMIT;
    private boolean wasFull;
    private boolean isDamaged;
    private long promisesBrokenBefore;
    private boolean hasRefusedReads;

    DiskFaults(Directory directory, DiskCounters counters, ChoiceStream places) {
        this.directory = directory;
        this.counters = counters;
        this.places = places;
    }

    void failNextSync(boolean fails) {
        failsNextSync = fails;
    }

    boolean maybeFailSync() {
        boolean fails = failsNextSync;
        failsNextSync = false;
        counters.syncsFailed += fails ? 1 : 0;
        return fails;
    }

    void lie(boolean on) {
        lies = on;
    }

    boolean maybeLie() {
        counters.syncsLied += lies ? 1 : 0;
        return lies;
    }

    void misdirectNextWrite() {
        misdirectsNextWrite = true;
    }

    void misdirectNextRead() {
        misdirectsNextRead = true;
    }

    /** Room for so many bytes more. */
    void full(long afterBytes) {
        capacityBytes = Math.addExact(directory.totalBytes(), afterBytes);
    }

    void space() {
        capacityBytes = NO_LIMIT;
    }

    /** Ends what would go wrong; what was damaged stays so. */
    void repair() {
        failsNextSync = false;
        lies = false;
        misdirectsNextWrite = false;
        misdirectsNextRead = false;
        space();
    }

    void onPowerLoss() {
        failsNextSync = false;
    }

    /** A new incarnation: what it is refused is counted anew. */
    void onNewLife() {
        wasFull = false;
        hasRefusedReads = false;
    }

    /** A disk that is as new. */
    void onWiped() {
        counters.wipes++;
        isDamaged = false;
        promisesBrokenBefore = counters.promisesBroken;
    }

    /** Whether something durable was damaged, or a promise to be durable broken, since the disk was new. */
    boolean isDamaged() {
        return isDamaged || counters.promisesBroken > promisesBrokenBefore;
    }

    /** Whether a write of this incarnation found no space. */
    boolean wasFull() {
        return wasFull;
    }

    /** Whether a read of this incarnation failed. */
    boolean hasRefusedReads() {
        return hasRefusedReads;
    }

    /** Writes, as far as the disk lets it; null if all went well or seems so. */
    Failure write(String name, Inode inode, long offset, Bytes data, int sectorBytes) {
        long end = offset + data.length();
        if (capacityBytes != NO_LIMIT && end > inode.length()) {
            long free = Math.max(0, capacityBytes - directory.totalBytes());
            if (end - inode.length() > free) {
                int fits = (int) Math.max(0, inode.length() + free - offset);
                if (fits > 0) {
                    inode.write(offset, data.slice(0, fits));
                }
                return refuseForSpace(name);
            }
        }
        if (misdirectsNextWrite && !data.isEmpty()) {
            Place place = drawPlace(sectorBytes);
            if (place != null) {
                misdirectsNextWrite = false;
                misdirect(inode, offset, data, place);
                return null;
            }
        }
        inode.write(offset, data);
        return null;
    }

    private Failure refuseForSpace(String name) {
        counters.writesRefused++;
        wasFull = true;
        return new Failure(Failure.Kind.FULL, "no space left on device: " + name);
    }

    private void misdirect(Inode inode, long offset, Bytes data, Place place) {
        counters.writesMisdirected++;
        isDamaged = true;
        inode.writeDropped(offset, data);
        int count = (int) Math.min(data.length(), place.inode.durableLength() - place.offset);
        place.inode.damage(content -> content.write(place.offset, data.array(), data.offset(), count));
    }

    /** Cuts or extends; null if that went well. */
    Failure truncate(String name, Inode inode, long length) {
        long growth = length - inode.length();
        if (capacityBytes != NO_LIMIT && growth > 0 && growth > capacityBytes - directory.totalBytes()) {
            return refuseForSpace(name);
        }
        inode.truncate(length);
        return null;
    }

    /** Why these bytes cannot be read; null if they can. */
    Failure unreadable(String name, Inode inode, long offset, int length) {
        if (inode.isReadable(offset, length)) {
            return null;
        }
        counters.readsRefused++;
        hasRefusedReads = true;
        return new Failure(Failure.Kind.IO, "input/output error: " + name + " at " + offset);
    }

    /** What a read of a file that exists is answered with. */
    Bytes read(Inode inode, long offset, int length, int sectorBytes) {
        Bytes asked = inode.read(offset, length);
        if (misdirectsNextRead && !asked.isEmpty()) {
            Place place = drawPlace(sectorBytes);
            if (place != null) {
                misdirectsNextRead = false;
                counters.readsMisdirected++;
                byte[] other = new byte[asked.length()];
                Bytes found = place.inode.read(place.offset, other.length);
                System.arraycopy(found.array(), found.offset(), other, 0, found.length());
                return Bytes.wrap(other);
            }
        }
        return asked;
    }

    /** A bit of what is durable flips; says where, or null if nothing is durable. */
    String rot() {
        return rot(any -> true);
    }

    /** A bit of what is durable in some of the files flips; says where, or null if there is none. */
    String rot(Predicate<String> names) {
        Place place = drawPlace(1, names);
        if (place == null) {
            return null;
        }
        int bit = places.below(8);
        counters.bitsRotted++;
        isDamaged = true;
        place.inode.damage(content -> {
            byte[] one = content.read(place.offset, 1);
            one[0] ^= (byte) (1 << bit);
            content.write(place.offset, one, 0, 1);
        });
        return place.name + " at " + place.offset + " bit " + bit;
    }

    /**
     * Of the last of some files, by name, all that is durable from an offset on is overwritten; says where, or null if there is
     * nothing.
     */
    String overwriteLast(Predicate<String> names, long from, boolean withZeros) {
        Map.Entry<String, Inode> last = null;
        for (Map.Entry<String, Inode> file : directory.durableFiles()) {
            boolean isLater = last == null || file.getKey().compareTo(last.getKey()) > 0;
            last = names.test(file.getKey()) && isLater ? file : last;
        }
        long durable = last == null ? 0 : last.getValue().durableLength();
        if (durable <= from) {
            return null;
        }
        byte[] over = new byte[Math.toIntExact(durable - from)];
        Prng junk = new Prng(withZeros ? 0 : places.next(1L << 61));
        for (int i = 0; !withZeros && i < over.length; i++) {
            over[i] = (byte) junk.nextLong();
        }
        counters.filesOverwritten++;
        isDamaged = true;
        last.getValue().damage(content -> content.write(from, over, 0, over.length));
        return last.getKey() + " from " + from + " with " + (withZeros ? "zeros" : "junk");
    }

    /** A sector of what is durable can no longer be read; says where, or null if nothing is durable. */
    String loseSector(int sectorBytes) {
        Place place = drawPlace(sectorBytes);
        if (place == null) {
            return null;
        }
        counters.sectorsBad++;
        place.inode.makeUnreadable(place.offset, place.offset + sectorBytes);
        return place.name + " at " + place.offset;
    }

    private record Place(String name, Inode inode, long offset) {}

    /** I2; the offset is a multiple of {@code unitBytes}. Null if nothing is durable. */
    private Place drawPlace(int unitBytes) {
        return drawPlace(unitBytes, any -> true);
    }

    private Place drawPlace(int unitBytes, Predicate<String> names) {
        List<Map.Entry<String, Inode>> files = new ArrayList<>();
        long total = 0;
        for (Map.Entry<String, Inode> file : directory.durableFiles()) {
            if (names.test(file.getKey())) {
                files.add(file);
                total += file.getValue().durableLength();
            }
        }
        if (total == 0) {
            return null;
        }
        long at = places.next(total);
        for (Map.Entry<String, Inode> file : files) {
            long length = file.getValue().durableLength();
            if (at < length) {
                return new Place(file.getKey(), file.getValue(), at / unitBytes * unitBytes);
            }
            at -= length;
        }
        throw new IllegalStateException("a place lies within the files");
    }
}
