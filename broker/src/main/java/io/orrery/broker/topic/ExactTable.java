package io.orrery.broker.topic;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The filters without a wildcard, each with its set of values: one probe finds the one that matches a name.
 *
 * <p>A filter takes its text in UTF-8 with 2.5 bytes around it on average, two ints, and eleven to thirteen bytes of the table
 * of hashes.
 */
final class ExactTable implements TextArena.Names {
    private static final int INTS_SHIFT = 1;
    /** In the arena. */
    private static final int NAME = 0;

    private static final int VALUES = 1;

    private final ValueSets sets;
    private final LevelScan rescan;
    private final HashSlots slots = new HashSlots();
    private final IntRecords entries = new IntRecords(INTS_SHIFT, 0);
    private final TextArena texts = new TextArena(this);

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
            sets.collect(entries.at(entry, VALUES), out);
        }
    }

    /** The entry of the scanned text, or -1. */
    int find(LevelScan scan) {
        int hash = scan.wholeHash();
        long raw;
        for (int slot = slots.home(hash); (raw = slots.raw(slot)) != 0; slot = slots.next(slot)) {
            if (HashSlots.hash(raw) == hash && is(HashSlots.value(raw), scan)) {
                return HashSlots.value(raw);
            }
        }
        return -1;
    }

    private boolean is(int entry, LevelScan scan) {
        int name = entries.at(entry, NAME);
        long span = texts.span(name);
        int from = (int) (span >>> 32);
        return (int) span == scan.length()
                && Arrays.equals(texts.array(name), from, from + (int) span, scan.bytes(), 0, scan.length());
    }

    /** Finds or makes the entry of the scanned text; one made here must get a value at once. */
    int findOrAdd(LevelScan scan) {
        int found = find(scan);
        if (found >= 0) {
            return found;
        }
        int entry = entries.take();
        entries.set(entry, NAME, texts.add(scan.bytes(), 0, scan.length()));
        slots.insert(scan.wholeHash(), entry);
        return entry;
    }

    int reference(int entry) {
        return entries.at(entry, VALUES);
    }

    /** Stores the entry's changed set; an entry without values goes. */
    void reference(int entry, int reference) {
        entries.set(entry, VALUES, reference);
        if (reference == ValueSets.EMPTY) {
            rescan.scan(text(entry));
            slots.remove(rescan.wholeHash(), entry);
            texts.remove(entries.at(entry, NAME));
            entries.free(entry);
        }
        texts.settle();
    }

    /** Made anew. */
    String text(int entry) {
        int name = entries.at(entry, NAME);
        long span = texts.span(name);
        return new String(texts.array(name), (int) (span >>> 32), (int) span, StandardCharsets.UTF_8);
    }

    boolean isUsed(int entry) {
        return entries.isUsed(entry);
    }

    int size() {
        return slots.size();
    }

    /** Entries are below this; some may be free. */
    @Override
    public int bound() {
        return entries.bound();
    }

    @Override
    public int name(int entry) {
        return entries.isUsed(entry) ? entries.at(entry, NAME) : -1;
    }

    @Override
    public void rename(int entry, int name) {
        entries.set(entry, NAME, name);
    }

    void measure(IndexMemory memory) {
        memory.records += entries.reservedBytes();
        memory.hashes += slots.reservedBytes();
        memory.add(texts);
    }
}
