package io.orrery.broker.topic;

import java.util.Arrays;

/** The filters without a wildcard, each with its set of values: one probe finds the one that matches a name. */
final class ExactTable {
    private final ValueSets sets;
    private final HashSlots slots = new HashSlots();
    private final IntSlots ids = new IntSlots();
    private String[] texts = new String[16];
    private int[] hashes = new int[16];
    private int[] references = new int[16];

    ExactTable(ValueSets sets) {
        this.sets = sets;
    }

    void match(LevelScan scan, IntCollector out) {
        int entry = find(scan);
        if (entry >= 0) {
            sets.collect(references[entry], out);
        }
    }

    /** The entry of the scanned text, or -1. */
    int find(LevelScan scan) {
        int hash = (int) (scan.wholeHash() >>> 32);
        long raw;
        for (int slot = slots.home(hash); (raw = slots.raw(slot)) != 0; slot = slots.next(slot)) {
            if (HashSlots.hash(raw) == hash && texts[HashSlots.value(raw)].equals(scan.text())) {
                return HashSlots.value(raw);
            }
        }
        return -1;
    }

    /** Finds or makes the entry of the scanned text; one made here must get a value at once. */
    int findOrAdd(LevelScan scan) {
        int found = find(scan);
        if (found >= 0) {
            return found;
        }
        int entry = ids.take();
        if (entry >= texts.length) {
            texts = Arrays.copyOf(texts, entry * 2);
            hashes = Arrays.copyOf(hashes, entry * 2);
            references = Arrays.copyOf(references, entry * 2);
        }
        texts[entry] = scan.text();
        hashes[entry] = (int) (scan.wholeHash() >>> 32);
        references[entry] = ValueSets.EMPTY;
        slots.insert(hashes[entry], entry);
        return entry;
    }

    int reference(int entry) {
        return references[entry];
    }

    /** Stores the entry's changed set; an entry without values goes. */
    void reference(int entry, int reference) {
        references[entry] = reference;
        if (reference == ValueSets.EMPTY) {
            slots.remove(hashes[entry], entry);
            texts[entry] = null;
            ids.free(entry);
        }
    }

    String text(int entry) {
        return texts[entry];
    }

    int size() {
        return slots.size();
    }

    /** Entries are below this; those without text are free. */
    int bound() {
        return ids.bound();
    }
}
