package io.orrery.broker.topic;

import io.orrery.kernel.arena.ByteArena;
import io.orrery.kernel.codec.Bytes;

/**
 * The filters without a wildcard, each with its set of values: one probe finds the one that matches a name.
 *
 * <p>A filter takes its text in UTF-8, two ints, and eleven to twenty-one bytes of the table of hashes.
 */
final class ExactTable {
    private static final int FREE = -1;

    private final ValueSets sets;
    private final LevelScan rescan;
    private final HashSlots slots = new HashSlots();
    private final IntSlots ids = new IntSlots();
    private final ByteArena arena = new ByteArena();
    /** In the arena, by entry. */
    private final IntPages names = new IntPages();

    private final IntPages references = new IntPages();

    /**
     * @param salt of all scans that this is given
     */
    ExactTable(ValueSets sets, long salt) {
        this.sets = sets;
        this.rescan = new LevelScan(salt);
    }

    void match(LevelScan scan, IntCollector out) {
        int entry = find(scan);
        if (entry >= 0) {
            sets.collect(references.at(entry), out);
        }
    }

    /** The entry of the scanned text, or -1. */
    int find(LevelScan scan) {
        int hash = hash(scan);
        long raw;
        for (int slot = slots.home(hash); (raw = slots.raw(slot)) != 0; slot = slots.next(slot)) {
            if (HashSlots.hash(raw) == hash && is(HashSlots.value(raw), scan.text())) {
                return HashSlots.value(raw);
            }
        }
        return -1;
    }

    /** UTF-8 has as many bytes as a text has characters exactly if all are ASCII, and never fewer. */
    private boolean is(int entry, String text) {
        int name = names.at(entry);
        int length = arena.length(name);
        if (length != text.length()) {
            return length > text.length() && arena.is(name, Bytes.ofUtf8(text));
        }
        byte[] array = arena.array(name);
        int offset = arena.offset(name);
        for (int i = 0; i < length; i++) {
            if (array[offset + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Finds or makes the entry of the scanned text; one made here must get a value at once. */
    int findOrAdd(LevelScan scan) {
        int found = find(scan);
        if (found >= 0) {
            return found;
        }
        int entry = ids.take();
        names.set(entry, arena.add(Bytes.ofUtf8(scan.text())));
        references.set(entry, ValueSets.EMPTY);
        slots.insert(hash(scan), entry);
        return entry;
    }

    int reference(int entry) {
        return references.at(entry);
    }

    /** Stores the entry's changed set; an entry without values goes. */
    void reference(int entry, int reference) {
        references.set(entry, reference);
        if (reference == ValueSets.EMPTY) {
            rescan.scan(text(entry));
            slots.remove(hash(rescan), entry);
            arena.remove(names.at(entry));
            names.set(entry, FREE);
            ids.free(entry);
        }
    }

    private static int hash(LevelScan scan) {
        return (int) (scan.wholeHash() >>> 32);
    }

    /** Made anew; null if the entry is free. */
    String text(int entry) {
        return isUsed(entry) ? arena.copy(names.at(entry)).utf8() : null;
    }

    boolean isUsed(int entry) {
        return names.at(entry) != FREE;
    }

    int size() {
        return slots.size();
    }

    /** Entries are below this; some may be free. */
    int bound() {
        return ids.bound();
    }
}
